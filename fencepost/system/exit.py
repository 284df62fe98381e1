"""The end of the process."""

from __future__ import annotations

import os
import sys
from typing import NoReturn


def leave(code: int) -> NoReturn:
    """End the process with an exit code, 1 instead of 0 where what was printed could not be written.

    Python would first take every object apart, which costs a short run a tenth of its time. Nothing here waits for
    that: outputs are whole, threads and children have ended, folders on the way are removed where they were made.
    """
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):  # nobody reads, or it was closed
            code = code or 1
    os._exit(code)
