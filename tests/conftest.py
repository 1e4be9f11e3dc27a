"""What concerns all tests: the order in which they run."""

from __future__ import annotations

import sys
from pathlib import Path

BROWSER = Path(__file__).parent / "browser"
sys.path.insert(0, str(Path(__file__).parent))  # for nodejs


def pytest_collection_modifyitems(items):
    # The browser's driver keeps an event loop running in this thread until the end, and asyncio allows one only.
    items.sort(key=lambda item: BROWSER in Path(item.path).parents)
