"""The child that looks into uploaded files, so that one that breaks a decoder takes no studio down with it.

In, as lines of JSON: ``{"path": …, "name": …, "seconds": …, "memory": …}``. Out: ``{"info": {…}}`` or ``{"error":
{"kind": …, "key": …, "details": {…}}}``. It ends when its input closes, and after a while with nothing to do.
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any, NoReturn

from nemo_widgets.errors import InvalidInput, NemoError
from nemo_widgets.studio.confine import confine

_IDLE = 20.0


def main() -> NoReturn:
    """Serve until the input closes."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", buffering=1)
    os.dup2(2, 1)  # what a library prints must not get between the answers
    asked: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        try:
            line = asked.get(timeout=_IDLE)
        except queue.Empty:
            os._exit(0)
        answers.write(json.dumps(_answer(json.loads(line)), default=str) + "\n")


def _listen(asked: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin:
        asked.put(line)
    os._exit(0)


def _answer(question: dict[str, Any]) -> dict[str, Any]:
    confine(question["memory"], question["seconds"])
    try:
        from nemo_widgets.studio import media

        return {"info": asdict(media.probe(Path(question["path"])))}
    except NemoError as error:
        return {"error": {"kind": type(error).__name__, "key": error.key, "details": error.details}}
    except (MemoryError, ImportError):  # what it takes to open the file isn't there, and may never be
        return {"error": {"kind": InvalidInput.__name__, "key": "media-unreadable", "details": {}}}


if __name__ == "__main__":
    main()
