"""A real kernel, spoken to in the protocol's own messages: cells, interrupts, and what a widget's views send."""

from __future__ import annotations

import json
import os
import queue
import signal
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

from .environments import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

LAUNCHER = Path(__file__).with_name("launch.py")
PATIENCE = 300.0
"""Seconds until something counts as never happening: hundreds of times what an idle machine needs."""


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
        """The editor's state as a view has it (of the draft, what a patch tells whole)."""
        state: dict[str, Any] = {}
        for message in self.of("state"):
            if not state and not message["whole"]:
                continue  # of before this view was ready
            state.update(message["patch"])
            for key, change in message.get("items", {}).items():
                items = {item["id"]: item for item in state[key]}
                for id_, fields in change["fields"].items():
                    items[id_] = items.get(id_, {}) | fields
                state[key] = [items[id_] for id_ in (items if change["order"] is None else change["order"])]
        return state


class Kernel:
    """A kernel of an environment, with folders of its own."""

    def __init__(self, python: Path, folder: Path, **environment: str) -> None:
        self.folder = folder
        specs = folder / "kernels"
        (specs / "tested").mkdir(parents=True)
        argv = [str(python), "-P", str(LAUNCHER), "-f", "{connection_file}"]
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
        self.client.wait_for_ready(timeout=PATIENCE)
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

    def finish(self, cell: Cell) -> str:
        """Wait for a cell; return what it printed or showed, an error as its name and text."""
        self.until(lambda: cell.ended, "the end of a cell")
        return cell.shown

    def run_all(self, *codes: str) -> list[str]:
        """Queue cells as "Run All" does, and return what each showed."""
        cells = [self.begin(code) for code in codes]
        return [self.finish(cell) for cell in cells]

    def until(self, happened: Callable[[], Any], what: str = "it") -> None:
        """Read what the kernel sends until something has happened."""
        deadline = time.monotonic() + PATIENCE
        while not happened():
            try:
                self._take(self.client.get_iopub_msg(timeout=1))
            except queue.Empty:
                if time.monotonic() < deadline and self.manager.is_alive():
                    continue
                raise TimeoutError(f"{what} didn't come\n{self._state()}") from None

    def is_free(self) -> bool:
        """Whether it has ended every cell, and can take others."""
        return all(cell.ended for cell in self.cells.values()) and self.manager.is_alive()

    def _state(self) -> str:
        """Return what the cells showed, and what each of the kernel's threads is at."""
        shown = "\n".join(map(repr, self.cells.values()))
        if not self.manager.is_alive():
            return f"The kernel has died.\n{shown}"
        if not hasattr(signal, "SIGUSR1"):
            return shown
        self.manager.signal_kernel(signal.SIGUSR1)
        time.sleep(1)
        return f"{shown}\n{(self.folder / 'stacks.txt').read_text()}"

    def interrupt(self) -> None:
        """Press the stop button."""
        self.manager.interrupt_kernel()

    def has_subshells(self) -> bool:
        """Whether handlers can run on threads of their own."""
        reply = self.client.kernel_info(reply=True, timeout=PATIENCE)
        return "kernel subshells" in reply["content"].get("supported_features", [])

    def create_subshell(self) -> str:
        """Make a thread for a front end's messages, as JupyterLab does for the widgets of a notebook."""
        self.client.control_channel.send(self.client.session.msg("create_subshell_request"))
        return self.client.get_control_msg(timeout=PATIENCE)["content"]["subshell_id"]

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
