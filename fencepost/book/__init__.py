"""Books: posts become the chapters of one PDF, EPUB or web page."""
