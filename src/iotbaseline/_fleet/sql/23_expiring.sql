-- The findings that expire soon after a day, with the evidence that has to be made anew.
CREATE OR REPLACE TEMPORARY VIEW expiring AS
SELECT h.day, h.product, h.component, h.element, h.status, h.expires, h.evidence
FROM holding AS h
JOIN days AS d ON d.day = h.day
WHERE h.expires >= h.day AND h.expires < d.soon
