"""Raw HTML of a post, rewritten for formats that are not HTML."""
