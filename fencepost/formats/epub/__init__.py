"""What makes pandoc's EPUB one that a store takes: parts, contents, faces, XHTML."""
