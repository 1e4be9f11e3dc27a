"""Music made on the spot: chords in key, bass, drums and a tune, with the tempo and instruments of a mood.

No samples and no licences: every sound is a few lines of :mod:`~nemo_widgets.studio.instruments`. The same mood, length
and seed give the same music. The tempo gives way by a few per cent, so that the last bar ends where the film does.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from nemo_widgets.errors import InvalidInput
from nemo_widgets.studio import instruments
from nemo_widgets.studio.instruments import RATE, Samples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_SCALES = {"major": (0, 2, 4, 5, 7, 9, 11), "minor": (0, 2, 3, 5, 7, 8, 10)}
_TARGET_LOUDNESS = 0.165
"""RMS of the loud parts before limiting, which comes to about -14 LUFS."""


@dataclass(frozen=True)
class Recipe:
    """How a mood sounds.

    Attributes
    ----------
    tempo : int
        Beats a minute; four beats a bar.
    key : int
        The tonic, as a MIDI note between 48 and 59.
    scale : str
        ``"major"`` or ``"minor"``.
    chords : tuple of int
        Degrees of the scale, counted from 1, one a bar.
    sevenths : bool
        Whether the chords have four notes.
    chord, chord_steps : str, tuple of int
        The instrument of the chords, and at which sixteenths of a bar it plays them; it holds them until the next.
    arp, arp_steps : str, int
        The instrument that breaks the chords ("" for none), and every how many sixteenths it plays.
    bass_steps : tuple of int
        At which sixteenths the bass plays.
    lead : str
        The instrument of the tune ("" for none).
    kick, snare, hat : tuple of int
        At which sixteenths they sound.
    drums : tuple of str
        The instruments for those three.
    swing : float
        How late every second sixteenth is, as a share of a sixteenth.
    space : float
        How much reverberation, from 0 to 1.
    crackle : bool
        Whether an old record is heard.
    """

    tempo: int
    key: int
    scale: str
    chords: tuple[int, ...]
    sevenths: bool = False
    chord: str = "pad"
    chord_steps: tuple[int, ...] = (0,)
    arp: str = ""
    arp_steps: int = 2
    bass_steps: tuple[int, ...] = (0, 8)
    lead: str = ""
    kick: tuple[int, ...] = ()
    snare: tuple[int, ...] = ()
    hat: tuple[int, ...] = ()
    drums: tuple[str, str, str] = ("kick", "snare", "hat")
    swing: float = 0.0
    space: float = 0.25
    crackle: bool = False


_EIGHTHS = (0, 2, 4, 6, 8, 10, 12, 14)
_OFFBEATS = (2, 6, 10, 14)

MOODS: dict[str, Recipe] = {
    "lo-fi": Recipe(
        78, 50, "minor", (1, 4, 7, 3, 6, 4, 5, 1), sevenths=True, chord="keys", chord_steps=(0, 7), lead="keys",
        bass_steps=(0, 7, 10), kick=(0, 7, 10), snare=(4, 12), hat=_EIGHTHS, drums=("soft kick", "rim", "hat"),
        swing=0.32, space=0.22, crackle=True,
    ),
    "upbeat": Recipe(
        120, 50, "major", (1, 5, 6, 4), chord="organ", chord_steps=(0, 3, 6, 10, 12), arp="pluck", arp_steps=2,
        bass_steps=_EIGHTHS, lead="pluck", kick=(0, 4, 8, 12), snare=(4, 12), hat=_OFFBEATS,
        drums=("kick", "clap", "hat"),
    ),
    "calm": Recipe(
        72, 53, "major", (1, 6, 4, 5), sevenths=True, chord="pad", arp="piano", arp_steps=2, bass_steps=(0,),
        lead="bell", space=0.5,
    ),
    "cinematic": Recipe(
        84, 50, "minor", (1, 6, 3, 7), chord="strings", arp="piano", arp_steps=2, bass_steps=(0, 8),
        kick=(0, 6, 8), drums=("taiko", "taiko", "shaker"), lead="strings", space=0.55,
    ),
    "corporate": Recipe(
        112, 48, "major", (1, 4, 6, 5), chord="piano", chord_steps=(0, 6, 8), arp="pluck", arp_steps=2,
        bass_steps=(0, 6, 8, 14), lead="bell", kick=(0, 8, 10), snare=(4, 12), hat=_EIGHTHS,
        drums=("soft kick", "clap", "shaker"), space=0.3,
    ),
    "happy": Recipe(
        126, 55, "major", (1, 6, 4, 5), chord="pluck", chord_steps=(0, 4, 6, 10, 12, 14), bass_steps=(0, 6, 8, 12),
        lead="bell", kick=(0, 8), snare=(4, 12), hat=_EIGHTHS, drums=("kick", "clap", "shaker"), swing=0.12, space=0.2,
    ),
    "epic": Recipe(
        100, 48, "minor", (1, 6, 3, 7, 1, 4, 6, 5), chord="brass", arp="strings", arp_steps=1, bass_steps=(0, 4, 8, 12),
        lead="brass", kick=(0, 3, 6, 8, 11, 14), snare=(12,), hat=_EIGHTHS,
        drums=("taiko", "snare", "shaker"), space=0.5,
    ),
    "romantic": Recipe(
        68, 51, "major", (1, 5, 6, 3, 4, 1, 4, 5), chord="strings", arp="piano", arp_steps=2, bass_steps=(0, 8),
        lead="piano", space=0.45,
    ),
    "sad": Recipe(
        62, 57, "minor", (1, 6, 3, 7), chord="strings", arp="piano", arp_steps=2, bass_steps=(0,), lead="piano",
        space=0.5,
    ),
    "electronic": Recipe(
        110, 57, "minor", (1, 6, 3, 7), chord="pad", arp="saw", arp_steps=1, bass_steps=_EIGHTHS, lead="saw",
        kick=(0, 4, 8, 12), snare=(4, 12), hat=_OFFBEATS, drums=("kick", "clap", "hat"), space=0.35,
    ),
}  # fmt: skip
"""Mood → recipe."""


@dataclass(frozen=True)
class Note:
    """One note or stroke; times in seconds, ``pitch`` as a MIDI note (drums have none)."""

    instrument: str
    start: float
    length: float
    pitch: int
    gain: float
    pan: float = 0.0


def compose(mood: str, duration: int, path: Path, *, seed: int = 0) -> Path:
    """Write music of a mood as an .m4a (AAC, 48 kHz, stereo).

    Parameters
    ----------
    mood
        One of :data:`MOODS`.
    duration
        Milliseconds.
    path
        Where to write.
    seed
        Another number gives another tune of the same mood.

    Raises
    ------
    InvalidInput
        Where there is no such mood, or nothing to play.
    """
    from nemo_widgets.studio.render.encode import encode_blocks

    samples = perform(mood, duration, seed=seed)
    step = 10 * RATE
    encode_blocks((samples[:, at : at + step] for at in range(0, samples.shape[1], step)), path, file_format="ipod")
    return path


def perform(mood: str, duration: int, *, seed: int = 0) -> Samples:
    """Return music of a mood as samples of shape ``(2, n)``, from -1 to 1, at 48 kHz.

    Examples
    --------
    >>> perform("calm", 500).shape
    (2, 24000)
    """
    recipe = MOODS.get(mood)
    if recipe is None:
        raise InvalidInput(message=f"There is no mood “{mood}”.", remedy=f"Take one of: {', '.join(MOODS)}.")
    if duration <= 0:
        raise InvalidInput(message="Music needs a length above 0.", remedy="Say how long it is to be.")
    from nemo_widgets.studio.render.audio import limited

    count = duration * RATE // 1000
    bars, bar = _bars(recipe, duration / 1000)
    rng = np.random.default_rng([seed, *mood.encode()])
    dry = np.zeros((2, count), np.float32)
    wet = np.zeros((2, count), np.float32)
    for note in score(recipe, bars, bar, rng):
        _play(note, dry, wet)
    mixed = dry + np.float32(recipe.space) * instruments.reverberated(wet)
    if recipe.crackle:
        mixed += instruments.crackle(count, rng)
    return limited(_faded(_levelled(mixed.astype(np.float32)), duration / 1000, bar))


def _bars(recipe: Recipe, seconds: float) -> tuple[int, float]:
    """Return how many bars there are, the last one included, and how long one is, so that they fill the time."""
    natural = 4 * 60 / recipe.tempo
    bars = max(1, round(seconds / natural))
    return bars, min(1.08 * natural, max(0.92 * natural, seconds / bars))


def beat(mood: str, duration: int) -> float:
    """Return how long a beat is in music of a mood and length, in ms.

    Examples
    --------
    >>> beat("upbeat", 8_000)
    500.0
    """
    return 1000 * _bars(MOODS[mood], duration / 1000)[1] / 4


def score(recipe: Recipe, bars: int, bar: float, rng: np.random.Generator) -> Iterator[Note]:
    """Return the notes of a piece: an opening without drums, the body, and a last bar that rests on the tonic.

    Parameters
    ----------
    recipe
        The mood.
    bars
        How many, the last included.
    bar
        Seconds a bar.
    rng
        What makes one tune differ from another.
    """
    opening = 2 if bars >= 10 else 0
    motif = _motif(rng)
    voicing: tuple[int, ...] = ()
    for number in range(bars):
        start = number * bar
        final = number == bars - 1 and bars > 1
        degree = 1 if final else recipe.chords[number % len(recipe.chords)]
        voicing = voiced(_chord(recipe, degree), voicing or (recipe.key + 12,))
        root = _pitch(recipe, degree) - 12
        if final:
            yield from _last_bar(recipe, start, bar, voicing, root)
            return
        yield from _chords(recipe, start, bar, voicing, rng)
        yield from _bass(recipe, start, bar, root, rng)
        yield from _arpeggio(recipe, start, bar, voicing, rng)
        if number >= opening:
            yield from _drums(recipe, start, bar, rng, fill=(number + 1) % 8 == 0)
        if recipe.lead and number >= opening + 2 and number % 8 < 6:
            yield from _tune(recipe, start, bar, voicing, motif[number % 2])


def _pitch(recipe: Recipe, degree: int) -> int:
    """Return the MIDI note of a degree of the scale, counted from 1."""
    octave, step = divmod(degree - 1, 7)
    return recipe.key + 12 * octave + _SCALES[recipe.scale][step]


def _chord(recipe: Recipe, degree: int) -> tuple[int, ...]:
    thirds = range(degree, degree + (8 if recipe.sevenths else 6), 2)
    notes = [_pitch(recipe, each) for each in thirds]
    if recipe.scale == "minor" and degree == 5 and not recipe.sevenths:
        notes[1] += 1  # The dominant of a minor key is major, so that it leads home.
    return tuple(notes)


def voiced(chord: tuple[int, ...], before: tuple[int, ...]) -> tuple[int, ...]:
    """Return a chord in the inversion that moves least from the one before it.

    Examples
    --------
    >>> voiced((67, 71, 74), (60, 64, 67))
    (59, 62, 67)
    """
    center = sum(before) / len(before)
    center += (64 - center) * 0.25  # Without a pull to the middle, progressions wander off.
    best: tuple[float, tuple[int, ...]] | None = None
    for turn in range(len(chord)):
        notes = [note + 12 * (place < turn) for place, note in enumerate(chord)]
        for octave in (-24, -12, 0, 12):
            moved = tuple(sorted(note + octave for note in notes))
            distance = abs(sum(moved) / len(moved) - center)
            if best is None or distance < best[0] - 1e-9:
                best = distance, moved
    return best[1] if best else chord


def _at(recipe: Recipe, start: float, bar: float, step: int) -> float:
    late = recipe.swing if step % 2 or (recipe.swing > 0.2 and step % 4 == 2) else 0.0
    return start + bar / 16 * (step + late)


def _chords(
    recipe: Recipe, start: float, bar: float, voicing: tuple[int, ...], rng: np.random.Generator
) -> Iterator[Note]:
    steps = (*recipe.chord_steps, 16)
    for step, following in pairwise(steps):
        gain = (0.34 if step == 0 else 0.26) * float(rng.uniform(0.9, 1.05)) / len(voicing) * 3
        for place, pitch in enumerate(voicing):
            strum = 0.008 * place
            pan = (place / max(1, len(voicing) - 1) - 0.5) * 0.7
            length = bar / 16 * (following - step)
            yield Note(recipe.chord, _at(recipe, start, bar, step) + strum, length, pitch, gain, pan)


def _bass(recipe: Recipe, start: float, bar: float, root: int, rng: np.random.Generator) -> Iterator[Note]:
    low = root if root >= 38 else root + 12
    while low > 50:
        low -= 12
    for step, following in pairwise((*recipe.bass_steps, 16)):
        pitch = low + (7 if step and rng.random() < 0.14 else 0)
        yield Note("bass", _at(recipe, start, bar, step), bar / 16 * (following - step) * 0.95, pitch, 0.5)


def _arpeggio(
    recipe: Recipe, start: float, bar: float, voicing: tuple[int, ...], rng: np.random.Generator
) -> Iterator[Note]:
    if not recipe.arp:
        return
    ladder = [*voicing, voicing[0] + 12]
    order = [*range(len(ladder)), *range(len(ladder) - 2, 0, -1)]
    for place, step in enumerate(range(0, 16, recipe.arp_steps)):
        pitch = ladder[order[place % len(order)]] + (12 if recipe.arp in ("pluck", "bell") else 0)
        gain = (0.24 if step % 4 == 0 else 0.17) * float(rng.uniform(0.85, 1.1))
        length = bar / 16 * recipe.arp_steps * (3 if recipe.arp == "piano" else 1.2)
        yield Note(recipe.arp, _at(recipe, start, bar, step), length, pitch, gain, 0.35 * (-1) ** place)


def _drums(recipe: Recipe, start: float, bar: float, rng: np.random.Generator, *, fill: bool) -> Iterator[Note]:
    gains = {
        "kick": 0.85,
        "soft kick": 0.7,
        "taiko": 0.75,
        "snare": 0.5,
        "clap": 0.42,
        "rim": 0.3,
        "hat": 0.13,
        "shaker": 0.12,
    }
    for drum, steps in zip(recipe.drums, (recipe.kick, recipe.snare, recipe.hat), strict=True):
        for step in steps:
            accent = 1.0 if step % 4 == 0 or drum in ("kick", "snare", "clap") else 0.7
            gain = gains[drum] * accent * float(rng.uniform(0.88, 1.06))
            yield Note(drum, _at(recipe, start, bar, step), 0.0, 0, gain, 0.25 if drum in ("hat", "shaker") else 0.0)
    if fill and recipe.snare:
        for step, gain in ((13, 0.5), (14, 0.65), (15, 0.8)):
            yield Note(recipe.drums[1], _at(recipe, start, bar, step), 0.0, 0, gain * gains[recipe.drums[1]])


def _motif(rng: np.random.Generator) -> tuple[list[tuple[int, int, int]], list[tuple[int, int, int]]]:
    """Return a call and an answer, each of (sixteenth, length, step on the chord's ladder)."""
    rhythms = ((0, 4, 6, 12), (0, 6, 8, 11), (2, 4, 8, 14), (0, 3, 6, 8), (0, 8, 12))
    made: list[list[tuple[int, int, int]]] = []
    for _ in range(2):
        steps = rhythms[int(rng.integers(len(rhythms)))]
        place = int(rng.integers(1, 4))
        notes: list[tuple[int, int, int]] = []
        for step, following in pairwise((*steps, 16)):
            notes.append((step, following - step, place))
            place = min(5, max(0, place + int(rng.choice([-1, -1, 1, 1, 2]))))
        made.append(notes)
    return made[0], made[1]


def _tune(
    recipe: Recipe, start: float, bar: float, voicing: tuple[int, ...], motif: list[tuple[int, int, int]]
) -> Iterator[Note]:
    ladder = sorted({pitch + octave for pitch in voicing for octave in (12, 24)})
    for step, length, place in motif:
        pitch = ladder[place % len(ladder)]
        yield Note(recipe.lead, _at(recipe, start, bar, step), bar / 16 * length, pitch, 0.26, 0.1)


def _last_bar(recipe: Recipe, start: float, bar: float, voicing: tuple[int, ...], root: int) -> Iterator[Note]:
    for place, pitch in enumerate(voicing):
        yield Note(recipe.chord, start + 0.015 * place, bar, pitch, 0.36 / len(voicing) * 3, (place - 1) * 0.3)
    yield Note("bass", start, bar, root if root >= 38 else root + 12, 0.5)
    if recipe.arp or recipe.lead:
        yield Note(recipe.lead or recipe.arp, start + 0.05, bar, voicing[-1] + 12, 0.22)
    if recipe.kick:
        yield Note(recipe.drums[0], start, 0.0, 0, 0.7)


def _play(note: Note, dry: Samples, wet: Samples) -> None:
    first = round(note.start * RATE)
    if first >= dry.shape[1]:
        return
    sound = instruments.sound(note.instrument, note.pitch, round(note.length, 2))
    sound = sound[: dry.shape[1] - first]
    angle = (note.pan + 1) * np.pi / 4
    sides = (np.float32(note.gain * np.cos(angle)), np.float32(note.gain * np.sin(angle)))
    sends = instruments.WETNESS.get(note.instrument, 1.0)
    span = slice(first, first + len(sound))
    for side, gain in enumerate(sides):
        placed = sound * gain
        dry[side, span] += placed
        if sends:
            wet[side, span] += placed * np.float32(sends)


def _levelled(mixed: Samples) -> Samples:
    """Return a mix whose loud parts have the wished RMS."""
    block = RATE * 2 // 5
    whole = mixed[:, : mixed.shape[1] // block * block] if mixed.shape[1] >= block else mixed
    power: Any = (whole.astype(np.float64) ** 2).mean(axis=0)
    power = power.reshape(-1, block).mean(axis=1) if len(power) >= block else power.mean(keepdims=True)
    loud = power[power >= power.max() * 0.1]
    level = float(np.sqrt(loud.mean())) if len(loud) else 0.0
    return mixed * np.float32(_TARGET_LOUDNESS / level) if level > 1e-6 else mixed


def _faded(mixed: Samples, seconds: float, bar: float) -> Samples:
    """Return a mix that dies away over its last bar, as an ensemble's last chord does."""
    fall = round(min(bar, 3.0, seconds / 3) * RATE)
    if fall > 1:
        mixed[:, -fall:] *= np.cos(np.linspace(0, np.pi / 2, fall, dtype=np.float32)) ** 2
    return mixed
