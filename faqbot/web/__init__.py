"""The web channel: HTTP requests in, JSON and pages out."""
