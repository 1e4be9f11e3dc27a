"""Starts a kernel of any version: ``python -P launch.py -f CONNECTION_FILE``.

ipykernel 7.0 to 7.3 loses a cell now and then, whatever runs in it (ipython/ipykernel#1554): a reply that is written to
the shell socket past its stream may take away the sign that a request has come, and then the kernel idles for good.
As of 7.4 replies go through the stream. Here they always do, so that a test that hangs tells of this package.
"""

from __future__ import annotations

import faulthandler
import signal
from pathlib import Path

import ipykernel
from ipykernel.kernelapp import IPKernelApp, launch_new_instance

if (7, 0) <= ipykernel.version_info[:2] < (7, 4):
    from ipykernel.subshell_manager import SubshellManager

    def send(_, message):
        IPKernelApp.instance().kernel.shell_stream.send_multipart(message)

    SubshellManager._send_on_shell_channel = send

if __name__ == "__main__":
    if hasattr(faulthandler, "register"):
        stacks = Path("stacks.txt").open("w")  # noqa: SIM115 - open for as long as the kernel lives
        faulthandler.register(signal.SIGUSR1, file=stacks)
    launch_new_instance()
