"""The program pandoc, and the tree that it reads and writes."""
