-- What each product meets: this is the selection that its coverage is asked for. A whole without a finding of its own is
-- met if all its parts are.
CREATE OR REPLACE TEMPORARY VIEW selected AS
WITH met AS (
    SELECT n.day, n.product, n.element
    FROM standing AS n
    JOIN statuses AS s ON s.rank = n.rank
    WHERE s.status = 'met'
),
complete AS (
    SELECT m.day, m.product, w.whole AS element
    FROM met AS m
    JOIN wholes AS w ON w.part = m.element
    GROUP BY m.day, m.product, w.whole, w.parts
    HAVING COUNT(*) = w.parts
)
SELECT m.day, m.product, m.element
FROM met AS m
UNION ALL
SELECT c.day, c.product, c.element
FROM complete AS c
WHERE NOT EXISTS (
    SELECT 1
    FROM standing AS n
    WHERE n.day = c.day AND n.product = c.product AND n.element = c.element
)
