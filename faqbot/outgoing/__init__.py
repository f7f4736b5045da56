"""Where notices go: what the operator sets about other programs and the mail server."""
