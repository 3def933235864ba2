-- Coverage of each item by the fleet: how many products have it at each level.
CREATE OR REPLACE TEMPORARY VIEW item_coverage AS
SELECT
    c.day, i.number, c.element, i.name, CAST(SUM(c.products) AS BIGINT) AS products,
    CAST(SUM(CASE WHEN l.level = 'covered' THEN c.products ELSE 0 END) AS BIGINT) AS covered,
    CAST(SUM(CASE WHEN l.level = 'partly covered' THEN c.products ELSE 0 END) AS BIGINT) AS partly_covered,
    CAST(SUM(CASE WHEN l.level = 'supported' THEN c.products ELSE 0 END) AS BIGINT) AS supported,
    CAST(SUM(CASE WHEN l.level = 'related' THEN c.products ELSE 0 END) AS BIGINT) AS related,
    CAST(SUM(CASE WHEN l.level = 'gap' THEN c.products ELSE 0 END) AS BIGINT) AS gap,
    CAST(SUM(CASE WHEN l.level = 'not mapped' THEN c.products ELSE 0 END) AS BIGINT) AS not_mapped
FROM item_levels AS c
JOIN levels AS l ON l.rank = c.rank
JOIN items AS i ON i.element = c.element
GROUP BY c.day, i.number, c.element, i.name
