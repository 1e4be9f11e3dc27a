"""A real studio behind a bad network: messages, uploads, states, renders and downloads, cut at many places."""

from __future__ import annotations

import hashlib
import io

import pytest

from nemo_widgets.errors import ConnectionFailed, StreamInterrupted

from .conftest import RUN, STATE
from .proxy import Fault

Image = pytest.importorskip("PIL.Image")
RENDER = "/api/render/proxy/lambda"
UPLOAD = "/api/upload-video/"
VIDEO = "/renders/"


@pytest.fixture(scope="module")
def photo():
    """A PNG of some 200 kB."""
    drawn = io.BytesIO()
    Image.effect_noise((480, 400), 80).convert("RGB").save(drawn, "PNG")
    return "photo.png", drawn.getvalue()


@pytest.fixture
async def session(proxied, photo):
    _, client = proxied
    session = await client.create_session()
    await session.upload(photo)
    return session


def spread(length: int, count: int) -> list[int]:
    """Return positions from the first byte to the last but one, closer at both ends."""
    inner = range(0, length, max(1, length // count))
    return sorted({0, 1, 17, *inner, length - 6, length - 1})


async def test_messages(proxied, session):
    proxy, _ = proxied
    await session.send("make a 2 second video of this photo")
    length = proxy.at(RUN)[-1].answered
    outcomes = set()
    for number, position in enumerate(spread(length, 16)):
        text = f'add a title that says "cut {position}"'
        said = len(proxy.at(RUN))
        proxy.plan(RUN, Fault(cut=position, by=("fin", "reset")[number % 2], goes_on=number % 3 == 0))
        known = await session.draft()
        try:
            reply = await session.send(text)
            assert reply.changes
            assert reply.draft == await session.draft() != known
            outcomes.add("found")
        except StreamInterrupted:
            assert await session.draft() == known
            assert number % 3 or not position, "the service went on, and its edit was not found"
            outcomes.add("interrupted")
        assert len(proxy.at(RUN)) == said + 1
    assert "found" in outcomes


async def test_uploads_that_are_lost_on_their_way(proxied, photo):
    proxy, client = proxied
    session = await client.create_session()
    for lost in (0, 1, 200, 65_536, len(photo[1]), len(photo[1]) + 100):
        proxy.plan(UPLOAD, Fault(lose_at=lost))
        with pytest.raises(ConnectionFailed):
            await session.upload(photo)
    assert len(proxy.lost) == 6, "each was sent once"
    assert proxy.at(UPLOAD) == []
    assert (await session.state()).video_infos == []


async def test_uploads_whose_answer_breaks_off(proxied, photo):
    proxy, client = proxied
    session = await client.create_session()
    for count, cut in enumerate((0, 1, 60, 150, 400), 1):
        proxy.plan(UPLOAD, Fault(cut=cut))
        with pytest.raises(ConnectionFailed):
            await session.upload(photo)
        assert len(proxy.at(UPLOAD)) == count, "each was sent once"
    proxy.plan(UPLOAD, Fault(read_slowly=4096, drip=1))
    (asset,) = await session.upload(photo)
    assert (asset.name, asset.width) == ("photo.png", 480)


async def test_states(proxied, session):
    proxy, _ = proxied
    await session.send("make a 2 second video of this photo")
    wanted = await session.draft()
    length = proxy.at(STATE)[-1].answered
    for number, position in enumerate(spread(length, 20)):
        proxy.plan(STATE, Fault(cut=position, by=("fin", "reset")[number % 2]))
        assert await session.draft() == wanted
    page = b"HTTP/1.1 502 X\r\nContent-Type: text/html\r\nContent-Length: 16\r\n\r\n<h1>Oh dear</h1>"
    proxy.plan(STATE, Fault(instead=page), Fault(instead=b"nonsense\r\n\r\n"), Fault(lose_at=0), Fault(drip=1))
    assert await session.draft() == wanted


async def test_a_render_from_end_to_end(proxied, session, tmp_path):
    proxy, _ = proxied
    draft = (await session.send("make a 1 second video of this photo")).draft

    # Asked for with one id, however often the answer is lost.
    proxy.plan(RENDER, Fault(cut=0), Fault(cut=90, by="reset"), Fault(cut=120))
    job = await session.render()
    asked = [exchange.json["id"] for exchange in proxy.at(RENDER) if exchange.method == "POST"]
    assert asked == [job.id] * 4
    proxy.plan(f"{RENDER}/", *[Fault(cut=at, by=("fin", "reset")[at % 2]) for at in (0, 1, 40, 100, 150, 199)])
    status = await job.wait()
    assert (status.status, status.duration) == ("completed", draft.duration)
    made = [media for media in (await session.state()).generated_media if media.get("id") or media.get("output")]
    assert [media["id"] for media in made] == [job.id], "one job came of it"

    # Downloaded in pieces: each cut is resumed where it was.
    whole = await job.download(tmp_path / "whole.mp4")
    wanted = hashlib.sha256(whole.path.read_bytes()).hexdigest()
    length = proxy.at(VIDEO)[-1].answered
    proxy.exchanges.clear()
    head = length - whole.size
    proxy.plan(
        VIDEO, *[Fault(cut=at) for at in (0, head // 2, head, head + 1, head + 3_000, head + 1)], Fault(drip=997)
    )
    video = await job.download(tmp_path / "video.mp4")
    assert hashlib.sha256(video.path.read_bytes()).hexdigest() == wanted
    ranges = [exchange.headers.get("range") for exchange in proxy.at(VIDEO)]
    assert ranges[:3] == [None] * 3
    assert ranges[-1] is not None
    assert all("authorization" not in exchange.headers for exchange in proxy.at(VIDEO))
    assert [path.name for path in sorted(tmp_path.glob("*.mp4*"))] == ["video.mp4", "whole.mp4"]
