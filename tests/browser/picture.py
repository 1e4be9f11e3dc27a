"""The picture that the player shows at a time of its video."""

from __future__ import annotations

import numpy as np

# What a video is played from may break at any moment, and another element take its place.
_CORNER = """(seconds) => {
  const video = document.querySelector('.nemo-editor video');
  if (!video || video.readyState < 2 || video.seeking) return null;
  video.pause();
  if (Math.abs(video.currentTime - seconds) > 0.001) {
    video.currentTime = seconds;
    return null;
  }
  const canvas = document.createElement('canvas');
  canvas.width = 32; canvas.height = 18;
  const context = canvas.getContext('2d');
  context.drawImage(video, 0, 0, 32, 18);
  const data = context.getImageData(0, 0, 6, 6).data;
  const mean = [0, 0, 0];
  for (let i = 0; i < data.length; i += 4) for (let c = 0; c < 3; c++) mean[c] += data[i + c] / (data.length / 4);
  return mean;
}"""


def corner_shows(page, seconds: float, colour: tuple[int, int, int]) -> None:
    """Seek, and wait until the upper left corner has a colour: the browser may paint the frame after ``seeked``."""
    for _ in range(1800):
        shown = page.evaluate(_CORNER, seconds)
        if shown and np.abs(np.array(shown) - colour).max() < 24:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"at {seconds} s the corner is {shown}, not {colour}")
