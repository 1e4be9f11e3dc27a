"""Whether this process is a notebook's kernel, and what is pasted into a notebook."""

from __future__ import annotations

import json
import sys
from typing import Any

from nemo_widgets import settings


def notebook_shell() -> Any:
    """Return the notebook's IPython shell; None in a script, a terminal or another program.

    Examples
    --------
    >>> notebook_shell() is None
    True
    """
    ipython = sys.modules.get("IPython")
    shell: Any = None if ipython is None else ipython.get_ipython()
    return shell if getattr(shell, "kernel", None) is not None else None


def notebook_path() -> str | None:
    """Return the path of this kernel's notebook, where its server or VS Code tells; it is the same after a restart.

    Examples
    --------
    >>> notebook_path() is None  # in a script
    True
    """
    shell = notebook_shell()
    if shell is None:
        return None
    return settings.notebook_of_the_server() or shell.user_ns.get("__vsc_ipynb_file__")


def editor_line(**arguments: str) -> str:
    """Return a line that makes an editor in a notebook, even in an empty one.

    Examples
    --------
    >>> editor_line(session="s1")
    'import nemo_widgets as nw; editor = nw.Editor(session="s1"); editor'
    """
    told = ", ".join(f"{name}={json.dumps(value)}" for name, value in arguments.items())
    return f"import nemo_widgets as nw; editor = nw.Editor({told}); editor"
