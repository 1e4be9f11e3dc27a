"""What concerns all tests: folders of their own, their order, that Ctrl-C means something to what they start, patience."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

BROWSER = Path(__file__).parent / "browser"
sys.path.insert(0, str(Path(__file__).parent))  # for nodejs
RANDOM = "NEMO_RANDOM" in os.environ
"""Whether examples, damages and kills are new ones in each run; else a commit passes today if it passed yesterday."""
# A machine that stands still for a moment breaks no rule of ours.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=not RANDOM)
settings.register_profile("patient", patient)
settings.load_profile("patient")
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A shell's background job without job control ignores Ctrl-C, and so would every process that a test interrupts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items):
    # The browser's driver keeps an event loop running in this thread until the end, and asyncio allows one only.
    items.sort(key=lambda item: BROWSER in Path(item.path).parents)


@pytest.fixture(scope="session")
def _folders(tmp_path_factory):
    base = tmp_path_factory.mktemp("users")
    return (base / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def own_folders(_folders, monkeypatch):
    """Keep what every test writes down for its user (tokens, ledger, videos) to itself, and the environment out of it."""
    folder = next(_folders)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    for name in ("TOKEN", "API_URL", "WEB_URL", "CLIENT_ID", "STUDENT", "FAST_LANE", "MEDIA_ADDRESS"):
        monkeypatch.delenv(f"NEMO_{name}", raising=False)
    for name in ("SKILL_SOURCE", "JPY_SESSION_NAME"):
        monkeypatch.delenv(name, raising=False)
    return folder
