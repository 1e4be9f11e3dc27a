"""promo30, the film that render_promo30 measures: its photos, its clip, its music and its draft.

1920×1080, 30 fps, 30 s: five 12-megapixel JPEG photos with slow zoom, one 8 s clip, half-second crossfades, a fading
title, music at 35 % with a fade-out.
"""

from __future__ import annotations

from fractions import Fraction

PHOTOS, CLIP_SECONDS, SECONDS = 5, 8, 30


def landscape(width, height, seed, roughness=0.55):
    """A picture with detail at every scale, as photographs have."""
    import numpy as np
    from PIL import Image

    rng = np.random.default_rng(seed)
    made = np.zeros((height, width, 3), np.float32)
    strength, cells = 1.0, 4
    while cells < width:
        noise = rng.normal(0, 1, (max(2, cells * height // width), cells, 3)).astype(np.float32)
        noise = 0.7 * noise.mean(axis=2, keepdims=True) + 0.3 * noise
        for channel in range(3):
            small = Image.fromarray(noise[..., channel])
            made[..., channel] += strength * np.asarray(small.resize((width, height), Image.Resampling.BICUBIC))
        strength, cells = strength * roughness, cells * 2
    return np.clip(128 + 55 * made, 0, 255).astype(np.uint8)


def make_media(folder):
    """Write the photos, the clip and the music."""
    import av
    import numpy as np
    from PIL import Image

    from nemo_widgets.studio import music

    for index in range(PHOTOS):
        Image.fromarray(landscape(4000, 3000, index)).save(folder / f"photo{index}.jpg", quality=90)
    wide = landscape(2400, 1200, 99)
    with av.open(str(folder / "clip.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        stream.options = {"crf": "18", "preset": "veryfast"}
        for number in range(CLIP_SECONDS * 30):
            view = np.ascontiguousarray(
                wide[number // 4 : number // 4 + 1080, 2 * number % 480 : 2 * number % 480 + 1920]
            )
            frame = av.VideoFrame.from_ndarray(view, "rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 30)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    music.compose("corporate", SECONDS * 1000, folder / "music.m4a")


def promo30(folder):
    """The draft."""
    each = (SECONDS - CLIP_SECONDS) * 1000 // PHOTOS
    fade = {"type": "crossfade", "d": 500}
    shots = [
        {
            "d": each,
            "m": {
                "src": str(folder / f"photo{n}.jpg"),
                "motion": "zoom-in" if n % 2 else "zoom-out",
                "transition": fade,
            },
        }
        for n in range(PHOTOS)
    ]
    shots.insert(2, {"d": CLIP_SECONDS * 1000, "m": {"src": str(folder / "clip.mp4"), "transition": fade}})
    return {
        "m": {"width": 1920, "height": 1080, "fps": 30},
        "d": SECONDS * 1000,
        "t": [
            {"tt": 0, "sg": shots},
            {
                "tt": 1,
                "sg": [
                    {"d": SECONDS * 1000, "m": {"src": str(folder / "music.m4a"), "volume": 0.35, "fade_out": 1000}}
                ],
            },
            {"tt": 7, "sg": [{"st": 500, "d": 3000, "m": {"text": "Urban Dreams", "size": "large"}}]},
        ],
    }
