"""What concerns all tests: their order, that Ctrl-C means something to what they start, and patience."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from hypothesis import HealthCheck, settings

BROWSER = Path(__file__).parent / "browser"
sys.path.insert(0, str(Path(__file__).parent))  # for nodejs
# A machine that stands still for a moment breaks no rule of ours.
settings.register_profile("patient", settings(deadline=None, suppress_health_check=[HealthCheck.too_slow]))
settings.load_profile("patient")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job without job control ignores Ctrl-C, and so would every process that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    # The browser's driver keeps an event loop running in this thread until the end, and asyncio allows one only.
    items.sort(key=lambda item: BROWSER in Path(item.path).parents)
