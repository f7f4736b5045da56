"""faqbot answers questions from a team's own documents, in Vietnamese and English."""

__version__ = "0.1.0"
