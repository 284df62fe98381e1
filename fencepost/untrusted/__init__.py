"""A stranger's post: what it may say, how much it may cost. The promises are in `SECURITY.md`."""
