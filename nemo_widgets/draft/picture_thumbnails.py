"""Thumbnails in a picture of a timeline: small pictures, laid along the segments of their source like film."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from nemo_widgets.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nemo_widgets.draft.model import Draft

_DATA = re.compile(r"data:image/(?:jpeg|png|webp|gif);base64,[A-Za-z0-9+/]+={0,2}")
_MAGIC = {b"\xff\xd8\xff": "jpeg", b"\x89PNG": "png", b"GIF8": "gif", b"RIFF": "webp"}
_MOST = 90_000
"""Letters of thumbnails in one picture; further sources go without."""


@dataclass(frozen=True)
class Thumbnail:
    """A picture that fills blocks: its id is made of its content, so that equal ones may share it."""

    id: str
    pattern: str


def thumbnails_of(draft: Draft, given: Mapping[str, bytes | str], *, height: int) -> dict[str, Thumbnail]:
    """Return the thumbnails of the sources that the draft's pictures use, as many as there is room for.

    Raises
    ------
    InvalidInput
        Where a thumbnail is no picture.
    """
    addresses = {source: _address(value) for source, value in given.items()}
    made: dict[str, Thumbnail] = {}
    room = _MOST
    for track in draft.tracks if addresses else ():
        for segment in track.segments if track.kind == "video" else ():
            source = segment.source
            if source is None or source in made or source not in addresses:
                continue
            thumbnail = _thumbnail(addresses[source], height)
            if len(thumbnail.pattern) <= room:
                room -= len(thumbnail.pattern)
                made[source] = thumbnail
    return made


def _thumbnail(address: str, height: int) -> Thumbnail:
    name = f"nemo-{sha256(address.encode()).hexdigest()[:12]}-{height}"
    wide = round(height * 16 / 9)
    return Thumbnail(
        name,
        f'<pattern id="{name}" width="{wide}" height="{height}" patternUnits="userSpaceOnUse">'
        f'<image width="{wide}" height="{height}" preserveAspectRatio="xMidYMid slice" href={quoteattr(address)}/>'
        "</pattern>",
    )


def _address(value: Any) -> str:
    if isinstance(value, bytes | bytearray):
        kind = next((kind for magic, kind in _MAGIC.items() if value.startswith(magic)), None)
        if kind:
            return f"data:image/{kind};base64,{b64encode(value).decode()}"
    elif isinstance(value, str) and _DATA.fullmatch(value):
        return value
    raise InvalidInput(
        message="A thumbnail is neither a JPEG, PNG, WebP or GIF picture nor a data: address of one.",
        remedy="Pass thumbnails={source: open(path, 'rb').read()}.",
    )
