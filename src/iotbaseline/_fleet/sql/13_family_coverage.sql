-- Coverage of each family of the target by the fleet: how many items of how many products are at each level.
CREATE OR REPLACE TEMPORARY VIEW family_coverage AS
SELECT
    c.day, MIN(c.number) AS number, i.family, i.family_name,
    CAST(SUM(c.products) AS BIGINT) AS items,
    CAST(SUM(c.covered) AS BIGINT) AS covered,
    CAST(SUM(c.partly_covered) AS BIGINT) AS partly_covered,
    CAST(SUM(c.supported) AS BIGINT) AS supported,
    CAST(SUM(c.related) AS BIGINT) AS related,
    CAST(SUM(c.gap) AS BIGINT) AS gap,
    CAST(SUM(c.not_mapped) AS BIGINT) AS not_mapped
FROM item_coverage AS c
JOIN items AS i ON i.element = c.element
GROUP BY c.day, i.family, i.family_name
