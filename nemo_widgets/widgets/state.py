"""The state that an editor shares with its views, and how changes of it travel.

Changes are gathered for a moment and sent as one patch (20 a second at most): hosts drop messages above some
rate, and a streamed answer would otherwise cost a message for each word. Of a list, a patch holds only the fields of
its items that have changed: neither thumbnails nor long answers go twice. See :mod:`.protocol` for the keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Mapping

INTERVAL = 0.05
"""Seconds between two patches."""


def utf16_length(text: str) -> int:
    """Return how long JavaScript finds a text.

    Examples
    --------
    >>> utf16_length("a🎬")
    3
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class SharedState:
    """One dict, replicated by patches with consecutive numbers.

    Not thread-safe: use it on one loop only (the background loop).

    Parameters
    ----------
    send
        Sends one message to all views.
    deltas
        For keys whose values are long: a function of the value that was sent last and the one to send, which returns
        what is sent in its place.
    **values
        The state's keys and their first values.
    """

    def __init__(
        self,
        send: Callable[[dict[str, Any]], None],
        *,
        deltas: Mapping[str, Callable[[Any, Any], Any]] | None = None,
        **values: Any,
    ) -> None:
        self._send = send
        self._values = values
        self._deltas = deltas or {}
        self._sent = {key: values.get(key) for key in self._deltas}
        self._seq = 0
        self._changed: set[str] = set()
        self._moved: set[str] = set()  # lists whose items came, went or changed places
        self._fields: dict[str, dict[str, set[str]]] = {}  # list → item → its fields that changed
        self._pieces: dict[str, tuple[int, list[str]]] = {}
        self._timer: asyncio.TimerHandle | None = None

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def update(self, **values: Any) -> None:
        """Replace keys of the state."""
        self._values.update(values)
        self._mark(*values)

    def add(self, key: str, item: dict[str, Any]) -> None:
        """Append an item to a list of the state."""
        self._values[key].append(item)
        self._moved.add(key)
        self._mark_fields(key, item["id"], *item)

    def find(self, key: str, item_id: str) -> dict[str, Any] | None:
        """Return the item of a list with this id."""
        return next((item for item in self._values[key] if item["id"] == item_id), None)

    def change(self, key: str, item_id: str, **fields: Any) -> None:
        """Change fields of an item of a list."""
        if (item := self.find(key, item_id)) is not None:
            item.update(fields)
            self._mark_fields(key, item_id, *fields)

    def remove(self, key: str, item_id: str) -> None:
        """Take an item out of a list."""
        self._values[key] = [item for item in self._values[key] if item["id"] != item_id]
        self._fields.get(key, {}).pop(item_id, None)
        self._moved.add(key)
        self._schedule()

    def reorder(self, key: str, item_ids: list[str]) -> None:
        """Put the items of a list in this order; those that aren't named stay behind them."""
        places = {item_id: place for place, item_id in enumerate(item_ids)}
        items: list[dict[str, Any]] = self._values[key]
        items.sort(key=lambda item: places.get(item["id"], len(places)))
        self._moved.add(key)
        self._schedule()

    def say(self, turn: str, text: str) -> None:
        """Append to a turn's text; travels as a piece, not as a patch."""
        item = self.find("turns", turn)
        if item is None or not text:
            return
        if turn not in self._pieces:
            self._pieces[turn] = (utf16_length(item["text"]), [])
        self._pieces[turn][1].append(text)
        item["text"] += text
        self._schedule()

    def send_whole(self) -> None:
        """Send everything, for a view that is new or lost something."""
        unheard = self._seq == 0
        self.flush()
        if unheard and self._seq:
            return  # the first patch was everything
        self._send({"kind": "state", "seq": self._seq, "whole": True, "patch": self._values})

    def flush(self) -> None:
        """Send what has changed, now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        items = self._item_changes()
        if self._changed or items:
            whole = self._seq == 0  # A view that is already there needn't ask, and the others ask anyway.
            if whole:
                self._changed, items = set(self._values), {}
            patch = {key: self._values[key] for key in sorted(self._changed)}
            for key in self._changed & self._sent.keys():
                if not whole:
                    patch[key] = self._deltas[key](self._sent[key], self._values[key])
                self._sent[key] = self._values[key]
            self._seq += 1
            self._send({"kind": "state", "seq": self._seq, "whole": whole, "patch": patch, "items": items})
        told = set[str]() if "turns" in self._changed else self._pieces.keys() - self._told_whole()
        pieces = {turn: piece for turn, piece in self._pieces.items() if turn in told}
        self._changed, self._moved, self._fields, self._pieces = set(), set(), {}, {}
        for turn, (offset, texts) in pieces.items():
            self._send({"kind": "answer", "turn": turn, "offset": offset, "text": "".join(texts)})

    def _item_changes(self) -> dict[str, dict[str, Any]]:
        """Return what has changed of the lists that aren't sent as a whole."""
        return {
            key: {
                "order": [item["id"] for item in self._values[key]] if key in self._moved else None,
                "fields": {
                    item["id"]: {name: item[name] for name in sorted(names)}
                    for item in self._values[key]
                    if (names := self._fields.get(key, {}).get(item["id"]))
                },
            }
            for key in sorted((self._fields.keys() | self._moved) - self._changed)
        }

    def _told_whole(self) -> set[str]:
        """Return the turns whose text the next patch holds."""
        return {turn for turn, names in self._fields.get("turns", {}).items() if "text" in names}

    def _mark_fields(self, key: str, item_id: str, *names: str) -> None:
        self._fields.setdefault(key, {}).setdefault(item_id, set()).update(names)
        self._schedule()

    def _mark(self, *keys: str) -> None:
        self._changed.update(keys)
        self._schedule()

    def _schedule(self) -> None:
        if self._timer is None:
            import asyncio

            self._timer = asyncio.get_running_loop().call_later(INTERVAL, self.flush)
