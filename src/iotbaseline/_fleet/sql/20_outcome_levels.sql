-- How many products have each status at each element. It may be worked out for some products at a time, like the last.
CREATE OR REPLACE TEMPORARY VIEW outcome_levels AS
SELECT n.day, n.element, n.rank, COUNT(*) AS products
FROM standing AS n
GROUP BY n.day, n.element, n.rank
