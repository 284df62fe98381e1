"""The life of one post: started, settled, parsed."""
