"""An image from the web: its bytes, or why they cannot be had; for so many seconds and no longer."""

from __future__ import annotations

import http.client
import threading
import urllib.request

from fencepost.system.urls import encoded

_USER_AGENT = "fencepost (+https://pypi.org/project/fencepost)"


class FetchError(Exception):
    """Why something cannot be fetched, in words for the author."""


def fetch(address: str, seconds: float, most: int) -> bytes:
    """Fetch at most so many bytes from an http(s) address, within so many seconds in all.

    A server that sends a byte now and then would keep each read within its time. So another thread reads, and is left
    behind where it is late: it holds nothing, and ends with the process.

    Raises:
        FetchError: the address is none, nobody answers, or not in time.
    """
    found: list[bytes] = []
    failed: list[str] = []

    def read() -> None:
        try:
            request = urllib.request.Request(encoded(address), headers={"User-Agent": _USER_AGENT})  # noqa: S310 - http(s) only
            with urllib.request.urlopen(request, timeout=seconds) as answer:  # noqa: S310
                found.append(answer.read(most))
        except UnicodeError:
            failed.append("no host has such a name")
        except (OSError, ValueError, http.client.HTTPException) as error:
            failed.append(str(getattr(error, "reason", None) or error or type(error).__name__))

    thread = threading.Thread(target=read, daemon=True, name="fetch")
    thread.start()
    thread.join(seconds)
    if failed:
        raise FetchError(failed[0])
    if not found:
        raise FetchError(f"it took longer than {seconds:g} seconds")
    return found[0]
