"""Music: its length, its level, its key, its end."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pytest

from nemo_widgets.errors import InvalidInput
from nemo_widgets.studio import media, music

sys.path.insert(0, str(Path(__file__).parent))

from samples import heard, rms


def test_the_moods_that_people_ask_for_are_there():
    assert {"lo-fi", "upbeat", "calm", "cinematic", "corporate", "happy", "epic", "romantic", "sad"} <= set(music.MOODS)


def test_a_file_of_the_wished_length(tmp_path):
    made = music.compose("corporate", 7300, tmp_path / "a.m4a")
    info = media.probe(made)
    assert (info.kind, info.format) == ("audio", "m4a")
    assert info.duration == pytest.approx(7300, abs=30)
    samples = heard(made)
    assert rms(samples, 1000, 5000) > 0.08
    assert rms(samples, 7280, 7300) < 0.02


@pytest.mark.parametrize("mood", sorted(music.MOODS))
def test_each_mood_is_loud_enough_unclipped_stereo_in_key_and_fades(mood):
    samples = music.perform(mood, 12_000)
    assert samples.shape == (2, 576_000)
    assert np.abs(samples).max() < 1
    assert 0.1 < rms(samples, 2000, 10_000) < 0.3
    assert rms(samples, 11_950, 12_000) < 0.1 * rms(samples, 2000, 10_000)
    assert np.abs(samples[0] - samples[1]).mean() > 0.002
    assert share_in_scale(samples, music.MOODS[mood]) > 0.8


def share_in_scale(samples, recipe):
    """How much of the strong tones between 200 and 1500 Hz belongs to the mood's scale."""
    spectrum = np.abs(np.fft.rfft(samples.mean(axis=0))) ** 2
    pitches = np.fft.rfftfreq(samples.shape[1], 1 / 48000)
    span = (pitches > 200) & (pitches < 1500)
    notes = np.rint(69 + 12 * np.log2(pitches[span] / 440)).astype(int)
    scale = {(recipe.key + step) % 12 for step in music._SCALES[recipe.scale]}
    strong = np.where(spectrum[span] > spectrum[span].max() * 1e-3, spectrum[span], 0)
    return strong[np.isin(notes % 12, list(scale))].sum() / strong.sum()


def test_the_same_seed_gives_the_same_music_and_another_one_another(tmp_path):
    first = music.perform("upbeat", 6000, seed=3)
    assert np.array_equal(first, music.perform("upbeat", 6000, seed=3))
    assert not np.array_equal(first, music.perform("upbeat", 6000, seed=4))


def test_drums_beat_in_tempo():
    samples = music.perform("upbeat", 16_000).mean(axis=0)
    energy = (samples[: len(samples) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1)
    onsets = np.maximum(0, np.diff(energy, prepend=0))
    onsets -= onsets.mean()
    beats = np.correlate(onsets, onsets, "full")[len(onsets) :]
    period = 40 + int(beats[39:65].argmax())  # hundredths of a second
    assert 60 / (period / 100) == pytest.approx(120, rel=0.09)


def test_it_is_quick():
    music.perform("calm", 500)
    started = time.thread_time()  # what other threads are at doesn't count
    music.perform("lo-fi", 30_000)
    assert time.thread_time() - started < 4  # a tenth of it on an idle machine


def test_what_cannot_be_played_is_refused(tmp_path):
    with pytest.raises(InvalidInput, match=r"no mood “polka”.*Take one of: .*upbeat"):
        music.compose("polka", 1000, tmp_path / "a.m4a")
    with pytest.raises(InvalidInput, match="length above 0"):
        music.compose("calm", 0, tmp_path / "a.m4a")


@pytest.mark.parametrize("duration", [40, 700, 2500])
def test_short_pieces_work_too(duration):
    assert music.perform("epic", duration).shape == (2, duration * 48)
