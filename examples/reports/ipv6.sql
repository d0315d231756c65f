-- name: ipv6
-- question: How much of what enters the web servers comes over IPv6?
-- The default format has no field for the family, but an IPv6 address has colons.
SELECT dstport,
       CASE WHEN strpos(srcaddr, ':') > 0 THEN 'IPv6' ELSE 'IPv4' END AS family,
       count(*) AS flows,
       count(DISTINCT srcaddr) AS clients,
       sum(bytes) AS total_bytes
FROM vpc_flow_logs
WHERE action = 'ACCEPT' AND dstport IN (80, 443) AND srcaddr NOT LIKE '10.%'
GROUP BY 1, 2
ORDER BY dstport, family
