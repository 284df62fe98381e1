"""All printed words, dates and directions of writing, by language."""
