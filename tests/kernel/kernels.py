"""A real kernel, spoken to in the protocol's own messages: cells, interrupts, and what a widget's views send."""

from __future__ import annotations

import json
import os
import queue
import tempfile
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from .environments import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@dataclass
class Cell:
    """A cell that was sent: what it printed, showed or raised, and whether it has ended."""

    shown: str = ""
    ended: bool = False
    error: str = ""


@dataclass
class Comm:
    """A comm that the kernel opened: what a view of it has got so far."""

    id: str
    state: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [message for message in self.messages if message.get("kind") == kind]

    def patched(self) -> dict[str, Any]:
        """The editor's state as a view has it."""
        whole: dict[str, Any] = {}
        for message in self.of("state"):
            whole.update(message["patch"])
        return whole


class Kernel:
    """A kernel of an environment, with folders of its own."""

    def __init__(self, python: Path, folder: Path, **environment: str) -> None:
        self.folder = folder
        specs = folder / "kernels"
        (specs / "tested").mkdir(parents=True)
        argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        spec = {"argv": argv, "display_name": "tested", "language": "python"}
        (specs / "tested" / "kernel.json").write_text(json.dumps(spec))
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("NEMO_", "XDG_"))}
        homes = {"HOME": str(folder), "XDG_DATA_HOME": str(folder / "data"), "XDG_CONFIG_HOME": str(folder / "config")}
        self.manager = KernelManager(
            kernel_name="tested",
            **self._addresses(),
            kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(specs)], ensure_native_kernel=False),
        )
        paths = {"PYTHONPATH": str(ROOT)}
        self.manager.start_kernel(cwd=str(folder), env={**clean, **homes, **paths, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=30)
        self.cells: dict[str, Cell] = {}
        self.comms: dict[str, Comm] = {}

    def _addresses(self) -> dict[str, str]:
        """Where the kernel listens: a port that is free now may be somebody else's a moment later, a socket file not."""
        if os.name == "nt":
            return {}
        self._sockets = tempfile.TemporaryDirectory(prefix="nemo-", dir="/tmp")  # their paths must be short
        return {"transport": "ipc", "ip": f"{self._sockets.name}/kernel"}

    def begin(self, code: str) -> Cell:
        """Queue a cell."""
        cell = self.cells[self.client.execute(code, stop_on_error=False)] = Cell()
        return cell

    def finish(self, cell: Cell, timeout: float = 60) -> str:
        """Wait for a cell; return what it printed or showed, an error as its name and text."""
        self.until(lambda: cell.ended, timeout, "the end of a cell")
        return cell.shown

    def run_all(self, *codes: str, timeout: float = 40) -> list[str]:
        """Queue cells as "Run All" does, and return what each showed."""
        cells = [self.begin(code) for code in codes]
        return [self.finish(cell, timeout) for cell in cells]

    def until(self, happened: Callable[[], Any], timeout: float = 15, what: str = "it") -> None:
        """Read what the kernel sends until something has happened."""
        deadline = time.monotonic() + timeout
        while not happened():
            try:
                self._take(self.client.get_iopub_msg(timeout=max(deadline - time.monotonic(), 0.01)))
            except queue.Empty:
                shown = [cell.shown for cell in self.cells.values()]
                raise TimeoutError(f"{what} didn't come within {timeout:g} s; the cells showed {shown}") from None

    def interrupt(self) -> None:
        """Press the stop button."""
        self.manager.interrupt_kernel()

    def has_subshells(self) -> bool:
        """Whether handlers can run on threads of their own."""
        reply = self.client.kernel_info(reply=True, timeout=10)
        return "kernel subshells" in reply["content"].get("supported_features", [])

    def create_subshell(self) -> str:
        """Make a thread for a front end's messages, as JupyterLab does for the widgets of a notebook."""
        self.client.control_channel.send(self.client.session.msg("create_subshell_request"))
        return self.client.get_control_msg(timeout=10)["content"]["subshell_id"]

    def tell(self, comm: Comm, content: dict[str, Any], *buffers: bytes, subshell: str | None = None) -> None:
        """Send a message of a view to its model."""
        message = self.client.session.msg(
            "comm_msg", {"comm_id": comm.id, "data": {"method": "custom", "content": content}}
        )
        message["header"]["subshell_id"] = subshell
        message["buffers"] = list(buffers)
        self.client.shell_channel.send(message)

    def stop(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def _take(self, message: dict[str, Any]) -> None:
        content = message["content"]
        if message["msg_type"] == "comm_open":
            self.comms[content["comm_id"]] = Comm(content["comm_id"], content["data"].get("state", {}))
        elif message["msg_type"] == "comm_msg":
            data = content["data"]
            if data.get("method") == "custom" and content["comm_id"] in self.comms:
                self.comms[content["comm_id"]].messages.append(data["content"])
        elif (cell := self.cells.get(message["parent_header"].get("msg_id", ""))) is not None:
            _show(cell, message["msg_type"], content)


def _show(cell: Cell, kind: str, content: dict[str, Any]) -> None:
    match kind:
        case "stream":
            cell.shown += content["text"]
        case "execute_result" | "display_data":
            cell.shown += content["data"].get("text/plain", "")
        case "error":
            cell.error = content["ename"]
            cell.shown += f"{content['ename']}: {content['evalue']}"
        case "status" if content["execution_state"] == "idle":
            cell.ended = True
        case _:
            pass
