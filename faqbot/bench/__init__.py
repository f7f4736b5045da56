"""Measure faqbot's matcher beside others, in one run. The others are a development extra (``pip install .[bench]``)."""
