-- The findings of each product as they are on each day: made by then and not yet replaced. One that has expired says
-- nothing any more, so it counts as not assessed.
CREATE OR REPLACE TEMPORARY VIEW holding AS
SELECT
    d.day, f.product, f.component, f.element, f.expires, f.evidence,
    CASE WHEN f.expires < d.day THEN 'not assessed' ELSE f.status END AS status
FROM findings AS f
JOIN days AS d
    ON (f.date IS NULL OR f.date <= d.day)
    AND (f.replaced IS NULL OR f.replaced > d.day)
