"""Real Jupyter kernels, with folders of their own."""

from __future__ import annotations

import os
import queue
import time
from pathlib import Path

import pytest


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.kernel)


class Kernel:
    """A kernel that is given its cells all at once, as "Run All" does."""

    def __init__(self, folder: Path, **environment: str) -> None:
        from jupyter_client.manager import KernelManager

        clean = {name: value for name, value in os.environ.items() if not name.startswith(("NEMO_", "XDG_"))}
        homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env={**clean, **homes, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)

    def run_all(self, *cells: str, timeout: float = 120) -> list[str]:
        """Queue the cells and return what each printed or showed; an error becomes its name and text."""
        wanted = [self.client.execute(cell, stop_on_error=False) for cell in cells]
        shown = dict.fromkeys(wanted, "")
        answered: set[str] = set()
        deadline = time.monotonic() + timeout
        while len(answered) < len(wanted):
            try:
                message = self.client.get_iopub_msg(timeout=max(deadline - time.monotonic(), 0.01))
            except queue.Empty:
                raise TimeoutError(f"{len(answered)} of {len(wanted)} cells answered: {list(shown.values())}") from None
            parent = message["parent_header"].get("msg_id")
            if parent not in shown:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "stream":
                    shown[parent] += content["text"]
                case "execute_result" | "display_data":
                    shown[parent] += content["data"].get("text/plain", "")
                case "error":
                    shown[parent] += f"{content['ename']}: {content['evalue']}"
                case "status" if content["execution_state"] == "idle":
                    answered.add(parent)
                case _:
                    pass
        return list(shown.values())

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture
def kernel(tmp_path):
    started = Kernel(tmp_path)
    yield started
    started.stop()
