"""Whether this process is a notebook's kernel."""

from __future__ import annotations

import sys
from typing import Any


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
