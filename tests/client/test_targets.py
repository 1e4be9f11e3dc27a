"""Where a video is to go is checked before it is rendered, and an odd draft keeps nobody from asking for another."""

from __future__ import annotations

import pytest
from PIL import Image

import nemo_widgets as nw


@pytest.fixture
async def session(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    with nw.Studio(tmp_path / "studio") as studio:
        async with nw.AsyncClient(studio.url, studio.token) as client:
            session = await client.create_session()
            Image.new("RGB", (64, 48), "teal").save(tmp_path / "a.jpg")
            await session.upload(tmp_path / "a.jpg")
            await session.send("make a 1-second video")
            yield session, client


async def test_a_place_that_cant_be_written_is_refused_before_the_render(session, tmp_path):
    session, client = session
    (tmp_path / "file").write_text("not a folder")
    for path, sentence in (
        (tmp_path / "file" / "promo.mp4", "can't be written"),
        (tmp_path / "promo.avi", "isn't a name for it"),
    ):
        with pytest.raises(nw.NemoError, match=sentence):
            await session.export(path)
    assert client.jobs().empty


async def test_a_draft_that_cant_be_read_keeps_nobody_from_asking(session, monkeypatch):
    session, _ = session

    async def unreadable():
        raise nw.DraftError(path="t[0].sg[0].d", message="expected milliseconds")

    monkeypatch.setattr(session, "_seen_is_current", False)
    look, refusals = session._look, [unreadable]

    async def once_unreadable():
        return await (refusals.pop() if refusals else look)()

    monkeypatch.setattr(session, "_look", once_unreadable)
    reply = await session.send('add a title "Hello"')
    assert "Hello" in reply.draft.summary()
