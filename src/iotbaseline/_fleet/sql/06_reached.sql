-- The level of each item that something leads to, from each element that does. Paths that contradict each other say no
-- more than related, whatever else there is between the two.
CREATE OR REPLACE TEMPORARY VIEW reached AS
SELECT e.day, e.product, e.source, e.element, e.rank
FROM evidence AS e
WHERE e.overrides OR NOT EXISTS (
    SELECT 1
    FROM evidence AS o
    WHERE o.overrides
        AND o.day = e.day AND o.product = e.product AND o.source = e.source AND o.element = e.element
)
