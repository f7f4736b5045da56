"""The chat widget in a real browser."""
