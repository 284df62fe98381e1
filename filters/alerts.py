#!/usr/bin/env python3
"""Alerts: `> [!NOTE]` quotes become asides with a sign, a colour and a spoken name.

Run by pandoc: `pandoc --filter alerts.py …`, alone or beside others. See `fencepost/filters/alerts.py`.
"""

import os
import shutil
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent  # this folder leads sys.path, and must not
sys.path[0] = str(root) if (root / "fencepost" / "__init__.py").is_file() else ""
try:
    from fencepost.pipeline.filter import alerts
except ImportError as error:  # another Python than the one fencepost is installed for
    command = shutil.which("fencepost-alerts")
    if command is None or os.environ.get("FENCEPOST_HANDED_OVER"):
        sys.exit(f"alerts.py: this Python ({sys.executable}) cannot run it ({error}): pip install fencepost")
    os.environ["FENCEPOST_HANDED_OVER"] = "1"
    os.execv(command, [command, *sys.argv[1:]])
alerts()
