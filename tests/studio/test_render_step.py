"""Sound and picture stay in step: clips that flash and click at the same moment do so in the video, to its end."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from nemo_widgets import Draft
from nemo_widgets.studio.render import audio, render
from nemo_widgets.studio.render.compose import Compositor
from nemo_widgets.studio.render.plan import plan
from nemo_widgets.studio.render.sources import locate

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, decoded, draft, heard, photo, rms, shot, sound

FLASHES = (1.0, 2.5, 4.0)


def flashing(
    path,
    *,
    fps=Fraction(30000, 1001),
    rate=44_100,
    layout="mono",
    codec="aac",
    late=0.0,
    lost=None,
    long=5.0,
    picture="libx264",
):
    """A clip of five seconds that is white for 80 ms and clicks at each of the FLASHES.

    Its sound begins `late`, lasts `long`, and lacks the packets between the two times `lost`.
    """
    channels = {"mono": 1, "stereo": 2, "5.1": 6}[layout]
    with av.open(str(path), "w") as container:
        video = container.add_stream(picture, rate=fps)
        video.width, video.height, video.pix_fmt = 64, 36, "yuv420p"
        video.options = {"crf": "20", "preset": "ultrafast"} if picture == "libx264" else {}
        voice = container.add_stream(codec, rate=rate, layout=layout)
        for number in range(round(5 * fps)):
            time = number / fps
            light = 235 if any(start <= time < start + 0.08 for start in FLASHES) else 20
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), light, np.uint8), "rgb24")
            frame.pts, frame.time_base = number, 1 / fps
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        clock = np.arange(round(late * rate), round(long * rate)) / rate
        tone = np.zeros(clock.shape, np.float32)
        for start in FLASHES:
            inside = (clock >= start) & (clock < start + 0.08)
            tone[inside] = 0.8 * np.sin(2 * np.pi * 1500 * (clock[inside] - start))
        kind = voice.codec_context.format.name
        for at in range(0, tone.size, 1024):
            time = late + at / rate
            if lost and lost[0] <= time < lost[1]:
                continue
            part = np.repeat(tone[None, at : at + 1024], channels, axis=0)
            if not kind.endswith("p"):
                part = (part.T.reshape(1, -1) * 32767).astype(np.int16)
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(part), kind, layout)
            frame.sample_rate, frame.pts, frame.time_base = rate, round(late * rate) + at, Fraction(1, rate)
            container.mux(voice.encode(frame))
        container.mux(voice.encode(None))
    return path


def moments(lights, samples, fps):
    """When it begins to be light, and when it begins to sound (s)."""
    bright = np.array(lights) > 120
    seen = np.nonzero(bright[1:] & ~bright[:-1])[0] + 1
    loud = np.abs(samples[0]) > 0.15
    at = np.nonzero(loud)[0]
    begun = at[np.concatenate([[True], np.diff(at) > 9600])] if at.size else at
    return seen / fps, begun / 48_000


def played(raw):
    """Lights of the frames and the samples of a draft, without encoding it."""
    one = locate(plan(Draft(raw)))
    with Compositor(one) as compositor:
        lights = [float(compositor.frame(number).y.mean()) for number in range(one.frames)]
    return lights, np.concatenate(list(audio.mix(one)), axis=1), one


CLIPS = {
    "mono 44.1 kHz in MP4": ("c.mp4", {}),
    "5.1 in MP4": ("c.mp4", {"rate": 48_000, "layout": "5.1"}),
    "8 kHz PCM in AVI": ("c.avi", {"rate": 8000, "codec": "pcm_s16le", "fps": Fraction(25), "picture": "mpeg4"}),
    "96 kHz in MOV": ("c.mov", {"rate": 96_000, "layout": "stereo", "codec": "pcm_s16le"}),
    "sound that begins late": ("c.mkv", {"late": 0.7}),
    "sound that is shorter": ("c.mp4", {"long": 4.3}),
    "sound that is longer": ("c.mkv", {"long": 7.0}),
    "sound with a hole": ("c.mkv", {"lost": (1.4, 2.1), "rate": 48_000}),
    "60 fps": ("c.mp4", {"fps": Fraction(60)}),
}


@pytest.mark.parametrize("name", CLIPS)
def test_every_click_comes_with_its_flash(tmp_path, name):
    file, more = CLIPS[name]
    source = flashing(tmp_path / file, **more)
    raw = draft(shot(source, 5000), width=64, height=36, fps=25)
    lights, samples, one = played(raw)
    assert (one.frames, samples.shape[1]) == (125, 240_000)
    seen, sounding = moments(lights, samples, 25)
    assert seen == pytest.approx(FLASHES, abs=0.041)
    assert sounding == pytest.approx(FLASHES, abs=0.026)  # older FFmpegs play an AAC encoder's lead-in from Matroska


@pytest.mark.parametrize("speed", [0.5, 2, 3])
def test_speed_moves_both_alike_and_keeps_the_pitch(tmp_path, speed):
    source = flashing(tmp_path / "c.mp4", rate=48_000)
    raw = draft(shot(source, round(5000 / speed), speed=speed), width=64, height=36, fps=30)
    lights, samples, _ = played(raw)
    seen, sounding = moments(lights, samples, 30)
    expected = [time / speed for time in FLASHES]
    assert seen == pytest.approx(expected, abs=0.07)
    assert sounding == pytest.approx(expected, abs=0.07)
    at = round((expected[1] + 0.02 / speed) * 48_000)
    stretch = samples[0, at : at + round(0.04 / max(1, speed) * 48_000)]
    crossings = int((np.diff(np.signbit(stretch)) != 0).sum()) / (stretch.size / 48_000) / 2
    assert crossings == pytest.approx(1500, rel=0.12)


def test_it_is_in_step_in_the_finished_file_too(tmp_path):
    """Two clips and a photo, over a boundary between pieces."""
    source = flashing(tmp_path / "c.mp4")
    still = photo(tmp_path / "dark.png", width=64, height=36, color=(10, 10, 10))
    raw = draft(shot(source, 5000), shot(still, 1000), shot(source, 2000, **{"in": 2000}), width=64, height=36, fps=25)
    made = render(raw, tmp_path / "out.mp4")
    lights = [float(frame.mean()) for frame in decoded(made)]
    assert len(lights) == 200
    seen, sounding = moments(lights, heard(made), 25)
    assert seen == pytest.approx([*FLASHES, 6.5], abs=0.041)
    assert sounding == pytest.approx([*FLASHES, 6.5], abs=0.015)


def test_music_makes_room_for_a_clip_and_only_for_one_that_is_heard(tmp_path):
    still = photo(tmp_path / "dark.png", width=64, height=36, color=(10, 10, 10))
    talking = clip(tmp_path / "c.mp4", seconds=2, width=64, height=36, tone=1000)
    silent = clip(tmp_path / "s.mp4", seconds=2, width=64, height=36, tone=None)
    music = sound(tmp_path / "m.wav", seconds=8, frequency=200)
    tracks = [shot(still, 2000), shot(talking, 2000), shot(silent, 2000)]
    song = {"st": 0, "d": 6000, "m": {"src": str(music), "duck": 0.2}}
    _, samples, _ = played(draft(*tracks, sounds=[song], width=64, height=36, fps=10))

    def level(start, end):
        spectrum = np.abs(np.fft.rfft(samples[0, start * 48 : end * 48]))
        return spectrum[round(200 * (end - start) / 1000)] / (end - start)

    full = level(500, 1500)
    assert level(2500, 3500) == pytest.approx(0.2 * full, rel=0.15)
    assert level(4500, 5500) == pytest.approx(full, rel=0.1)
    assert full > level(1750, 1950) > level(2500, 3500)  # the way down
    muted = [{**one, "m": one["m"] | {"volume": 0}} for one in tracks]
    _, samples, _ = played(draft(*muted, sounds=[song], width=64, height=36, fps=10))
    assert level(2500, 3500) == pytest.approx(full, rel=0.05)


def test_a_frozen_clip_is_silent_and_a_faded_one_comes_and_goes(tmp_path):
    talking = clip(tmp_path / "c.mp4", seconds=2, fps=10, width=64, height=36, tone=500)
    _, samples, _ = played(draft(shot(talking, 1000, freeze=True), width=64, height=36, fps=10))
    assert np.abs(samples).max() == 0
    _, samples, _ = played(draft(shot(talking, 2000, fade_in=600, fade_out=600), width=64, height=36, fps=10))
    levels = [rms(samples, start, start + 100) for start in (50, 300, 1000, 1600, 1850)]
    assert levels[0] < levels[1] < levels[2] > levels[3] > levels[4]
    assert levels[0] < 0.35 * levels[2]
