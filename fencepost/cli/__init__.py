"""The command line: what can be said, one run of `convert`, the `fencepost` command itself."""
