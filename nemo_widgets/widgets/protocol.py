"""The messages between the kernel and the front end.

The kernel owns one *state* (a dict of the keys below); every view of an editor is a replica of it. A view says
``ready`` and gets the whole state; from then on it gets patches. Each patch has a number one above the last
(``seq``); a view that sees a gap (hosts drop messages above some rate, or the websocket was cut) says ``ready``
again. Bytes never stand in the state: files go up in slices, the video comes down in slices, each acknowledged
or asked for one by one.

Kernel → front end

=================  =====================================================  ==================================
kind               fields                                                 meaning
=================  =====================================================  ==================================
``state``          ``seq``, ``patch``, ``whole`` (bool)                   replace these keys of the state
``answer``         ``turn``, ``offset``, ``text``                         text to put at ``offset`` (UTF-16
                                                                          units) of a turn's ``text``; a view
                                                                          that lacks what precedes says ``ready``
``upload-ready``   ``id``                                                 send the slices
``upload-ack``     ``id``, ``index``                                      this slice is on disk
``upload-missing`` ``id``, ``missing`` (at most 64 indices)               send these (again)
``upload-end``     ``id``, ``error`` (null or ``{message, remedy}``)      the file is whole, or was refused
``video-slice``    ``id``, ``offset``, one buffer                         bytes of the video from ``offset``
``video-failed``   ``id``, ``error``                                      the video can't be read any more
=================  =====================================================  ==================================

Front end → kernel

=================  =====================================================  ==================================
kind               fields                                                 meaning
=================  =====================================================  ==================================
``ready``                                                                 send the whole state
``upload-begin``   ``id``, ``name``, ``size``, ``slice_bytes``,           a file is coming
                   ``thumbnail`` (a small ``data:image/jpeg`` URL or null)
``upload-slice``   ``id``, ``index``, one buffer                          slice number ``index``
``upload-check``   ``id``                                                 what is missing?
``upload-cancel``  ``id``                                                 forget the file
``asset-remove``   ``id``                                                 take a file off the list (one that the service
                                                                          has stays: it can't be taken back)
``prompt``         ``id``, ``text``                                       say this (once: ids are remembered)
``stop``           ``id``                                                 stop this turn
``export``         ``id``                                                 render the draft (once)
``export-cancel``  ``id``                                                 cancel that render
``video-read``     ``id``, ``offset``, ``length``                         send these bytes of video ``id``
``reconnect``                                                             try the backend again
=================  =====================================================  ==================================

The state's keys

``backend``   ``{kind: "local"|"cloud"|"custom", label, detail, status: "connecting"|"ready"|"failed", error}``
``language``  ``"en"`` or ``"zh"``
``limits``    ``{max_upload_bytes, suffixes: [".mp4", …]}``
``assets``    list of ``{id, name, kind: "image"|"video"|"audio", size, duration, width, height, source, thumbnail,
              state: "receiving"|"sending"|"ready"|"failed", done (0–1), error}`` (``duration`` in ms or null;
              ``source`` as the draft's segments name it, or null; a ``"failed"`` one whose page falls silent in
              mid-upload and comes back is ``"receiving"`` again)
``turns``     list of ``{id, prompt, text, state: "running"|"done"|"stopped"|"failed", steps: [str], changes: [str],
              started (epoch ms), elapsed (ms), error}``
``draft``     null or ``{summary, duration, width, height, fps, tracks: [{kind, name, segments: [{start, duration,
              label, source}]}], columns: [{key, label}], rows: [[…]]}``, times in ms
``export``    null or ``{id, state: "running"|"done"|"failed"|"cancelled", stage: "rendering"|"downloading",
              done (0–1), error}``
``video``     null or ``{id, name, size (bytes), type: "video/mp4", duration, width, height, outdated (the draft has
              changed since)}``
``notice``    null or ``{message, remedy}``: what went wrong outside a turn, an asset or an export

An ``error`` is null or ``{message, remedy}``, both sentences in the editor's language.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from collections.abc import Sequence

_MAX_ID = 64
_MAX_NAME = 1024
_ID = {"id": (str,)}
# kind → field → the types it may have. Fields that aren't listed are refused too.
_REQUESTS: dict[str, dict[str, tuple[type, ...]]] = {
    "ready": {},
    "upload-begin": _ID | {"name": (str,), "size": (int,), "slice_bytes": (int,), "thumbnail": (str, type(None))},
    "upload-slice": _ID | {"index": (int,)},
    "upload-check": _ID,
    "upload-cancel": _ID,
    "asset-remove": _ID,
    "prompt": _ID | {"text": (str,)},
    "stop": _ID,
    "export": _ID,
    "export-cancel": _ID,
    "video-read": _ID | {"offset": (int,), "length": (int,)},
    "reconnect": {},
}


class UnknownRequest(ValueError):
    """A message from the front end that isn't in the table."""


def checked(content: Any, buffers: Sequence[Any]) -> dict[str, Any]:
    """Return a message of the front end, if it is one of the table's.

    Raises
    ------
    UnknownRequest
        For another kind, a missing or unknown field, a wrong type, or a missing buffer.

    Examples
    --------
    >>> checked({"kind": "stop", "id": "t1"}, [])
    {'kind': 'stop', 'id': 't1'}
    >>> checked({"kind": "stop"}, [])
    Traceback (most recent call last):
    nemo_widgets.widgets.protocol.UnknownRequest: stop needs exactly: id
    """
    if not isinstance(content, dict):
        raise UnknownRequest("a message is an object")
    message = cast("dict[str, Any]", content)
    kind = message.get("kind")
    fields = _REQUESTS.get(kind) if isinstance(kind, str) else None
    if fields is None:
        raise UnknownRequest("unknown kind")
    if set(message) != {"kind", *fields}:
        raise UnknownRequest(f"{kind} needs exactly: {', '.join(fields) or 'nothing'}")
    for name, types in fields.items():
        if not isinstance(message[name], types) or isinstance(message[name], bool):
            raise UnknownRequest(f"{kind}: {name} has a wrong type")
    if not 0 < len(message.get("id", "-")) <= _MAX_ID or len(message.get("name", "")) > _MAX_NAME:
        raise UnknownRequest(f"{kind}: too long")
    if len(buffers) != (1 if kind == "upload-slice" else 0):
        raise UnknownRequest(f"{kind}: wrong number of buffers")
    return message
