"""Measure faqbot's matcher beside others, in one run. The others come with the extra ``bench``."""
