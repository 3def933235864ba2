-- How far each product covers each item of the target on each day, as a rank: the best that anything gives it. If nothing
-- leads to it, it is a gap or not mapped, by the publications that the product was held against.
CREATE OR REPLACE TEMPORARY VIEW ranked AS
WITH assessed AS (
    SELECT DISTINCT n.day, n.product, e.publication
    FROM standing AS n
    JOIN elements AS e ON e.element = n.element
),
given AS (
    SELECT r.day, r.product, r.element, r.rank
    FROM reached AS r
    UNION ALL
    SELECT a.day, a.product, b.element, b.rank
    FROM assessed AS a
    JOIN blanks AS b ON b.publication = a.publication
)
SELECT g.day, g.product, g.element, MIN(g.rank) AS rank
FROM given AS g
GROUP BY g.day, g.product, g.element
