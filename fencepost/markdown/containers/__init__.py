"""Containers: `:::note[Title]` … `:::`, `/// tip | Title` … `///`, `!!! warning "Title"` with an indented body.

`lines` finds them in the text, before pandoc; `wrap` makes divisions of what pandoc read between their markers, in the
form that pandoc's own `alerts` extension gives an alert, so that the alert filter need not know where one came from.
`types` has the tables: which dialect knows which words, what they mean.
"""
