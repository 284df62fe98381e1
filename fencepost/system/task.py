"""Work in a thread of its own, with its result."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class Task(threading.Thread):
    """A piece of work beside the main thread, whose failure is raised where its result is asked for."""

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__(daemon=True)
        self._work, self._result, self._failure = work, None, None  # type: Any, Any, BaseException | None
        self.start()

    def run(self) -> None:
        """Do the work."""
        try:
            self._result = self._work()
        except BaseException as error:  # noqa: BLE001 - raised again by `result`
            self._failure = error

    def result(self) -> Any:
        """Wait for the work and give what it returned, or raise what it raised."""
        self.join()
        if self._failure is not None:
            raise self._failure
        return self._result
