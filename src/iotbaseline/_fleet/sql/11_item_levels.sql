-- How many products have each item at each level. What the views of the fleet add up, so it may be worked out for some
-- products at a time.
CREATE OR REPLACE TEMPORARY VIEW item_levels AS
SELECT r.day, r.element, r.rank, COUNT(*) AS products
FROM ranked AS r
GROUP BY r.day, r.element, r.rank
