"""Put a running server under load, beside a bare one: ``python -m tests.load``, or ``make speed``."""
