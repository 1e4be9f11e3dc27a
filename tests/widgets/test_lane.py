"""The kernel's own server lets in who may come, and nobody else; bytes arrive and leave whole."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from pathlib import Path

import pytest

from nemo_widgets.widgets import lane
from nemo_widgets.widgets.lane import Lane
from nemo_widgets.widgets.transfer import Incoming

ORIGIN = "http://localhost:8888"
DATA = random.Random(3).randbytes(100_003)
SLICE = 10_000


class Page:
    """A page that speaks to the server, as a browser would."""

    def __init__(self, offer, origin=ORIGIN):
        self.port = int(offer["url"].rsplit(":", 1)[1])
        self.origin = origin
        self.key = None

    def ask(self, method, path, body=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        told = {"Origin": self.origin, "Authorization": f"Bearer {self.key}" if self.key else None}
        headers = {name.replace("_", "-"): value for name, value in (told | headers).items() if value is not None}
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.data = answer.read()
        connection.close()
        return answer

    def enter(self, token):
        answer = self.ask("POST", "/open", token)
        if answer.status == 200:
            self.key = json.loads(answer.data)["key"]
        return answer.status


@pytest.fixture
def files(tmp_path):
    video = tmp_path / "promo.mp4"
    video.write_bytes(DATA)
    incoming = Incoming(tmp_path / "in", name="a.mp4", size=len(DATA), slice_bytes=SLICE)
    yield {"incoming": incoming, "video": video}
    incoming.discard()


@pytest.fixture
def heard():
    return []


@pytest.fixture
def a_lane(files, heard):
    made = Lane(
        incoming=lambda file_id: files["incoming"] if file_id == "f1" else None,
        take=lambda file_id, index, data: files["incoming"].write(index, data) is not None,
        video=lambda video_id: (files["video"], "Promo 北京.mp4", "video/mp4") if video_id == "v1" else None,
        hear=heard.append,
    )
    yield made
    lane.close(made)


@pytest.fixture
def page(a_lane):
    offer = lane.offer(a_lane, ORIGIN)
    page = Page(offer)
    assert page.enter(offer["token"]) == 200
    return page


def test_a_token_works_once_soon_and_from_its_page_only(a_lane, monkeypatch):
    offer = lane.offer(a_lane, ORIGIN)
    page = Page(offer)
    assert page.enter(offer["token"]) == 200
    assert page.enter(offer["token"]) == 403
    stolen = lane.offer(a_lane, ORIGIN)
    assert Page(stolen, origin="http://evil.example").enter(stolen["token"]) == 403
    assert Page(stolen).enter(stolen["token"]) == 403  # used up by the thief
    monkeypatch.setattr(lane, "TOKEN_LIFE_S", -1)
    late = lane.offer(a_lane, ORIGIN)
    assert Page(late).enter(late["token"]) == 403


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/upload"), ("POST", "/say"), ("POST", "/video/v1"), ("POST", "/close"), ("POST", "/nothing")],
)
def test_nothing_without_the_key_or_from_another_page(page, method, path):
    assert Page({"url": f"http://127.0.0.1:{page.port}"}).ask(method, path, b"").status == 401
    key, page.key = page.key, "another"
    assert page.ask(method, path, b"").status == 401
    page.key, page.origin = key, "http://evil.example"
    refused = page.ask(method, path, b"")
    assert (refused.status, refused.getheader("Access-Control-Allow-Origin")) == (401, None)
    page.origin = None
    assert page.ask(method, path, b"").status == 401


def test_only_pages_that_were_let_in_may_ask_across_origins(page):
    answer = page.ask("OPTIONS", "/upload", Access_Control_Request_Private_Network="true")
    assert answer.status == 204
    assert answer.getheader("Access-Control-Allow-Origin") == ORIGIN
    assert answer.getheader("Access-Control-Allow-Private-Network") == "true"
    page.origin = "http://evil.example"
    refused = page.ask("OPTIONS", "/upload")
    assert (refused.status, refused.getheader("Access-Control-Allow-Origin")) == (403, None)


def test_another_host_name_is_refused(page):
    """A name of an attacker's that is made to lead here."""
    assert page.ask("POST", "/say", b"{}", Host=f"evil.example:{page.port}").status == 403


def test_slices_in_any_order_become_the_file(page, files):
    runs = [(0, 3), (6, 5), (3, 3)]
    threads = [
        threading.Thread(
            target=page.ask,
            args=("PUT", "/upload", DATA[at * SLICE : (at + n) * SLICE]),
            kwargs={"Nemo_Slice": f"f1/{at}"},
        )
        for at, n in runs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert files["incoming"].fraction == 1
    assert files["incoming"].path.read_bytes() == DATA


def test_what_is_not_wanted_is_refused(page, files):
    assert page.ask("PUT", "/upload", Nemo_Slice="f2/0", body=b"x").status == 404
    assert page.ask("PUT", "/upload", Nemo_Slice="../etc/0", body=b"x").status == 404
    assert page.ask("PUT", "/upload", Nemo_Slice="f1/0", body=b"x", Content_Length="999999999999").status == 413
    assert page.ask("PUT", "/upload", Nemo_Slice="f1/0", body=iter([b"x"]), Transfer_Encoding="chunked").status == 411
    assert files["incoming"].fraction == 0


def test_a_connection_that_breaks_leaves_whole_slices_only(page, files):
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=60)
    connection.putrequest("PUT", "/upload")
    connection.putheader("Nemo-Slice", "f1/0")
    for name, value in {
        "Origin": ORIGIN,
        "Authorization": f"Bearer {page.key}",
        "Content-Length": str(len(DATA)),
    }.items():
        connection.putheader(name, value)
    connection.endheaders(DATA[: SLICE * 2 + 17])
    connection.close()
    deadline = time.monotonic() + 60
    while files["incoming"].missing()[0] != 2:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert page.ask("PUT", "/upload", Nemo_Slice="f1/2", body=DATA[2 * SLICE :]).status == 204
    assert files["incoming"].path.read_bytes() == DATA


def test_messages_are_heard(page, heard):
    assert page.ask("POST", "/say", b'{"kind": "upload-check", "id": "f1"}').status == 204
    assert page.ask("POST", "/say", b"no json").status == 204
    assert heard == [{"kind": "upload-check", "id": "f1"}]


@pytest.mark.parametrize(
    ("wanted", "status", "data", "told"),
    [
        (None, 200, DATA, None),
        ("bytes=0-", 206, DATA, "bytes 0-100002/100003"),
        ("bytes=100000-", 206, DATA[100_000:], "bytes 100000-100002/100003"),
        ("bytes=5-9", 206, DATA[5:10], "bytes 5-9/100003"),
        ("bytes=-3", 206, DATA[-3:], "bytes 100000-100002/100003"),
        ("bytes=100003-", 416, b"", "bytes */100003"),
        ("bytes=9-5", 416, b"", "bytes */100003"),
        ("bytes=0-1,5-6", 416, b"", "bytes */100003"),
        ("pages=1-2", 416, b"", "bytes */100003"),
    ],
)
def test_a_video_is_given_in_ranges(page, wanted, status, data, told):
    path = json.loads(page.ask("POST", "/video/v1").data)["path"]
    page.key = None
    answer = page.ask("GET", path, Range=wanted)
    assert (answer.status, answer.data, answer.getheader("Content-Range")) == (status, data, told)
    assert answer.getheader("Access-Control-Allow-Origin") == ORIGIN
    assert answer.getheader("Accept-Ranges") in ("bytes", None if status == 416 else "bytes")


def test_a_ticket_is_for_one_file_one_page_and_one_time(page, a_lane):
    path = json.loads(page.ask("POST", "/video/v1").data)["path"]
    assert page.ask("POST", "/video/v2").status == 404
    thief = Page({"url": f"http://127.0.0.1:{page.port}"}, origin="http://evil.example")
    assert thief.ask("GET", path).status == 404
    # A download is no fetch, and has no origin.
    saved = Page({"url": f"http://127.0.0.1:{page.port}"}, origin=None).ask("GET", f"{path}?download")
    assert saved.data == DATA
    assert saved.getheader("Content-Disposition") == "attachment; filename*=UTF-8''Promo%20%E5%8C%97%E4%BA%AC.mp4"
    another = json.loads(page.ask("POST", "/video/v1").data)["path"]
    assert page.ask("GET", path).status == 404
    assert page.ask("HEAD", another).status == 200
    assert page.ask("POST", "/close").status == 204
    assert page.ask("GET", another).status == 404
    assert page.ask("POST", "/say", b"{}").status == 401


def test_a_closed_widget_takes_its_pages_with_it(page, a_lane):
    path = json.loads(page.ask("POST", "/video/v1").data)["path"]
    lane.close(a_lane)
    assert page.ask("GET", path).status == 404
    assert page.ask("POST", "/say", b"{}").status == 401


def test_a_video_that_is_gone(page, files):
    path = json.loads(page.ask("POST", "/video/v1").data)["path"]
    files["video"].unlink()
    assert page.ask("GET", path).status == 410


def test_a_server_that_is_gone_is_started_anew(page, a_lane):
    lane.stop()
    with pytest.raises(OSError):
        page.ask("POST", "/say", b"{}")
    offer = lane.offer(a_lane, ORIGIN)
    assert Page(offer).enter(offer["token"]) == 200


@pytest.mark.parametrize("origin", ["null", "", "file://", "http://a b", "javascript:alert(1)", "http://host/path"])
def test_a_page_without_a_proper_origin_gets_no_lane(a_lane, origin):
    assert lane.offer(a_lane, origin) == {"url": None, "token": None}


def test_it_can_be_forbidden(a_lane, monkeypatch):
    monkeypatch.setenv("NEMO_FAST_LANE", "0")
    assert lane.offer(a_lane, ORIGIN) == {"url": None, "token": None}


def test_it_listens_on_this_machine_only(page):
    lines = Path("/proc/net/tcp").read_text().splitlines() if Path("/proc/net/tcp").exists() else []
    listening = [
        line.split()[1] for line in lines if line.split()[3] == "0A" and line.split()[1].endswith(f":{page.port:04X}")
    ]
    assert all(address.startswith("0100007F") for address in listening)
