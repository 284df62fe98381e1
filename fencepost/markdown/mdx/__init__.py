"""MDX, enough of it: what is program goes, what is text stays, components become what they mean.

`import` and `export` lines and `{/* comments */}` leave no trace, `{expressions}` stay as they are written. A component
is carried past pandoc's reader, which knows no JSX, by a marker (`carrying`), and what stands between its tags becomes
an alert, a figure, a link or just its children (`wrapping`), as the table in `components` or the configuration says.
"""
