"""Compare meanings, by an embeddings endpoint that the operator runs."""
