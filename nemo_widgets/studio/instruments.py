"""Instruments for :mod:`~nemo_widgets.studio.music`: a pitch and a length → samples at 48 kHz."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

RATE = 48_000
"""Samples a second."""

Samples = np.ndarray[Any, np.dtype[np.float32]]

Wave = np.ndarray[Any, np.dtype[np.floating[Any]]]

WETNESS = {
    "bass": 0.0,
    "kick": 0.03,
    "soft kick": 0.03,
    "hat": 0.2,
    "shaker": 0.2,
    "snare": 0.5,
    "clap": 0.6,
    "rim": 0.6,
}
"""How much of an instrument is heard in the room, where it isn't all."""

_TWO_PI = 2 * np.pi


@lru_cache(maxsize=512)
def sound(instrument: str, pitch: int, length: float) -> Samples:
    """Return one note.

    Parameters
    ----------
    instrument
        A name of a melodic instrument or a drum.
    pitch
        MIDI note; drums ignore it.
    length
        Seconds until it is let go; drums ignore it.

    Examples
    --------
    >>> abs(float(sound("piano", 60, 0.5).max())) > 0.1
    True
    """
    if instrument in _DRUMS:
        made = _DRUMS[instrument]()
    else:
        made = _MELODIC[instrument](440.0 * 2 ** ((pitch - 69) / 12), max(0.08, length))
    made = made.astype(np.float32)
    made.setflags(write=False)
    return made


def _clock(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE), dtype=np.float32) / np.float32(RATE)


def _held(clock: Wave, attack: float, length: float, release: float) -> Wave:
    """Return an envelope that rises, holds until ``length`` and falls."""
    rise = np.clip(clock / attack, 0, 1)
    fall = np.clip(1 - (clock - length) / release, 0, 1)
    return rise * fall * fall


def _let_go(made: Wave, clock: Wave, length: float, release: float) -> Wave:
    return made * np.clip(1 - (clock - length) / release, 0, 1)


def _harmonics(frequency: float, clock: Wave, strengths: list[float], decay: float = 0.0) -> Wave:
    """Return a sum of overtones; with ``decay``, higher ones die away sooner."""
    made = np.zeros_like(clock)
    for number, strength in enumerate(strengths, 1):
        if frequency * number > 12_000 or not strength:
            break
        partial = np.sin(np.float32(_TWO_PI * frequency * number) * clock) * np.float32(strength)
        made += partial * np.exp(clock * np.float32(-decay * number)) if decay else partial
    return made


def _piano(frequency: float, length: float) -> Wave:
    clock = _clock(length + 0.5)
    made = _harmonics(frequency, clock, [1, 0.55, 0.3, 0.16, 0.1, 0.05], decay=0.8 + frequency / 900)
    made *= 1 - np.exp(clock * -400)
    return _let_go(made * 0.6, clock, length, 0.5)


def _keys(frequency: float, length: float) -> Wave:
    clock = _clock(length + 0.3)
    phase = np.float32(_TWO_PI * frequency) * clock
    tine = np.exp(clock * -5) * 1.1 + 0.15
    made = np.sin(phase + tine * np.sin(phase)) * np.exp(clock * -1.4) * (1 - np.exp(clock * -300))
    made *= 1 + 0.12 * np.sin(np.float32(_TWO_PI * 4.6) * clock)
    return _let_go(made * 0.75, clock, length, 0.3)


def _pluck(frequency: float, length: float) -> Wave:
    clock = _clock(min(length, 0.6) + 0.5)
    made = _harmonics(frequency, clock, [1, 0.6, 0.45, 0.3, 0.2, 0.12], decay=2.6)
    return _let_go(made * (1 - np.exp(clock * -900)) * 0.55, clock, min(length, 0.6), 0.5)


def _bell(frequency: float, length: float) -> Wave:
    clock = _clock(min(length, 1.0) + 0.9)
    phase = np.float32(_TWO_PI * frequency) * clock
    made = np.sin(phase + 1.2 * np.exp(clock * -4) * np.sin(3.5 * phase)) * np.exp(clock * -3.2)
    return _let_go(made * 0.5, clock, min(length, 1.0), 0.9)


def _ensemble(strengths: list[float], attack: float, release: float, detune: float) -> Callable[[float, float], Wave]:
    """Return an instrument of three voices, slightly out of tune with each other, which is what makes it wide."""

    def play(frequency: float, length: float) -> Wave:
        clock = _clock(length + release)
        made = np.zeros_like(clock)
        for offset in (-detune, 0.0, detune):
            made += _harmonics(frequency * (1 + offset), clock, strengths)
        return made * _held(clock, min(attack, length / 2), length, release) * np.float32(0.22)

    return play


def _organ(frequency: float, length: float) -> Wave:
    clock = _clock(min(length, 0.3) + 0.12)
    made = _harmonics(frequency, clock, [1, 0.5, 0.35, 0.2, 0.12, 0.08])
    return made * _held(clock, 0.006, min(length, 0.3), 0.12) * np.exp(clock * -3) * np.float32(0.5)


def _saw(frequency: float, length: float) -> Wave:
    clock = _clock(length + 0.12)
    made = np.zeros_like(clock)
    for number in range(1, 9):
        made += np.sin(np.float32(_TWO_PI * frequency * number) * clock) / number * np.exp(clock * -1.6 * number)
    return made * _held(clock, 0.004, length, 0.12) * np.float32(0.5)


def _bass(frequency: float, length: float) -> Wave:
    clock = _clock(length + 0.06)
    made = _harmonics(frequency, clock, [1, 0.45, 0.22, 0.1]) * (0.35 + 0.65 * np.exp(clock * -3))
    return made * _held(clock, 0.006, length, 0.06) * np.float32(0.8)


def _noise(seconds: float, seed: int) -> Wave:
    return np.random.default_rng(seed).uniform(-1, 1, round(seconds * RATE)).astype(np.float32)


def _bright(noise: Wave, times: int) -> Wave:
    for _ in range(times):
        noise = np.diff(noise, prepend=np.float32(0)) * np.float32(0.6)
    return noise


def _kick(low: float = 46.0, punch: float = 110.0, decay: float = 9.0, seconds: float = 0.4) -> Wave:
    clock = _clock(seconds)
    phase = _TWO_PI * (low * clock + punch / 28 * (1 - np.exp(clock * -28)))
    return np.sin(phase) * np.exp(clock * -decay) * (1 - np.exp(clock * -1500))


def _snare() -> Wave:
    clock = _clock(0.25)
    return 0.5 * np.sin(_TWO_PI * 190 * clock) * np.exp(clock * -24) + _bright(_noise(0.25, 1), 1) * np.exp(clock * -17)


def _clap() -> Wave:
    clock = _clock(0.25)
    bursts = sum(np.exp(np.maximum(0, clock - at) * -90) * (clock >= at) for at in (0.0, 0.011, 0.022))
    return _bright(_noise(0.25, 2), 1) * (0.5 * bursts + 0.5 * np.exp(clock * -16))


def _rim() -> Wave:
    clock = _clock(0.12)
    return (np.sin(_TWO_PI * 420 * clock) + 0.6 * np.sin(_TWO_PI * 1130 * clock) + 0.7 * _noise(0.12, 3)) * np.exp(
        clock * -45
    )


def _hat() -> Wave:
    clock = _clock(0.09)
    return _bright(_noise(0.09, 4), 3) * np.exp(clock * -55) * 2


def _shaker() -> Wave:
    clock = _clock(0.11)
    return _bright(_noise(0.11, 5), 2) * np.clip(clock / 0.03, 0, 1) * np.exp(clock * -38) * 2


def _taiko() -> Wave:
    clock = _clock(1.1)
    skin = _noise(1.1, 6) * np.exp(clock * -60) * 0.3
    return _kick(58.0, 70.0, 4.5, 1.1) + skin


_MELODIC: dict[str, Callable[[float, float], Wave]] = {
    "piano": _piano,
    "keys": _keys,
    "pluck": _pluck,
    "bell": _bell,
    "organ": _organ,
    "saw": _saw,
    "bass": _bass,
    "pad": _ensemble([1, 0.4, 0.22, 0.12, 0.06], 0.5, 0.9, 0.0035),
    "strings": _ensemble([1, 0.55, 0.4, 0.25, 0.16, 0.1], 0.22, 0.5, 0.003),
    "brass": _ensemble([1, 0.8, 0.65, 0.45, 0.3, 0.2], 0.07, 0.3, 0.002),
}

_DRUMS: dict[str, Callable[[], Wave]] = {
    "kick": _kick,
    "soft kick": lambda: _kick(48.0, 60.0, 11.0),
    "snare": _snare,
    "clap": _clap,
    "rim": _rim,
    "hat": _hat,
    "shaker": _shaker,
    "taiko": _taiko,
}


def reverberated(wet: Samples) -> Samples:
    """Return what a room answers to a sound of shape ``(2, n)``: each side by a decaying noise of its own."""
    seconds = 1.6
    clock = _clock(seconds)
    block = 1 << 17
    made = np.zeros((2, wet.shape[1] + len(clock)), np.float32)
    for side in range(2):
        tail = _noise(seconds, 10 + side) * np.exp(clock * -3.6)
        tail[: RATE // 80] = 0  # The first reflection takes a moment.
        smooth = np.convolve(tail, np.ones(6, np.float32) / 6, mode="same")
        size = 1 << (block + len(tail) - 1).bit_length()
        response: Any = np.fft.rfft(smooth / np.sqrt((smooth**2).sum()), size)
        for at in range(0, wet.shape[1], block):
            part = wet[side, at : at + block]
            answer = np.fft.irfft(np.fft.rfft(part, size) * response, size)[: len(part) + len(tail) - 1]
            made[side, at : at + len(answer)] += answer.astype(np.float32)
    return made[:, : wet.shape[1]]


def crackle(count: int, rng: np.random.Generator) -> Samples:
    """Return the crackle and hiss of an old record, shape ``(2, count)``."""
    made = rng.normal(0, 0.004, (2, count)).astype(np.float32)
    clicks = rng.integers(0, max(1, count), max(1, count * 6 // RATE))
    made[:, clicks] += rng.uniform(-0.12, 0.12, len(clicks)).astype(np.float32)
    return made
