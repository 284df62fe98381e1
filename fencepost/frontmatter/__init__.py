"""Front matter: YAML, TOML and JSON at the top of a post, its values and its dates."""
