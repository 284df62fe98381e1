"""The operating system: files, cache, processes, signals, exit."""
