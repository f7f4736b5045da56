"""Numbers for Prometheus: what is counted, and how the counts of several processes come together."""
