"""The picture that the player shows at a time of its video."""

from __future__ import annotations

import numpy as np

_SEEK = """async (seconds) => {
  const video = document.querySelector('.nemo-editor video');
  video.pause();
  if (Math.abs(video.currentTime - seconds) < 0.001) return;
  const seeked = new Promise((done) => video.addEventListener('seeked', done, {once: true}));
  video.currentTime = seconds;
  await seeked;
}"""
_CORNER = """() => {
  const canvas = document.createElement('canvas');
  canvas.width = 32; canvas.height = 18;
  const context = canvas.getContext('2d');
  context.drawImage(document.querySelector('.nemo-editor video'), 0, 0, 32, 18);
  const data = context.getImageData(0, 0, 6, 6).data;
  const mean = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) mean[c] += data[i + c] / (data.length / 4);
  return mean;
}"""


def corner_shows(page, seconds: float, colour: tuple[int, int, int]) -> None:
    """Seek, and wait until the upper left corner has a colour: the browser may paint the frame after ``seeked``."""
    page.evaluate(_SEEK, seconds)
    for _ in range(300):
        shown = page.evaluate(_CORNER)
        if np.abs(np.array(shown) - colour).max() < 24:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"at {seconds} s the corner is {shown}, not {colour}")
