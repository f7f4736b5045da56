"""Chat programs: their requests in, their replies out. Nothing here knows of a web framework or a database."""
