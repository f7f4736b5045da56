"""Documents become a knowledge base."""
