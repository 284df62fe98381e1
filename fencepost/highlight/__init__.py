"""Code cut into coloured tokens, and the lexer that a language names."""
