"""The printed post: compiled by Typst or another engine, on its paper, to its standard, for its printing house."""
