"""The places of a class: clients that hold one, and those that give theirs back when somebody comes.

A client that gives its place back loses nothing: its token, its sessions and files stay its own, and it goes on with
them whenever it likes. Only who is new waits for a place.

- A place is held by who was seen in the last half hour, or has a render that is open. Who has brought nothing yet
  holds it for ten minutes.
- Where all are taken, one from the same address that wasn't seen for five minutes gives way: a hub that gives
  students a fresh home with each start has new clients each time, and all from one address.
- Then one that has brought nothing, of the address with the most of them: somebody who invents clients keeps nobody
  else out, while a whole class behind one address has only itself to give way to.
"""

from __future__ import annotations

import ipaddress
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

_AWAY = 30 * 60.0
_AWAY_EMPTY = 10 * 60.0
_AWAY_HERE = 5 * 60.0

_HOLDERS = """
SELECT * FROM (
    SELECT id, seen, address,
        EXISTS (SELECT 1 FROM job WHERE job.user = user.id AND status IN ('pending', 'processing')) AS renders,
        NOT (EXISTS (SELECT 1 FROM media WHERE media.user = user.id)
            OR EXISTS (SELECT 1 FROM job WHERE job.user = user.id)
            OR EXISTS (SELECT 1 FROM session WHERE session.user = user.id AND session.version > 0)) AS empty
    FROM user WHERE client_hash IS NOT NULL AND client_hash != :client AND expires > :now)
WHERE renders OR seen > :now - CASE WHEN empty THEN :away_empty ELSE :away END ORDER BY seen
"""


@dataclass(frozen=True)
class Holder:
    """A client that holds a place; ``seen`` as epoch seconds, ``empty`` where it has brought nothing yet."""

    id: str
    seen: float
    address: str
    renders: bool
    empty: bool


def make_place(db: sqlite3.Connection, most: int, *, client: str, address: str, now: float) -> bool:
    """Find a place for a client that is new; False where all are taken. Part of a transaction.

    Parameters
    ----------
    db
        The store's connection.
    most
        Places of the class.
    client
        The client's hash.
    address
        Where it comes from, as :func:`where` tells it or a hash of that.
    now
        Epoch seconds.
    """
    named = {"client": client, "now": now, "away": _AWAY, "away_empty": _AWAY_EMPTY}
    holders = [Holder(*row) for row in db.execute(_HOLDERS, named)]
    if len(holders) < most:
        return True
    leaving = gives_way(holders, address, now)
    if leaving is not None:
        db.execute("UPDATE user SET seen = 0 WHERE id = ?", (leaving.id,))
    return leaving is not None


def gives_way(holders: list[Holder], address: str, now: float) -> Holder | None:
    """Return who gives their place to one that comes from ``address``; those seen longest ago come first.

    Examples
    --------
    >>> ann, ben = Holder("ann", 0.0, "hub", False, False), Holder("ben", 900.0, "hub", False, False)
    >>> gives_way([ann, ben], "hub", 1000.0).id
    'ann'
    >>> gives_way([ann, ben], "elsewhere", 1000.0) is None
    True
    """
    for one in holders:
        if one.address == address and not one.renders and one.seen < now - _AWAY_HERE:
            return one
    crowd = Counter(one.address for one in holders if one.empty)
    place, number = crowd.most_common(1)[0] if crowd else (address, 0)
    # One more here is then no more than there.
    if number < crowd[address] + 2:
        return None
    return next(one for one in holders if one.empty and one.address == place)


def where(address: str) -> str:
    """Return the network that an address tells: itself, or its /64, of which one machine has all addresses.

    Examples
    --------
    >>> where("10.0.0.1"), where("2001:db8::7")
    ('10.0.0.1', '2001:db8::')
    """
    try:
        ip = ipaddress.ip_address(address.split("%", 1)[0])
    except ValueError:
        return ""
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False).network_address)
    return str(ip)
