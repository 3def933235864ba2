-- The blockers of which each product has selected an element.
CREATE OR REPLACE TEMPORARY VIEW blocked AS
SELECT DISTINCT s.day, s.product, b.blocker
FROM selected AS s
JOIN blockers AS b ON b.element = s.element
