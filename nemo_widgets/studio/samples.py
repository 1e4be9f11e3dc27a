"""Sample photos, painted on the spot: nothing to license, nothing to download.

Each is a landscape of sky, sun and ridges that fade into the haze, at the size a camera would give.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Scene:
    """What a landscape is painted from; places as fractions of the picture."""

    name: str
    sky: tuple[Colour, Colour, Colour]
    ridge: Colour
    sun: tuple[float, float, float, Colour]
    horizon: float
    ridges: int
    rough: float
    stars: bool = False
    water: bool = False


SCENES = (
    Scene(
        "sunrise",
        ((52, 86, 148), (236, 150, 108), (255, 214, 150)),
        (38, 30, 52),
        (0.62, 0.52, 0.05, (255, 244, 214)),
        0.56,
        6,
        0.55,
    ),
    Scene(
        "lake",
        ((34, 54, 104), (186, 108, 132), (250, 186, 140)),
        (24, 26, 48),
        (0.3, 0.47, 0.035, (255, 226, 188)),
        0.5,
        4,
        0.5,
        water=True,
    ),
    Scene(
        "dunes",
        ((92, 150, 206), (196, 214, 222), (250, 232, 202)),
        (170, 96, 44),
        (0.8, 0.2, 0.045, (255, 252, 238)),
        0.52,
        5,
        0.22,
    ),
    Scene(
        "night",
        ((8, 12, 34), (26, 40, 86), (88, 98, 148)),
        (6, 10, 22),
        (0.74, 0.22, 0.03, (238, 240, 250)),
        0.6,
        5,
        0.7,
        stars=True,
    ),
    Scene(
        "valley",
        ((104, 168, 214), (190, 220, 226), (238, 244, 222)),
        (26, 76, 54),
        (0.18, 0.24, 0.04, (255, 253, 232)),
        0.48,
        6,
        0.45,
    ),
)


def sample_photos(
    folder: Path, *, size: tuple[int, int] = (4000, 3000), on_photo: Callable[[Path], None] | None = None
) -> list[Path]:
    """Paint the sample photos into a folder.

    Parameters
    ----------
    folder
        Where to save them; made where it isn't there.
    size
        Width and height in pixels; 12 megapixels by default, as a phone takes them.
    on_photo
        Is told of each photo as it is saved.

    Returns
    -------
    list of Path
        The JPEG files, five of them.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> [path.name for path in sample_photos(Path(tempfile.mkdtemp()), size=(64, 48))]
    ['sunrise.jpg', 'lake.jpg', 'dunes.jpg', 'night.jpg', 'valley.jpg']
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths: list[Path] = []
    for seed, scene in enumerate(SCENES):
        path = folder / f"{scene.name}.jpg"
        paint(scene, size, seed).save(path, quality=90)
        paths.append(path)
        if on_photo is not None:
            on_photo(path)
    return paths


def paint(scene: Scene, size: tuple[int, int], seed: int) -> Image.Image:
    """Paint one landscape; the same seed gives the same picture."""
    random = np.random.default_rng(seed)
    # Painted at half the size and enlarged: twice as fast, and as soft as a lens.
    width, height = max(size[0] // 2, 8), max(size[1] // 2, 8)
    picture = _sky(scene, width, height)
    if scene.stars:
        _scatter_stars(picture, random)
    _shine(picture, scene)
    for depth in range(scene.ridges):
        _raise_ridge(picture, scene, depth, random)
    if scene.water:
        _mirror(picture, scene, random)
    picture += random.normal(0, 1.6, (height, width, 1)).astype(np.float32)
    image = Image.fromarray(picture.clip(0, 255).astype(np.uint8), "RGB")
    return image.resize(size, Image.Resampling.BICUBIC)


def _sky(scene: Scene, width: int, height: int) -> Floats:
    stops = np.array([0.0, scene.horizon * 0.72, scene.horizon * 1.05])
    rows = np.arange(height) / height
    channels = [np.interp(rows, stops, [colour[c] for colour in scene.sky]) for c in range(3)]
    column = np.stack(channels, axis=-1).astype(np.float32)
    return np.repeat(column[:, None, :], width, axis=1)


def _scatter_stars(picture: Floats, random: np.random.Generator) -> None:
    height, width, _ = picture.shape
    count = 900
    y = (random.random(count) ** 1.6 * height * 0.6).astype(int)
    x = random.integers(0, width, count)
    picture[y, x] += (random.random((count, 1)) * 200).astype(np.float32)


def _shine(picture: Floats, scene: Scene) -> None:
    """Put the sun, or the moon, with its glow."""
    height, width, _ = picture.shape
    x, y, radius, colour = scene.sun
    rows, columns = np.ogrid[:height, :width]
    distance = np.hypot(columns / width - x, (rows / height - y) * height / width).astype(np.float32)
    light = np.clip((radius - distance) / 0.003 + 0.5, 0, 1) + 0.55 * np.exp(-distance / 0.11)
    light = np.clip(light, 0, 1)[..., None].astype(np.float32)
    picture += (np.array(colour, np.float32) - picture) * light


def _raise_ridge(picture: Floats, scene: Scene, depth: int, random: np.random.Generator) -> None:
    """Paint one ridge over the picture; the nearer, the lower, rougher and darker."""
    height, width, _ = picture.shape
    nearness = (depth + 1) / scene.ridges
    floor = scene.horizon if scene.water else 1.0
    base = scene.horizon + (floor - scene.horizon) * nearness * 0.72 - (0.1 if scene.water else 0.06) * (1 - nearness)
    skyline = base - _profile(width, scene.rough, random) * (0.05 + 0.12 * nearness)
    rows: Floats = np.arange(height, dtype=np.float32)[:, None] / np.float32(height)
    cover = np.clip((rows - skyline[None, :]) * height, 0, 1).astype(np.float32)
    haze = np.array(scene.sky[2], np.float32) * 0.55 + np.array(scene.sky[1], np.float32) * 0.45
    colour = haze + (np.array(scene.ridge, np.float32) - haze) * (0.25 + 0.75 * nearness)
    # Mist gathers at the foot of each ridge.
    foot = np.clip((rows - skyline[None, :]) / 0.35, 0, 1)[..., None].astype(np.float32)
    shade = colour + (haze - colour) * foot * 0.35 * (1 - nearness * 0.7)
    picture += (shade - picture) * cover[..., None]


def _profile(width: int, rough: float, random: np.random.Generator) -> Floats:
    """Return a skyline, about -1 to 1: waves of many lengths, the short ones as high as ``rough`` allows."""
    x = np.linspace(0, 1, width, dtype=np.float32)
    line = np.zeros(width, np.float32)
    for octave in range(9):
        frequency = 1.3 * 2**octave
        line += rough**octave * np.sin(2 * np.pi * (frequency * x * random.uniform(0.8, 1.25) + random.random()))
    return (line / np.abs(line).max()).astype(np.float32)


def _mirror(picture: Floats, scene: Scene, random: np.random.Generator) -> None:
    """Turn what is below the horizon into water."""
    height, width, _ = picture.shape
    shore = int(scene.horizon * height)
    rows: Floats = np.arange(shore, height, dtype=np.float32)
    depth: Floats = (rows - shore) / np.float32(max(height - shore, 1))
    ripple = np.sin(rows * 0.9 + random.random() * 6) * depth * 14 + np.sin(rows * 0.13) * depth * 9
    source = np.clip(2 * shore - rows + ripple, 0, shore - 1).astype(int)
    shift = np.rint(np.sin(rows * 0.45) * depth * 10).astype(np.int64)
    columns = (np.arange(width, dtype=np.int64)[None, :] + shift[:, None]) % width
    water = picture[source[:, None], columns]
    tint = np.array(scene.sky[0], np.float32)
    picture[shore:] = water * 0.78 + tint * (0.1 + 0.22 * depth[:, None, None])
