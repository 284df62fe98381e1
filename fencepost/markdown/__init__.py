"""The post's text before pandoc reads it, and what that leaves in the tree."""
