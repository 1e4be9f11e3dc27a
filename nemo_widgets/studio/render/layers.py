"""What a plan is made of: pictures, titles and sounds, each with when it is seen or heard. Pure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any


@dataclass(frozen=True)
class Picture:
    """A photo or clip that fills the canvas, or one corner of it, from frame ``first`` until before ``last``.

    Attributes
    ----------
    source : str
        The segment's source; a local path once :func:`~nemo_widgets.studio.render.sources.locate` has seen it.
    name : str
        What people call it, for errors.
    first, last : int
        Frames of the draft; ``last`` is the first one without it, and includes the time in which it gives way.
    fade_in : int
        Frames in which it takes the place of what is below it, in the way that ``transition`` names.
    offset : int
        Where in the source it begins, in ms.
    freeze : bool
        Whether the frame at ``offset`` is held.
    look : str
        A colour look; ``brightness`` (-1 to 1), ``contrast`` and ``saturation`` (0 to 3) come after it.
    rise, fall : int
        Frames in which it comes from black and goes to black; the latter ends at frame ``end``.
    place : str
        Where on the canvas an overlay stands; empty for a picture that fills it. ``scale`` is its width as a share of
        the canvas's, ``margin`` a share of the canvas's shorter side, ``strength`` its opacity.
    background : str
        The colour behind what doesn't fill the canvas, and behind what is transparent.
    """

    source: str
    name: str
    first: int
    last: int
    fade_in: int = 0
    offset: int = 0
    speed: float = 1.0
    fit: str = "cover"
    motion: str = "none"
    transition: str = "crossfade"
    freeze: bool = False
    look: str = "none"
    brightness: float = 0.0
    contrast: float = 1.0
    saturation: float = 1.0
    rise: int = 0
    fall: int = 0
    end: int = 0
    place: str = ""
    scale: float = 0.15
    strength: float = 1.0
    margin: float = 0.04
    background: str = "#000000"

    def opacity(self, frame: int) -> float:
        """Return how far it has taken the place of what is below it, from 0 to 1.

        Examples
        --------
        >>> [Picture("a.jpg", "a", 10, 40, fade_in=2).opacity(frame) for frame in (9, 10, 11, 12, 40)]
        [0.0, 0.25, 0.75, 1.0, 0.0]
        """
        if not self.first <= frame < self.last:
            return 0.0
        return min(1.0, (frame - self.first + 0.5) / self.fade_in) if self.fade_in else 1.0

    def light(self, frame: int) -> float:
        """Return how much of it is seen rather than black, from 0 to 1.

        Examples
        --------
        >>> [Picture("a.jpg", "a", 0, 40, rise=2, fall=4, end=40).light(frame) for frame in (0, 1, 2, 37, 39)]
        [0.25, 0.75, 1.0, 0.625, 0.125]
        """
        risen = (frame - self.first + 0.5) / self.rise if self.rise else 1.0
        left = (self.end - frame - 0.5) / self.fall if self.fall else 1.0
        return max(0.0, min(1.0, risen, left))


@dataclass(frozen=True)
class Title:
    """A text above the picture from frame ``first`` until before ``last``; ``fade`` in frames.

    Attributes
    ----------
    size : float
        Height of the letters, as a share of the canvas's shorter side.
    background : str
        ``none`` or ``box``.
    faces : tuple of (str, int)
        The fonts that together have all its letters, best first: a file and the number of the face within it; an empty
        path is the font that Pillow brings.
    """

    text: str
    first: int
    last: int
    fade: int = 0
    position: str = "center"
    size: float = 0.1
    color: str = "#ffffff"
    background: str = "none"
    faces: tuple[tuple[str, int], ...] = (("", 0),)

    def opacity(self, frame: int) -> float:
        """Return how visible it is, from 0 to 1; nothing of it is seen in its first frame, nor in its last.

        Examples
        --------
        >>> [Title("Hi", 0, 8, fade=2).opacity(frame) for frame in (0, 1, 2, 6, 7, 8)]
        [0.0, 0.5, 1.0, 0.5, 0.0, 0.0]
        """
        if not self.first <= frame < self.last:
            return 0.0
        if not self.fade:
            return 1.0
        return min(1.0, (frame - self.first) / self.fade, (self.last - 1 - frame) / self.fade)


@dataclass(frozen=True)
class Sound:
    """What is heard from ``start`` until ``end``; times in ms of the draft, ``offset`` in ms of the source.

    ``clip`` marks the own sound of a video segment, which may be missing (a photo has none). ``duck`` is the factor on
    the volume while such a sound is heard.
    """

    source: str
    name: str
    start: int
    end: int
    offset: int = 0
    speed: float = 1.0
    volume: float = 1.0
    fade_in: int = 0
    fade_out: int = 0
    loop: bool = False
    clip: bool = False
    duck: float = 1.0


@dataclass(frozen=True)
class Plan:
    """What is seen in each frame and what is heard.

    Attributes
    ----------
    width, height : int
        Pixels, even.
    fps : Fraction
        Frames a second.
    frames : int
        How many there are.
    layers : tuple of Picture or Title
        In drawing order: later ones are above earlier ones.
    sounds : tuple of Sound
    background : str
        What is seen where nothing else is.
    """

    width: int
    height: int
    fps: Fraction
    frames: int
    layers: tuple[Picture | Title, ...]
    sounds: tuple[Sound, ...]
    background: str = "#000000"

    @property
    def duration(self) -> int:
        """Milliseconds."""
        return round(self.frames * 1000 / self.fps)

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON, for a worker process."""
        return asdict(self) | {
            "fps": str(self.fps),
            "layers": [asdict(layer) | {"title": isinstance(layer, Title)} for layer in self.layers],
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Plan:
        """Read what :meth:`to_json` wrote."""
        values: dict[str, Any] = dict(raw)
        values["fps"] = Fraction(raw["fps"])
        values["layers"] = tuple(map(_layer, raw["layers"]))
        values["sounds"] = tuple(Sound(**sound) for sound in raw["sounds"])
        return cls(**values)


def _layer(raw: dict[str, Any]) -> Picture | Title:
    values: dict[str, Any] = {name: value for name, value in raw.items() if name != "title"}
    if not raw["title"]:
        return Picture(**values)
    values["faces"] = tuple((path, number) for path, number in values["faces"])
    return Title(**values)
