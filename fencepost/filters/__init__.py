"""The filters, each one transformation; `passes` is the list of them, in order."""
