"""What concerns all tests: the order in which they run, and that Ctrl-C means something to what they start."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
sys.path.insert(0, str(Path(__file__).parent))  # for nodejs
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job without job control ignores Ctrl-C, and so would every process that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    # The browser's driver keeps an event loop running in this thread until the end, and asyncio allows one only.
    items.sort(key=lambda item: BROWSER in Path(item.path).parents)
