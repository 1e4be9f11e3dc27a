"""Where the browser is and how it is started."""

from __future__ import annotations

import os
import shutil

# Without the background-networking flags a Chromium tries many hosts at its start. On a machine that stands still it
# ends a process that draws, and after a few of them itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-gpu-watchdog",
    "--disable-gpu-process-crash-limit",
    "--autoplay-policy=no-user-gesture-required",
]


def chromium_path() -> str | None:
    """Return a Chromium that plays H.264, or None where there is none."""
    named = os.environ.get("CHROMIUM")
    found = (shutil.which(name) for name in (named, "chromium", "chromium-browser", "google-chrome") if name)
    return next((path for path in found if path), None)
