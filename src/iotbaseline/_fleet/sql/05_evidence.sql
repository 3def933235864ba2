-- Why each product covers an item: the rows of the closure that hold for it, from each element that it meets.
CREATE OR REPLACE TEMPORARY VIEW evidence AS
SELECT
    s.day, s.product, c.source, c.element, c.level, c.rank, c.follows, c.path, c.judgements, c.curated, c.strength,
    c.overrides
FROM selected AS s
JOIN closure AS c ON c.source = s.element
WHERE NOT EXISTS (
    SELECT 1
    FROM blocked AS b
    WHERE b.day = s.day AND b.product = s.product AND b.blocker = c.blocker
)
