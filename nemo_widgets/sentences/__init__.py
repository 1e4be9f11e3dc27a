"""What errors say, a module for each room.

A key has its sentences by language, each as (what is wrong, what to do); ``{name}`` is filled from the error's details.
"""

from __future__ import annotations

from typing import TypeAlias

Sentences: TypeAlias = dict[str, dict[str, tuple[str, str]]]
