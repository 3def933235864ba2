-- What changed between the first and the last day: the items whose level is another, product by product.
CREATE OR REPLACE TEMPORARY VIEW drift AS
WITH ends AS (
    SELECT MIN(day) AS first_day, MAX(day) AS last_day
    FROM days
    HAVING MIN(day) < MAX(day)
)
SELECT
    b.product, b.element, lb.level AS before, la.level AS after,
    CASE WHEN a.rank < b.rank THEN 'better' ELSE 'worse' END AS change
FROM ends AS d
JOIN ranked AS b ON b.day = d.first_day
JOIN ranked AS a ON a.day = d.last_day AND a.product = b.product AND a.element = b.element
JOIN levels AS lb ON lb.rank = b.rank
JOIN levels AS la ON la.rank = a.rank
WHERE a.rank <> b.rank
