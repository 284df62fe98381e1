"""Fencepost as a filter of other people's pandoc."""
