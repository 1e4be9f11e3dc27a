"""Which service is talked to, and one connection for all who talk to the same."""

from __future__ import annotations

import asyncio

import pytest

from nemo_widgets.client import backends
from nemo_widgets.client.backends import choose, is_loopback
from nemo_widgets.client.client import AsyncClient, shared_client
from nemo_widgets.errors import ConnectionFailed, InvalidInput, StudioUnavailable
from nemo_widgets.settings import Settings

from .conftest import FAST, TOKEN, until


def test_auto_is_local_until_the_environment_asks_for_the_cloud(monkeypatch):
    assert choose().kind == "local"
    monkeypatch.setenv("NEMO_API_URL", "https://api.example/")
    assert (choose().kind, choose().base_url) == ("cloud", "https://api.example")
    monkeypatch.delenv("NEMO_API_URL")
    monkeypatch.setenv("NEMO_TOKEN", "x")
    assert (choose().kind, choose().base_url) == ("cloud", "https://mega-api-prod.nemovideo.ai")
    assert choose("local").kind == "local"


def test_an_address_wins():
    assert choose("cloud", base_url="http://127.0.0.1:8000/").base_url == "http://127.0.0.1:8000"
    assert choose("https://studio.example:8443/x/").base_url == "https://studio.example:8443/x"
    assert choose("https://user:pass@studio.example").label == "studio.example"


@pytest.mark.parametrize(
    "backend", ["clowd", "", "ftp://x", "http://", "http://host:notaport", "http://[bad", "http://h\0"]
)
def test_what_isnt_a_backend(backend):
    with pytest.raises(InvalidInput):
        AsyncClient(backend=backend)
    with pytest.raises(InvalidInput, match="后端"):
        AsyncClient(backend=backend, language="zh")


def test_waits_fit_the_backend():
    assert choose("local").settings == Settings.local()
    assert choose("cloud").settings == Settings()
    assert choose("http://localhost:1").settings == Settings.local()
    assert choose("https://studio.example").settings == Settings()
    assert choose("local", settings=FAST).settings == FAST


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("http://localhost:8", True),
        ("http://127.0.0.53", True),
        ("http://[::1]:8", True),
        ("http://10.0.0.1", False),
        ("https://localhost.example.com", False),
        ("/relative", False),
    ],
)
def test_this_machine(url, here):
    assert is_loopback(url) is here


def test_shared_clients_share_their_connection():
    one, two = shared_client("https://a.example"), shared_client("https://a.example", language="zh")
    assert one._transport is two._transport
    assert (one.language, two.language) == ("en", "zh")
    assert shared_client("https://b.example")._transport is not one._transport
    assert shared_client("https://a.example", "token")._transport is not one._transport
    assert shared_client("local")._transport is shared_client("local")._transport


async def test_closing_one_closes_nothing_of_anothers(service, monkeypatch):
    monkeypatch.setattr(backends.Settings, "local", lambda: FAST)
    one, two = shared_client(service.url, TOKEN), shared_client(service.url, TOKEN)
    await one.credits()
    (http,) = one._transport._clients.values()
    async with one:
        pass
    await one.aclose()
    assert not http.is_closed
    assert (await two.credits()).available == 80
    await one._transport.aclose()


class FakeStudio:
    """Stands in for the studio: a service that can stop answering."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.token = TOKEN
        self.stopped = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stopped += 1


async def test_one_studio_is_started_lazily_and_once(service, monkeypatch):
    made = []
    monkeypatch.setattr(backends, "_studio", backends._EmbeddedStudio())
    monkeypatch.setattr(backends, "_make_studio", lambda: made.append(FakeStudio(service.url)) or made[-1])
    clients = [AsyncClient(backend="local", settings=FAST) for _ in range(3)]
    assert not made
    await asyncio.gather(*(client.credits() for client in clients for _ in range(3)))
    assert len(made) == 1
    assert clients[0].label == "Local studio"
    for client in clients:
        await client.aclose()
    assert made[0].stopped == 0


async def test_a_studio_that_stopped_is_said_to_have_and_started_anew(service, monkeypatch):
    urls = ["http://127.0.0.1:9", service.url]
    made = []
    monkeypatch.setattr(backends, "_studio", backends._EmbeddedStudio())
    monkeypatch.setattr(backends, "_make_studio", lambda: made.append(FakeStudio(urls[len(made)])) or made[-1])
    async with AsyncClient(backend="local", settings=FAST) as client:
        with pytest.raises(ConnectionFailed, match="next call starts it anew"):
            await client.create_session()
        assert (await client.create_session()).id == "s1"
    assert len(made) == 2
    await until(lambda: made[0].stopped)
    assert made[0].stopped == 1


async def test_a_late_complaint_about_a_studio_doesnt_stop_the_one_after_it(monkeypatch):
    studios = [FakeStudio("http://127.0.0.1:9"), FakeStudio("http://127.0.0.1:19")]
    embedded = backends._EmbeddedStudio()
    monkeypatch.setattr(backends, "_make_studio", iter(studios).__next__)
    embedded.start()
    embedded.discard("http://127.0.0.1:9/api/credits/balance/simple")
    endpoint = embedded.start()
    embedded.discard("http://127.0.0.1:9/api/credits/balance/simple")
    assert embedded.endpoint is endpoint


async def test_reading_goes_on_with_a_studio_started_anew(service, monkeypatch):
    urls = ["http://127.0.0.1:9", service.url]
    made = []
    monkeypatch.setattr(backends, "_studio", backends._EmbeddedStudio())
    monkeypatch.setattr(backends, "_make_studio", lambda: made.append(FakeStudio(urls[len(made)])) or made[-1])
    async with AsyncClient(backend="local", settings=FAST) as client:
        assert (await client.credits()).available == 80


async def test_a_studio_that_cant_start_says_why(monkeypatch):
    import sys
    import types

    class Broken:
        def __enter__(self):
            raise OSError("no space for the store")

    module = types.ModuleType("nemo_widgets.studio.server")
    module.Studio = Broken
    monkeypatch.setattr(backends, "_studio", backends._EmbeddedStudio())
    monkeypatch.setitem(sys.modules, "nemo_widgets.studio.server", module)
    async with AsyncClient(backend="local", settings=FAST) as client:
        with pytest.raises(StudioUnavailable, match="no space for the store"):
            await client.credits()
    monkeypatch.setitem(sys.modules, "nemo_widgets.studio.server", None)
    async with AsyncClient(backend="local", settings=FAST) as client:
        with pytest.raises(StudioUnavailable, match="pip install"):
            await client.credits()
