"""What is wrong with YAML, and where."""

from __future__ import annotations


class YamlError(ValueError):
    """YAML that cannot be read: the problem in words, where (from 0), what to do."""

    def __init__(self, problem: str, line: int, column: int, help: str = "") -> None:
        super().__init__(problem)
        self.problem, self.line, self.column, self.help = problem, line, column, help
