-- What products were held against: how many of them meet each element, and how many do not. Sort by share to see the
-- weakest outcomes; it is the share that meets it of those to which it applies and that looked.
CREATE OR REPLACE TEMPORARY VIEW outcomes AS
WITH counted AS (
    SELECT
        t.day, t.element,
        CAST(SUM(CASE WHEN s.status = 'met' THEN t.products ELSE 0 END) AS BIGINT) AS met,
        CAST(SUM(CASE WHEN s.status = 'partly met' THEN t.products ELSE 0 END) AS BIGINT) AS partly_met,
        CAST(SUM(CASE WHEN s.status = 'not met' THEN t.products ELSE 0 END) AS BIGINT) AS not_met,
        CAST(SUM(CASE WHEN s.status = 'not assessed' THEN t.products ELSE 0 END) AS BIGINT) AS not_assessed,
        CAST(SUM(CASE WHEN s.status = 'not applicable' THEN t.products ELSE 0 END) AS BIGINT) AS not_applicable
    FROM outcome_levels AS t
    JOIN statuses AS s ON s.rank = t.rank
    GROUP BY t.day, t.element
)
SELECT
    c.day, c.element, e.name, c.met, c.partly_met, c.not_met, c.not_assessed, c.not_applicable,
    CAST(c.met AS DOUBLE) / NULLIF(c.met + c.partly_met + c.not_met, 0) AS share
FROM counted AS c
JOIN elements AS e ON e.element = c.element
