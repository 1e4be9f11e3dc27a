"""The messages between the kernel and the front end.

The kernel owns one *state* (a dict of the keys below); every view of an editor is a replica of it. A view says
``ready`` and gets the whole state (the very first message is whole unasked); from then on it gets patches. Each patch
has a number one above the last (``seq``); a view that sees a gap (hosts drop messages above some rate, or the
websocket was cut) says ``ready`` again. Bytes never stand in the state: files go up in slices, the video comes down
in slices, each acknowledged or asked for one by one.

Kernel → front end

=================  =====================================================  ==================================
kind               fields                                                 meaning
=================  =====================================================  ==================================
``state``          ``seq``, ``patch``, ``whole`` (bool), ``items`` (not   replace these keys of the state; of the lists
                   of a whole one)                                        in ``items``, change these fields of these
                                                                          items, then take on the order, where one is
                                                                          given: ``{key: {order: [id] | null, fields:
                                                                          {id: {field: value}}}}``
``answer``         ``turn``, ``offset``, ``text``                         text to put at ``offset`` (UTF-16
                                                                          units) of a turn's ``text``; a view
                                                                          that lacks what precedes says ``ready``
``upload-ready``   ``id``                                                 send the slices
``upload-ack``     ``id``, ``index``                                      this slice is on disk
``upload-missing`` ``id``, ``missing`` (at most 64 indices)               send these (again)
``upload-end``     ``id``, ``error`` (null or ``{message, remedy}``)      the file is whole, or was refused
``edit-end``       ``id``, ``error``, ``words`` (null or ``[str]``)       the edit is made (the patch came before)
                                                                          or refused; the words that were asked for
``video-slice``    ``id``, ``offset``, one buffer                         bytes of the video from ``offset``
``video-failed``   ``id``, ``error``                                      the video can't be read any more
``module``         ``id``, ``text``, ``css``                              the front end's module of this name
``picture``        ``url`` (a ``data:`` URL)                              the draft as a static picture
``lane``           ``id``, ``url``, ``token`` (both may be null)          the kernel's own HTTP server, for the page
                                                                          that asked: see :mod:`.lane_server`
=================  =====================================================  ==================================

Front end → kernel

=================  =====================================================  ==================================
kind               fields                                                 meaning
=================  =====================================================  ==================================
``ready``                                                                 send the whole state
``upload-begin``   ``id``, ``name``, ``size``, ``slice_bytes``,           a file is coming
                   ``head`` (its first bytes in base64, or null)
``upload-look``    ``id``, ``thumbnail`` (a small ``data:image/jpeg`` URL  what the browser made out of it meanwhile
                   or null), ``duration``, ``width``, ``height``
``upload-slice``   ``id``, ``index``, one buffer                          slice number ``index``
``upload-check``   ``id``                                                 what is missing?
``upload-cancel``  ``id``                                                 forget the file
``upload-link``    ``id``, ``url``                                        a file to be fetched by the service (once)
``asset-remove``   ``id``                                                 take a file off the list (one that the service
                                                                          has is only no longer ``listed``)
``assets-show``                                                           list again what is there
``assets-order``   ``ids``                                                put the files in this order
``prompt``         ``id``, ``text``                                       say this (once: ids are remembered)
``stop``           ``id``                                                 stop this turn; one that waits is forgotten
``queue-go``                                                              say the prompts that wait, after all
``queue-clear``                                                           forget them
``export``         ``id``                                                 render the draft (once)
``export-cancel``  ``id``                                                 cancel that render
``preview``        ``id``                                                 the same, small and quick
``video-read``     ``id``, ``offset``, ``length``                         send these bytes of video ``id``
``lane-ask``       ``id``, ``origin`` (of the page)                       is there a fast lane?
``edit``           ``id``, ``revision``, ``op``, ``where``, ``values``    change the draft (once): :mod:`.gestures`,
                                                                          ``undo``, ``redo``, ``discard``, ``words``,
                                                                          ``theirs``, ``mine``, ``hand-over`` (``turn``)
``select``         ``id`` (of the view), ``number``, ``runs``             these segments are selected; the highest
                                                                          number of a view counts
``module-ask``     ``id`` (its name: ``timeline``)                        the page of an editor has no such module yet
``picture-ask``                                                           and mayn't load it: send a picture
``reconnect``                                                             try the backend again
=================  =====================================================  ==================================

The state's keys

``backend``   ``{kind: "local"|"cloud"|"custom", label, detail, status: "connecting"|"ready"|"failed", error}``
``language``  ``"en"`` or ``"zh"``
``limits``    ``{max_upload_bytes, suffixes: [".mp4", …], links (bool: whether addresses are taken)}``
``assets``    list of ``{id, name, kind: "image"|"video"|"audio", size, duration, width, height, source, thumbnail,
              state: "receiving"|"sending"|"ready"|"failed", done (0–1), error, listed (bool)}`` (``duration`` in ms
              or null; ``source`` as the draft's segments name it, or null; a ``"failed"`` one whose page falls silent
              in mid-upload and comes back is ``"receiving"`` again)
``turns``     list of ``{id, prompt, text, state: "queued"|"running"|"done"|"stopped"|"failed", steps: [str],
              changes: [str], started (epoch ms), elapsed (ms), error}``
``draft``     null or ``{revision, summary, duration, width, height, fps, sources: [str], tracks: [{kind, name,
              segments: [[…]]}]}``, times in ms; a segment is told in :mod:`.draft_view`. In a patch, each list
              may be ``{head, tail, items}``: as many of the first and last items that the view had, and what is
              between them.
``edits``     ``{edited (bool), undo, redo (how many steps), theirs}``: what was edited here and the service doesn't
              know; ``theirs`` tells (``[str]``) what the service changed meanwhile, until somebody chooses, or null
``selection`` ``{by (a view's id), number, runs: [[track, first, last]]}``
``peaks``     ``{source: {ms, levels}}``: how loud an audio source is, see :mod:`.waveform`
``problems``  ``[str]``: what would go wrong in a video of the draft, such as a black gap; the first ones
``held``      whether prompts wait because the one before failed or was stopped, until somebody chooses
``credits``   null or ``{available, spent (by the last edit, or null)}``
``again``     null or the code that takes the session up again, in another kernel
``export``    null or ``{id, state: "running"|"done"|"failed"|"cancelled", stage: "rendering"|"downloading",
              done (0–1), error, preview (bool)}``
``video``     null or ``{id, name, size (bytes), type: "video/mp4", duration, width, height, outdated (the draft has
              changed since), preview (bool), url (to play from there, or null), poster (a ``data:`` URL or null),
              captions (WebVTT or null)}``
``lane``      whether there may be a fast lane (``NEMO_FAST_LANE=0`` forbids it): a view asks for none in vain
``notice``    null or ``{message, remedy, about, code}``: what went wrong outside a turn, an asset or an export;
              ``about`` is the id of the message that comes to nothing by it, or null; ``code`` can be run then, or null

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
    "upload-begin": _ID | {"name": (str,), "size": (int,), "slice_bytes": (int,)} | {"head": (str, type(None))},
    "upload-look": _ID
    | {"thumbnail": (str, type(None))}
    | dict.fromkeys(("duration", "width", "height"), (int, float, type(None))),
    "upload-slice": _ID | {"index": (int,)},
    "upload-check": _ID,
    "upload-cancel": _ID,
    "upload-link": _ID | {"url": (str,)},
    "asset-remove": _ID,
    "assets-show": {},
    "assets-order": {"ids": (list,)},
    "prompt": _ID | {"text": (str,)},
    "stop": _ID,
    "queue-go": {},
    "queue-clear": {},
    "export": _ID,
    "export-cancel": _ID,
    "preview": _ID,
    "lane-ask": _ID | {"origin": (str,)},
    "video-read": _ID | {"offset": (int,), "length": (int,)},
    "edit": _ID | {"revision": (int,), "op": (str,), "where": (list,), "values": (dict,)},
    "select": _ID | {"number": (int,), "runs": (list,)},
    "module-ask": _ID,
    "picture-ask": {},
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
    if not 0 < len(message.get("id", "-")) <= _MAX_ID or any(
        len(message.get(name, "")) > _MAX_NAME for name in ("name", "url", "origin")
    ):
        raise UnknownRequest(f"{kind}: too long")
    if len(buffers) != (1 if kind == "upload-slice" else 0):
        raise UnknownRequest(f"{kind}: wrong number of buffers")
    return message
