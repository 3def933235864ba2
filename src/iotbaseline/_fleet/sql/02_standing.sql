-- How each product stands against each element on each day: the worst of what its components do.
CREATE OR REPLACE TEMPORARY VIEW standing AS
SELECT h.day, h.product, h.element, MIN(s.rank) AS rank
FROM holding AS h
JOIN statuses AS s ON s.status = h.status
GROUP BY h.day, h.product, h.element
