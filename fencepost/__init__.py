"""Fencepost: a developer's Markdown post as a web page, a printed PDF and an EPUB."""

__version__ = "0.1.0"
