-- Coverage of each product: how many items are at each level.
CREATE OR REPLACE TEMPORARY VIEW product_coverage AS
SELECT
    c.day, c.product, COUNT(*) AS items,
    CAST(SUM(CASE WHEN c.level = 'covered' THEN 1 ELSE 0 END) AS BIGINT) AS covered,
    CAST(SUM(CASE WHEN c.level = 'partly covered' THEN 1 ELSE 0 END) AS BIGINT) AS partly_covered,
    CAST(SUM(CASE WHEN c.level = 'supported' THEN 1 ELSE 0 END) AS BIGINT) AS supported,
    CAST(SUM(CASE WHEN c.level = 'related' THEN 1 ELSE 0 END) AS BIGINT) AS related,
    CAST(SUM(CASE WHEN c.level = 'gap' THEN 1 ELSE 0 END) AS BIGINT) AS gap,
    CAST(SUM(CASE WHEN c.level = 'not mapped' THEN 1 ELSE 0 END) AS BIGINT) AS not_mapped
FROM coverage AS c
GROUP BY c.day, c.product
