"""Word and OpenDocument: the reference documents, and what pandoc leaves out."""
