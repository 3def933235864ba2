-- The same with the level in words: what coverage says of each product, item by item.
CREATE OR REPLACE TEMPORARY VIEW coverage AS
SELECT r.day, r.product, r.element, l.level, r.rank
FROM ranked AS r
JOIN levels AS l ON l.rank = r.rank
