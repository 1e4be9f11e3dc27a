"""Whose process is at the other end of a connection on this machine.

Where a studio listens on the loopback, every user of the machine can reach it. Linux tells whose socket it is that
calls (proc(5), ``/proc/net/tcp``); where a system doesn't, nobody is taken for this user.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from pathlib import Path

_TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
_ESTABLISHED = "01"


def is_this_user(peer: tuple[str, int] | None, here: tuple[str, int] | None) -> bool:
    """Say whether a process of this user is at the other end.

    Parameters
    ----------
    peer, here
        Address and port of both ends.

    Examples
    --------
    >>> is_this_user(None, None)
    False
    """
    if peer is None or here is None or not hasattr(os, "getuid"):
        return False
    ends = [(_hexadecimal(*peer, mapped=mapped), _hexadecimal(*here, mapped=mapped)) for mapped in (False, True)]
    for table in _TABLES:
        try:
            rows = table.read_text("ascii").splitlines()[1:]
        except (OSError, ValueError):
            continue
        for row in rows:
            cells = row.split()
            if cells[3] == _ESTABLISHED and (cells[1], cells[2]) in ends:
                return int(cells[7]) == os.getuid()
    return False


def _hexadecimal(address: str, port: int, *, mapped: bool) -> str:
    """Return an end of a connection as the table writes it: words of four bytes, in this machine's order."""
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return ""
    if mapped and ip.version == 4:
        ip = ipaddress.ip_address(f"::ffff:{ip}")
    packed = ip.packed
    words = (int.from_bytes(packed[at : at + 4], sys.byteorder) for at in range(0, len(packed), 4))
    return "".join(f"{word:08X}" for word in words) + f":{port:04X}"
