"""What a rendered video sounds like."""

from __future__ import annotations

import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from nemo_widgets.studio.render import render
from nemo_widgets.studio.render.audio import mix
from nemo_widgets.studio.render.plan import Plan, Sound

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, draft, heard, photo, rms, shot, sound

TONE = 0.5 / np.sqrt(2)  # the level of `samples.sound`


@pytest.fixture
def still(tmp_path):
    return photo(tmp_path / "a.png", color=(90, 90, 90))


def loudest_pitch(samples, start, end):
    part = samples[0, start * 48 : end * 48]
    return float(np.abs(np.fft.rfft(part)).argmax() * 48000 / len(part))


def test_without_anything_to_hear_there_is_silence(tmp_path, still):
    made = heard(render(draft(shot(still, 1000)), tmp_path / "out.mp4"))
    assert made.shape[1] >= 48000
    assert np.abs(made).max() < 1e-4


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.m4a", "a.aac"])
def test_music_has_its_volume_and_fades(tmp_path, still, name):
    music = sound(tmp_path / name, seconds=3)
    d = draft(shot(still, 3000), sounds=[shot(music, 3000, volume=0.35, fade_in=500, fade_out=1000)])
    made = heard(render(d, tmp_path / "out.mp4"))
    level = rms(heard(music), 1000, 1900)  # LAME turns the level down a little
    assert level == pytest.approx(TONE, rel=0.06)
    assert rms(made, 1000, 1900) == pytest.approx(0.35 * level, rel=0.03)
    assert rms(made, 200, 300) == pytest.approx(0.175 * level, rel=0.1)
    assert rms(made, 2450, 2550) == pytest.approx(0.175 * level, rel=0.1)
    assert rms(made, 2960, 3000) < 0.03


def test_music_begins_and_ends_with_its_segment(tmp_path, still):
    music = sound(tmp_path / "a.wav", seconds=3)
    d = draft(shot(still, 2000), sounds=[{**shot(music, 600), "st": 800}])
    made = heard(render(d, tmp_path / "out.mp4"))
    assert [rms(made, *span) > 0.2 for span in ((0, 780), (820, 1380), (1420, 2000))] == [False, True, False]


def test_a_short_source_repeats_only_when_asked(tmp_path, still):
    music = sound(tmp_path / "a.wav", seconds=1)
    once = heard(render(draft(shot(still, 2500), sounds=[shot(music, 2500)]), tmp_path / "once.mp4"))
    again = heard(render(draft(shot(still, 2500), sounds=[shot(music, 2500, loop=True)]), tmp_path / "again.mp4"))
    assert rms(once, 1100, 2400) < 0.001
    assert rms(again, 100, 2400) == pytest.approx(TONE, rel=0.03)


def test_a_clip_is_heard_at_its_volume_from_its_in_point(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=1, tone=440)
    made = heard(render(draft(shot(source, 1000, volume=0.5, **{"in": 500})), tmp_path / "out.mp4"))
    assert rms(made, 100, 400) == pytest.approx(0.5 * TONE, rel=0.05)
    assert rms(made, 600, 1000) < 0.01


def test_a_clip_played_faster_keeps_its_pitch(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=2, tone=440)
    made = heard(render(draft(shot(source, 900, speed=2)), tmp_path / "out.mp4"))
    assert rms(made, 100, 800) == pytest.approx(TONE, rel=0.1)
    assert loudest_pitch(made, 100, 800) == pytest.approx(440, abs=8)


def test_sounds_of_clips_are_crossfaded_with_the_picture(tmp_path):
    low, high = clip(tmp_path / "low.mp4", seconds=2, tone=300), clip(tmp_path / "high.mp4", seconds=2, tone=3000)
    fade = {"type": "crossfade", "d": 400}
    made = heard(render(draft(shot(low, 1000, transition=fade), shot(high, 1000)), tmp_path / "out.mp4"))
    assert loudest_pitch(made, 800, 1000) == pytest.approx(300, abs=10)
    assert loudest_pitch(made, 1000, 1100) == pytest.approx(300, abs=15)
    assert loudest_pitch(made, 1300, 1400) == pytest.approx(3000, abs=15)
    both = np.abs(np.fft.rfft(made[0, 1180 * 48 : 1220 * 48]))
    assert 0.5 < both[12] / both[120] < 2


def test_a_clip_at_the_end_fades_out_with_the_music(tmp_path):
    source = clip(tmp_path / "c.mp4", seconds=2, tone=440)
    music = sound(tmp_path / "m.wav", seconds=2, frequency=3000)
    quiet = [shot(music, 2000, volume=0.001, fade_out=1000)]
    made = heard(render(draft(shot(source, 2000), sounds=quiet), tmp_path / "out.mp4"))
    assert rms(made, 500, 900) == pytest.approx(TONE, rel=0.05)
    assert rms(made, 1450, 1550) == pytest.approx(0.5 * TONE, rel=0.1)
    assert rms(made, 1960, 2000) < 0.03
    hard = heard(render(draft(shot(source, 2000)), tmp_path / "hard.mp4"))
    assert rms(hard, 1900, 1980) == pytest.approx(TONE, rel=0.05)


def test_loud_mixes_are_not_cut_off(tmp_path, still):
    music = [sound(tmp_path / f"{n}.wav", seconds=1, level=0.9, frequency=200 + 37 * n) for n in range(3)]
    d = draft(shot(still, 1000))
    d["t"] += [{"tt": 1, "sg": [shot(one, 1000)]} for one in music]
    made = heard(render(d, tmp_path / "out.mp4"))
    assert 0.9 < np.abs(made).max() < 1.1


def test_fades_are_right_late_in_a_long_video(tmp_path):
    """A float32 clock can't tell samples apart after six minutes."""
    song = Sound(str(sound(tmp_path / "m.wav")), "m", 395_000, 405_000, fade_in=4000, fade_out=4000, loop=True)
    blocks = list(mix(Plan(320, 180, Fraction(30), 405 * 30, (), (song,))))
    late = np.concatenate(blocks[39:], axis=1)
    levels = [rms(late, at, at + 500) / TONE for at in (5000, 7000, 9250, 12500, 14500)]
    assert levels == pytest.approx([0.0625, 0.5625, 1.0, 0.5625, 0.0625], abs=0.03)


def test_a_draft_of_music_alone_is_black(tmp_path):
    music = sound(tmp_path / "a.wav", seconds=1)
    made = heard(render(draft(sounds=[shot(music, 1000)]), tmp_path / "out.mp4"))
    assert rms(made, 100, 900) == pytest.approx(TONE, rel=0.03)
