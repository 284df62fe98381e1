"""`fencepost check`: what will go wrong with a post, before a reader finds it.

`converted` gives what `convert` says, without writing; `rules` lists the rules that look at the author's text.
"""
