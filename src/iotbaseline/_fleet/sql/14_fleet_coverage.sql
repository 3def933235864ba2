-- Coverage by the fleet as a whole: how many products there are, and how many of their items are at each level.
CREATE OR REPLACE TEMPORARY VIEW fleet_coverage AS
SELECT
    c.day, MAX(c.products) AS products,
    CAST(SUM(c.products) AS BIGINT) AS items,
    CAST(SUM(c.covered) AS BIGINT) AS covered,
    CAST(SUM(c.partly_covered) AS BIGINT) AS partly_covered,
    CAST(SUM(c.supported) AS BIGINT) AS supported,
    CAST(SUM(c.related) AS BIGINT) AS related,
    CAST(SUM(c.gap) AS BIGINT) AS gap,
    CAST(SUM(c.not_mapped) AS BIGINT) AS not_mapped
FROM item_coverage AS c
GROUP BY c.day
