"""The client against the real studio: files, messages, drafts, renders."""

from __future__ import annotations

import io

import pytest

from nemo_widgets.client.client import AsyncClient, Client
from nemo_widgets.client.events import StateDelta, TextDelta
from nemo_widgets.errors import AuthError, NothingToExport, SessionNotFound, UnsupportedFile
from nemo_widgets.settings import Settings

Image = pytest.importorskip("PIL.Image")


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    folder = tmp_path_factory.mktemp("photos")
    for name, colour in (("red", "#c33"), ("blue", "#33c")):
        Image.new("RGB", (320, 180), colour).save(folder / f"{name}.jpg")
    return sorted(folder.iterdir())


async def test_from_photos_to_a_video(local, photos, tmp_path):
    session = await local.create_session()
    with pytest.raises(NothingToExport):
        await session.export()
    uploaded = []
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), "green").save(drawn, "PNG")
    assets = await session.upload(*photos, ("green.png", drawn), on_progress=uploaded.append)
    assert [(asset.name, asset.kind, asset.width) for asset in assets] == [
        ("blue.jpg", "image", 320),
        ("red.jpg", "image", 320),
        ("green.png", "image", 64),
    ]
    assert uploaded[-1].done == uploaded[-1].total

    events = []
    reply = await session.send("make a 2 second video of these photos", on_event=events.append)
    assert reply.text == "".join(event.text for event in events if isinstance(event, TextDelta)).strip()
    assert reply.changes
    assert reply.draft.duration == 2000
    assert reply.draft.ready

    progress = []
    video = await session.export(tmp_path / "promo.mp4", on_progress=progress.append)
    assert video.path.read_bytes()[4:8] == b"ftyp"
    assert video.duration == 2000
    assert [p.done for p in progress if p.name == "rendering"][-1] == 100


async def test_a_stream(local, photos):
    session = await local.create_session()
    await session.upload(photos[0])
    events = [event async for event in session.stream("make a 2 second video")]
    assert any(isinstance(event, StateDelta) for event in events)
    assert any(isinstance(event, TextDelta) for event in events)
    assert (await session.state()).draft.duration == 2000
    link = await session.claim_link()
    assert "/workspace/claim?ct=clm_" in link


async def test_refusals(local, studio):
    session = await local.create_session()
    with pytest.raises(UnsupportedFile):
        await session.upload(("notes.txt", b"hello"))
    with pytest.raises(SessionNotFound):
        await local.session("nowhere").state()
    with pytest.raises(SessionNotFound):
        await local.session("nowhere").send("hello")
    async with AsyncClient(studio.url, "wrong", settings=Settings.local()) as stranger:
        with pytest.raises(AuthError):
            await stranger.credits()


async def test_without_an_account(studio):
    async with AsyncClient(studio.url, settings=Settings.local()) as client:
        assert (await client.credits()).available > 0


def test_blocking(studio, photos):
    with Client(studio.url, studio.token) as client:
        session = client.create_session()
        session.upload(photos[0])
        assert session.send("make a 2 second video").draft.ready
