"""What the encoder may use of the processor, so that the same frames give the same bytes.

x264's AVX-512 code for ``mbtree`` lets one run in fifteen differ where the height is no multiple of 16 (measured with
x264 165 on frames that were the same to the last bit: 14 of 200 runs at 160 × 90, none of 500 with AVX2). With AVX2 it
is no slower, and machines with and without AVX-512 give the same bytes.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

_UP_TO_AVX2 = "asm=SSE2,SSSE3,SSE4.2,AVX,FMA3,LZCNT,BMI2,AVX2"


def steadied(details: str) -> str:
    """Return x264's settings with those added that keep it to AVX2, on a processor that has more.

    Elsewhere it finds out by itself what there is: naming what a processor lacks would end the process.

    Examples
    --------
    >>> steadied("mbtree=1").startswith("mbtree=1")
    True
    """
    return f"{details}:{_UP_TO_AVX2}" if _has_more() else details


@cache
def _has_more() -> bool:
    """Say whether this processor has AVX-512, which has AVX2 below it."""
    shown: Any = np.show_config(mode="dicts")
    found: list[str] = shown["SIMD Extensions"]["found"]
    return any(name.startswith("AVX512") or name == "X86_V4" for name in found)
