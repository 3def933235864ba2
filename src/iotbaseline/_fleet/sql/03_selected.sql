-- What each product meets: this is the selection that its coverage is asked for.
CREATE OR REPLACE TEMPORARY VIEW selected AS
SELECT n.day, n.product, n.element
FROM standing AS n
JOIN statuses AS s ON s.rank = n.rank
WHERE s.status = 'met'
