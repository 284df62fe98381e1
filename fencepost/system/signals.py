"""How a command ends: at once, with everything said; and by a signal, with nothing left behind."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

SIGNALLED = 128  # and the number of the signal: the exit code of a run that was ended

_actions: dict[Callable[[], object], None] = {}  # in the order in which they came


def on_signal(action: Callable[[], object]) -> None:
    """Have something done before a signal ends the run, the newest first: a pandoc stopped, a folder removed."""
    _actions[action] = None


def forget(action: Callable[[], object]) -> None:
    """Leave out what no longer needs to be done; what was never there is no fault."""
    _actions.pop(action, None)


def heed_signals() -> None:
    """Let Ctrl-C and SIGTERM end the run from now on; one that is ignored (`nohup`) stays so.

    No exception is raised: in the midst of an import it would be a traceback, and orjson's crashes (3.11, Python 3.11).
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    for other in (signal.SIGINT, signal.SIGTERM):  # a second one does not wait for what the first has begun
        signal.signal(other, signal.SIG_DFL)
    for action in reversed(list(_actions)):
        with contextlib.suppress(Exception):
            action()
    os._exit(SIGNALLED + number)
