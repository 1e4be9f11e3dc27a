"""A class on one studio: who gets in, that nobody reaches another's things, and what each may have."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sqlite3
import threading
import time
import uuid

import httpx
import pytest

from nemo_widgets import AsyncClient, errors
from nemo_widgets.client.auth import own_client_id
from nemo_widgets.errors import AuthError, FileTooLarge, OutOfCredits, RateLimited
from nemo_widgets.settings import Settings, StudioLimits
from nemo_widgets.studio import quotas, upkeep
from nemo_widgets.studio.classroom import Register
from nemo_widgets.studio.jobs import RenderQueue
from nemo_widgets.studio.quotas import Quotas
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import MediaRow, Store, User
from nemo_widgets.studio.workspace import Workspace
from tests.studio.conftest import Caller, photo

GRANT = "/api/auth/anonymous-token"
LIMITS = dataclasses.replace(
    StudioLimits.classroom(20), disk_bytes=40_000, video_minutes=1.0, jobs=2, messages=3, free_bytes=0
)
QUICK = dataclasses.replace(Settings.local(), rate_limit_wait=0.0, retry_wait=0.01)


@pytest.fixture(scope="module")
def seen():
    return []


@pytest.fixture(scope="module")
def studio(tmp_path_factory, seen):
    events = lambda student, what: seen.append((student, what))  # noqa: E731
    with Studio(tmp_path_factory.mktemp("class"), workers=1, pace=0, limits=LIMITS, on_event=events) as opened:
        yield opened


def ask_for_token(studio, client_id, **headers):
    return httpx.post(f"{studio.url}{GRANT}", headers={"X-Client-Id": client_id, **headers}, timeout=60)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


@pytest.fixture(scope="module")
def ann(studio):
    answer = ask_for_token(studio, "ann", **bearer(studio.join_token)).json()
    with Caller(studio, answer["data"]["token"]) as caller:
        yield caller


@pytest.fixture(scope="module")
def ben(studio):
    answer = ask_for_token(studio, "ben", **bearer(studio.join_token)).json()
    with Caller(studio, answer["data"]["token"]) as caller:
        yield caller


class TestJoining:
    @pytest.mark.parametrize(
        "headers", [{}, bearer("nmv_join_aaaaaaaaaaaaaaaa"), {"Authorization": "Bearer"}, {"Authorization": "x"}]
    )
    def test_nobody_gets_in_without_the_join_token(self, studio, headers):
        answer = ask_for_token(studio, "somebody", **headers).json()
        assert (answer["code"], answer["data"]) == (1001, None)

    def test_the_join_token_opens_nothing_else(self, studio):
        with Caller(studio, studio.join_token) as caller:
            answer = caller.post("/api/tasks/me/with-session/nemo_agent", json={}).json()
        assert (answer["code"], answer["data"]) == (1001, None)
        assert "token of your own" in answer["message"]

    def test_each_client_has_a_token_of_its_own_and_keeps_it(self, studio, ann, ben):
        again = ask_for_token(studio, "ann", **bearer(studio.join_token)).json()["data"]["token"]
        assert ann.http.headers["authorization"] == f"Bearer {again}" != ben.http.headers["authorization"]

    def test_the_teacher_may_let_somebody_in_too(self, studio):
        assert ask_for_token(studio, "ann", **bearer(studio.token)).json()["code"] == 0

    def test_it_is_in_no_repr_and_no_event(self, studio, seen, ann):
        assert ("student 1", "joined") in seen
        assert studio.join_token.startswith("nmv_join_")
        assert studio.join_token not in f"{studio!r} {studio.app!r} {seen}"


async def test_students_paste_the_join_token_into_the_client(studio, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    clients = [AsyncClient(studio.url, token=studio.join_token, settings=QUICK) for _ in range(2)]
    sessions = []
    for name, client in zip(("cat", "dan"), clients, strict=True):
        monkeypatch.setenv("NEMO_CLIENT_ID", str(uuid.uuid5(uuid.NAMESPACE_URL, name)))
        assert own_client_id()
        sessions.append(await client.create_session())
        await sessions[-1].upload(("a.jpg", photo()))
    with pytest.raises(errors.SessionNotFound):
        await clients[1].session(sessions[0].id).state()
    assert (await clients[0].session(sessions[0].id).state()).video_infos
    kept = "".join(path.read_text() for path in (tmp_path / "data").rglob("*.json"))
    assert studio.join_token not in kept
    for client in clients:
        await client.aclose()
    for name in ("dan", "somebody"):  # Dan has joined, but not with this one
        monkeypatch.setenv("NEMO_CLIENT_ID", str(uuid.uuid5(uuid.NAMESPACE_URL, name)))
        stranger = AsyncClient(studio.url, token="nmv_join_wrongwrongwrong", settings=QUICK)
        with pytest.raises(AuthError):
            await stranger.credits()
        await stranger.aclose()
    monkeypatch.setenv("NEMO_CLIENT_ID", str(uuid.uuid5(uuid.NAMESPACE_URL, "dan")))
    async with AsyncClient(studio.url, token=studio.join_token, settings=QUICK) as dan:
        assert (await dan.session(sessions[1].id).state()).video_infos, "and is still Dan"


async def test_a_student_may_give_a_name(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("NEMO_STUDENT", "  Zoë 王\udce9\x1b[2J nmv_join_secretsecretsecr " + "x" * 90)
    monkeypatch.setenv("NEMO_CLIENT_ID", str(uuid.uuid5(uuid.NAMESPACE_URL, "zoe")))
    heard = []
    with Studio(tmp_path / "class", students=3, on_event=lambda *line: heard.append(line)) as opened:
        async with AsyncClient(opened.url, token=opened.join_token, settings=QUICK) as client:
            await client.create_session()
        ask_for_token(opened, "ben", **bearer(opened.join_token))
        names = [one.name for one in opened.students()]
    assert names == [f"student 1 ({'Zoë 王? [2J [secret] ' + 'x' * 20})", "student 2"]
    assert heard[0] == (names[0], "joined")
    with Studio(tmp_path / "class", students=3) as again:
        assert [one.name for one in again.students()] == names
    with Studio(tmp_path / "own") as own, monkeypatch.context() as patched:  # nobody but a class is told
        sent = []
        patched.setattr(Register, "call", lambda *named: sent.append(named))
        async with AsyncClient(own.url, settings=QUICK) as client:
            await client.credits()
        assert not sent


def test_a_name_that_cannot_be_kept_keeps_nobody_out(tmp_path, monkeypatch):
    def full(*_named):
        raise sqlite3.OperationalError("database or disk is full")

    heard = []
    with Studio(tmp_path, students=1, on_event=lambda *line: heard.append(line)) as opened:
        monkeypatch.setattr(Store, "name_user", full)
        headers = bearer(opened.join_token) | {"X-Student-Name": "Ann"}
        assert ask_for_token(opened, "ann", **headers).json()["code"] == 0
    assert heard == [("student 1 (Ann)", "joined")]


class TestWhoIsNotLetIn:
    """The teacher sees them, since they are those who need help."""

    @pytest.fixture
    def heard(self):
        return []

    @pytest.fixture
    def door(self, tmp_path, heard):
        events = lambda student, what: heard.append((student, what))  # noqa: E731
        with Studio(tmp_path, students=1, on_event=events) as opened:
            yield opened

    @pytest.mark.parametrize(
        ("client", "headers", "why"),
        [
            ("ben", bearer("nmv_join_wrongwrongwrong"), "the join token is wrong or missing"),
            ("ben", {}, "the join token is wrong or missing"),
            ("", None, "it doesn't say which client it is"),
            ("ben", None, "the class is full"),
            ("ann", {"Host": "evil.example"}, "it calls the studio 'evil.example'"),
            ("ann", {"Host": "nmv_join_wrong.example:80"}, "it calls the studio '[secret].example:80'"),
            ("ann", {"Origin": "http://evil.example"}, "a web page of 'http://evil.example' asked"),
        ],
    )
    def test_they_are_told_with_the_reason_and_no_token(self, door, heard, client, headers, why):
        ask_for_token(door, "ann", **bearer(door.join_token))
        assert heard.pop() == ("student 1", "joined")
        answer = ask_for_token(door, client, **(bearer(door.join_token) if headers is None else headers))
        assert answer.json()["code"] != 0
        assert heard == [("somebody", f"was not let in from 127.0.0.1: {why}")]

    def test_a_flood_of_them_is_a_few_lines(self, tmp_path, heard):
        store = Store(tmp_path / "studio.sqlite")
        register = Register(store, lambda *line: heard.append(line), 1, students=True)
        for number in range(30):
            register.turned_away("10.0.0.1", f"attempt {number}")
        assert len(heard) == 5
        register.turned_away("10.0.0.2", "another")
        assert heard[-1][1].endswith("10.0.0.2: another (25 more since the last such line)")
        for number in range(20_000):
            register.turned_away(f"10.1.{number // 256}.{number % 256}", "\x1b]0;x\n" * 100)
        assert len(heard) < 100
        assert all(what.isprintable() and len(what) < 301 for _, what in heard)
        assert len(register._lines_each._left) <= 10_001
        store.close()


class TestIsolation:
    def test_ids_of_another_student_open_nothing(self, ann, ben):
        session = ann.session()
        draft = ann.tiny_draft(session)
        ann.render(session, draft, "render_anns")
        answers = [
            ben.get(f"/api/state/nemo_agent/me/{session}/latest"),
            ben.upload(session, ("a.jpg", photo())),
            ben.post("/run_sse", json=ben.message(session, "undo")),
            ben.post("/api/auth/claim-token", json={"session_id": session}),
            ben.post("/api/render/proxy/lambda", json={"id": "r", "sessionId": session}),
            ben.get("/api/render/proxy/lambda/render_anns"),
            ben.post("/api/render/proxy/lambda/render_anns/cancel"),
            ben.get("/api/render/proxy/render_anns/download"),
        ]
        assert {answer.json()["code"] for answer in answers} == {1002, 404}
        own = ben.session()
        assert ben.render(own, draft, "render_stolen").get("error") is None
        assert "isn't in this studio" in ben.finished("render_stolen")["error"]
        assert ann.finished("render_anns")["status"] == "completed"

    def test_the_address_of_a_file_is_no_id_that_could_be_guessed(self, ann, ben):
        listed = json.dumps(ben.state(ben.session()))
        file = ann.upload(ann.session(), ("a.jpg", photo())).json()["data"]["files"][0]
        folder = file["cdn_url"].split("/media/")[1].split("/")[0]
        assert len(uuid.UUID(hex=folder).hex) == 32
        assert folder not in listed


class TestQuotas:
    def test_messages(self, studio):
        token = ask_for_token(studio, "eve", **bearer(studio.join_token)).json()["data"]
        assert token["credits"] == LIMITS.messages
        with Caller(studio, token["token"]) as eve:
            session = eve.session()
            for _ in range(LIMITS.messages):
                eve.say(session, "hello")
            answer = eve.post("/run_sse", json=eve.message(session, "hello"))
            assert (answer.json()["code"], answer.json()["data"]) == (2001, {"reason": "class-messages"})

    def test_disk(self, ben):
        session = ben.session()
        big = photo(size=(1200, 900), suffix="PNG") + bytes(25_000)
        assert ben.upload(session, ("a.png", big)).json()["code"] == 0
        assert ben.upload(session, ("again.png", big)).json()["code"] == 4002  # while it arrives it is two files
        answer = ben.upload(session, ("b.png", big[:-1])).json()
        assert answer["code"] == 4002
        assert answer["data"]["reason"] == "class-disk"
        assert "room" in answer["message"]
        assert len(ben.state(session)["video_infos"]) == 1
        assert ben.upload(session, ("small.jpg", photo())).json()["code"] == 0

    def test_what_takes_no_room_is_counted(self, studio, monkeypatch):
        """Sessions, files that came before, renders that were cancelled: there may be thousands of each, no more."""
        token = ask_for_token(studio, "hal", **bearer(studio.join_token)).json()["data"]["token"]
        monkeypatch.setattr(quotas, "_MOST", {"session": 2, "media": 3, "job": 1})
        with Caller(studio, token) as hal:
            session = hal.session()
            draft = hal.tiny_draft(session)
            assert hal.upload(session, ("a.jpg", photo())).json()["code"] == 0
            assert "You have 3 files" in hal.upload(session, ("a.jpg", photo())).json()["message"]
            hal.session()
            refused = hal.post("/api/tasks/me/with-session/nemo_agent", json={}).json()
            assert "You have 2 sessions" in refused["message"]
            hal.render(session, draft, "once")
            hal.post("/api/render/proxy/lambda/once/cancel")
            hal.finished("once")
            assert "You have 1 exports" in hal.render(session, draft, "twice")["message"]
        with Caller(studio) as teacher:
            assert all(teacher.session() for _ in range(4))

    def test_what_makes_an_agent_slow_is_counted(self, studio, monkeypatch):
        """Files of a session, and pieces of a timeline."""
        token = ask_for_token(studio, "ida", **bearer(studio.join_token)).json()["data"]["token"]
        with Caller(studio, token) as ida, Caller(studio) as teacher:
            sessions = {ida: ida.session(), teacher: teacher.session()}
            files = [("files", (f"{n}.jpg", photo(colour=(n, n, n)))) for n in range(3)]
            for one, session in sessions.items():
                assert one.post(f"/api/upload-video/nemo_agent/me/{session}", files=files).json()["code"] == 0
            monkeypatch.setattr(quotas, "_MOST_IN_A_SESSION", 3)
            refused = ida.upload(sessions[ida], ("a.jpg", photo())).json()
            assert (refused["code"], refused["data"]) == (422, {"reason": "class-session", "most": 3})
            assert ida.upload(ida.session(), ("a.jpg", photo())).json()["code"] == 0
            assert teacher.upload(sessions[teacher], ("a.jpg", photo())).json()["code"] == 0
            conversation = studio.app.state.services.conversation
            monkeypatch.setattr(conversation, "_most_pieces", 2)
            said = ida.say(sessions[ida], "make a 9 second video of all photos")
            assert "at most 2" in json.dumps(said)
            assert ida.state(sessions[ida])["draft"] is None
            chinese = ida.session(language="zh")
            ida.upload(chinese, *((f"{n}.jpg", photo(colour=(n, n, n))) for n in range(3)))
            assert "课堂中最多 2 个" in ida.say(chinese, "用所有照片做一个9秒的视频")[-1]["errorMessage"]

    def test_the_same_file_again_takes_no_room(self, ann):
        session = ann.session()
        content = photo(colour=(9, 8, 7)) + bytes(8_000)
        for _ in range(8):
            assert ann.upload(session, ("a.jpg", content)).json()["code"] == 0

    def test_minutes_and_waiting_exports(self, studio, ann):
        session = ann.session()
        draft = ann.tiny_draft(session)
        long = json.loads(json.dumps(draft))
        long["t"][0]["sg"][-1]["d"] = 90_000
        long["d"] = 90_000
        answer = ann.render(session, long)
        assert (answer["code"], answer["data"]["reason"]) == (2001, "class-minutes")
        huge = draft | {"m": {"width": 8192, "height": 8192, "fps": 240}}
        assert ann.render(session, huge)["code"] == 2001
        for wrong in ({"width": 10**9}, {"fps": 1e9}, {"width": 4098}, {"height": 8192, "fps": 1}):
            assert ann.render(session, draft | {"m": draft["m"] | wrong})["code"] == 422

    def test_exports_that_wait(self, studio, ann):
        session = ann.session()
        draft = ann.tiny_draft(session)
        store = Store(studio._workspace / "studio.sqlite")
        (user,) = {row["user"] for row in store.rows("SELECT user FROM session WHERE id = ?", session)}
        for n in range(LIMITS.jobs):  # of a studio that is gone, so that nobody works on them
            store.add_job(user, f"waits-{n}", session=session, draft="{}", filename="x", owner="gone")
        body = {"id": "one-more", "sessionId": session, "draft": draft}
        answer = ann.post("/api/render/proxy/lambda", json=body)
        assert (answer.status_code, answer.json()["code"], answer.headers["retry-after"]) == (429, 429, "10")
        assert answer.json()["data"]["reason"] == "class-jobs"
        for n in range(LIMITS.jobs):
            store.move_job(store.job(user, f"waits-{n}"), "cancelled")
        store.close()
        assert ann.post("/api/render/proxy/lambda", json=body).json()["status"] in {"pending", "processing"}
        assert ann.finished("one-more")["status"] == "completed"

    def test_whoever_runs_the_studio_has_no_limits(self, studio):
        with Caller(studio) as teacher:
            session = teacher.session()
            for _ in range(LIMITS.messages + 1):
                teacher.say(session, "hello")
            assert teacher.upload(session, ("a.jpg", photo() + bytes(LIMITS.disk_bytes))).json()["code"] == 0


def test_a_student_who_is_forgotten_leaves_their_number_to_nobody(tmp_path):
    with contextlib.closing(Store(tmp_path / "studio.sqlite")) as store:
        register = Register(store, None, 10, students=True)

        def join(client, expires):
            store.put_token(client, "nonce", f"token of {client}", expires, 10)
            return register.name(store.token_of_client(client)[0])

        now = time.time()
        assert [join("ann", now - 1), join("ben", now + 60)] == ["student 1", "student 2"]
        upkeep.drop_users(store, now)
        assert join("cat", now + 60) == "student 3"


def test_uploads_at_the_same_time_share_the_room(tmp_path):
    workspace = Workspace(tmp_path)
    with contextlib.closing(Store(workspace.database)) as store:
        store.add_user("ann", 1)
        session = store.add_session("ann", "project", "en").id
        quotas, ann = Quotas(store, LIMITS, tmp_path), User("ann", 1)
        with quotas.room(ann, session) as slow:
            slow.take(1_000)
            with quotas.room(ann, session) as quick:
                quick.take(30_000)
                file = MediaRow("a" * 32, "ann", session, "upload", "a.png", "image", "png", 1, 1, None, 0.0, False,
                                30_000, "b" * 64, 0.0)  # fmt: skip
                store.add_media([file])
            with pytest.raises(FileTooLarge):
                slow.take(9_500)


def test_a_new_join_token_puts_everybody_out_who_had_the_old_one(tmp_path):
    with Studio(tmp_path, students=1) as studio:
        first = studio.join_token
        token = ask_for_token(studio, "ann", **bearer(first)).json()["data"]["token"]
        full = ask_for_token(studio, "ben", **bearer(first))
        assert (full.status_code, full.json()["data"]) == (403, {"reason": "class-full", "most": 1})
        assert ask_for_token(studio, "ann", **bearer(first)).json()["data"]["token"] == token
        assert [one.name for one in studio.students()] == ["student 1"]
        with Caller(studio, token) as ann:
            session = ann.session()
    with Studio(tmp_path, students=1) as studio:
        assert studio.join_token == first
        with Caller(studio, token) as ann:
            assert ann.state(session)["draft"] is None
    with Studio(tmp_path, students=1, new_join_token=True) as studio:
        assert studio.join_token != first
        assert ask_for_token(studio, "ann", **bearer(first)).json()["code"] == 1001
        with Caller(studio, token) as ann:
            assert ann.get("/api/credits/balance/simple").json()["code"] == 1001
        token = ask_for_token(studio, "ann", **bearer(studio.join_token)).json()["data"]["token"]
        with Caller(studio, token) as ann:
            assert ann.state(session)["draft"] is None


@pytest.mark.parametrize(
    ("code", "status", "data", "kind", "says"),
    [
        (4002, 200, {"reason": "class-disk", "used": 5, "most": 6}, FileTooLarge, "5 of your 6 MB"),
        (2001, 200, {"reason": "class-minutes", "used": 1, "most": 2, "wanted": 3}, OutOfCredits, "this one takes 3"),
        (429, 429, {"reason": "class-jobs", "most": 3}, RateLimited, "You have 3 exports"),
        (4001, 200, {"reason": "media-pixels", "name": "a.png", "megapixels": 9, "limit": 1}, errors.APIError, "a.png"),
        (4002, 200, {"reason": "nothing-known", "used": 5}, FileTooLarge, "too large"),
        (4002, 200, {"reason": "class-disk", "limit": "x", "self": 1, "key": "api", "used": []}, FileTooLarge, "…"),
    ],
)
def test_a_refusal_is_told_in_the_users_language(code, status, data, kind, says):
    from nemo_widgets.client.envelope import Answer, read_envelope

    body = json.dumps({"code": code, "message": "english only", "data": data}).encode()
    with pytest.raises(kind, match=says) as caught:
        read_envelope(Answer(status, "application/json", "1", body))
    assert caught.value.code == code
    if says[0] in "5tY":
        assert "english" not in str(caught.value.in_language("zh"))


def test_one_students_slow_links_keep_nobody_elses_waiting_and_none_of_their_own_files(studio, ann, monkeypatch):
    """Few are fetched at once: a server of one's own that never answers would hold all the places."""
    go, begun = threading.Event(), threading.Event()

    def fetch_all(urls, *_, **__):
        if "slow" in urls[0]:
            begun.set()
            assert go.wait(60)
        raise errors.InvalidInput(message="Not fetched.", remedy="Upload it.")

    monkeypatch.setattr("nemo_widgets.studio.fetching.fetch_all", fetch_all)
    token = ask_for_token(studio, "gil", **bearer(studio.join_token)).json()["data"]["token"]
    session = ann.session()
    path = f"/api/upload-video/nemo_agent/me/{session}"
    slow = [threading.Thread(target=ann.post, args=(path,), kwargs={"json": {"urls": ["slow"]}}) for _ in range(6)]
    with Caller(studio, token) as gil:
        own = f"/api/upload-video/nemo_agent/me/{gil.session()}"
        try:
            for one in slow:
                one.start()
            assert begun.wait(60)
            time.sleep(0.3)  # the others get as far as they get
            assert "Not fetched" in gil.post(own, json={"urls": ["quick"]}).text
            assert ann.upload(session, ("own.jpg", photo())).json()["code"] == 0
            assert not go.is_set()
        finally:
            go.set()
            for one in slow:
                one.join(60)


TINY = {"t": [{"tt": 0, "sg": [{"st": 0, "d": 1000, "m": {}}]}]}


def test_nothing_that_a_student_names_commands_the_teachers_terminal(studio, seen, ann):
    """Escape sequences in a refusal's text would."""
    path = f"/api/upload-video/nemo_agent/me/{ann.session()}"
    ann.post(path, json={"urls": ["\x1b]0;mine\x07\nann is the teacher"]})
    told = [what for _, what in seen if "ann is the teacher" in what]
    assert told
    assert all(what.isprintable() for what in told)


class TestQueue:
    """Renders that are controlled by the test, on a real store."""

    @pytest.fixture
    def place(self, tmp_path):
        workspace = Workspace(tmp_path)
        store = Store(workspace.database)
        yield workspace, store
        store.close()

    def submit(self, renders, user, job):
        renders.submit(user, job, session=f"of-{user}", draft=TINY, filename="x")

    def wait(self, condition):
        deadline = time.monotonic() + 60
        while not condition():
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def test_users_take_turns(self, place):
        workspace, store = place
        order, go = [], threading.Event()

        def render(draft, path, **_):
            go.wait(60)
            order.append(1)
            path.write_bytes(b"video")
            return path

        renders = RenderQueue(store, workspace, render)
        for user, job in [("ann", "a1"), ("ann", "a2"), ("ann", "a3"), ("ben", "b1"), ("cat", "c1"), ("ben", "b2")]:
            self.submit(renders, user, job)
        renders.start()
        go.set()
        self.wait(lambda: not store.open_jobs())
        renders.stop()
        ended = store.rows("SELECT id FROM job ORDER BY completed")
        assert [row["id"] for row in ended] == ["a1", "b1", "c1", "a2", "b2", "a3"]
        assert len(order) == 6

    def test_one_student_never_has_both_places(self, place):
        workspace, store = place
        go, began = threading.Event(), []

        def render(draft, path, *, resolve, **_):
            began.append(path.parent.name)
            assert go.wait(60)
            path.write_bytes(b"video")
            return path

        limits = StudioLimits.classroom(30)
        renders = RenderQueue(store, workspace, render, slots=limits.renders, each=limits.renders_each)
        for job in ("a1", "a2", "a3"):
            self.submit(renders, "ann", job)
        renders.start()
        self.wait(lambda: began)
        self.submit(renders, "ben", "b1")
        self.wait(lambda: store.job("ben", "b1").status == "processing")  # while ann's go on
        assert [store.job("ann", job).status for job in ("a1", "a2", "a3")] == ["processing", "pending", "pending"]
        go.set()
        self.wait(lambda: not store.open_jobs())
        renders.stop()

    def test_who_is_alone_has_all_processors_but_not_all_places(self, place):
        workspace, store = place
        go, began = threading.Event(), []

        def render(draft, path, *, workers, **_):
            began.append(workers)
            assert go.wait(60)
            path.write_bytes(b"video")
            return path

        renders = RenderQueue(store, workspace, render, workers=3, slots=2, each=1)
        for job in ("a1", "a2"):
            self.submit(renders, "ann", job)
        renders.start()
        self.wait(lambda: began == [6])
        self.submit(renders, "ben", "b1")
        self.wait(lambda: began == [6, 3])
        go.set()
        self.wait(lambda: not store.open_jobs())
        renders.stop()

    def test_each_cancelled_export_is_told_once(self, place):
        workspace, store = place
        began, ended = threading.Event(), []

        def render(draft, path, *, cancelled, **_):
            began.set()
            assert cancelled.wait(60)
            raise errors.RenderFailed("render-cancelled")

        renders = RenderQueue(store, workspace, render, on_end=lambda job: ended.append((job.id, job.status)))
        renders.start()
        for job in ("a1", "a2", "a3"):
            self.submit(renders, "ann", job)
        assert began.wait(60)
        for job in ("a3", "a2", "a1"):
            renders.cancel("ann", job)
        self.wait(lambda: len(ended) >= 3)
        renders.stop()
        assert ended == [("a3", "cancelled"), ("a2", "cancelled"), ("a1", "cancelled")]

    def test_a_render_that_reports_nothing_is_cancelled_from_another_studio(self, place):
        workspace, store = place
        began = threading.Event()

        def render(draft, path, *, cancelled, **_):
            began.set()
            assert cancelled.wait(60)
            raise errors.RenderFailed("render-cancelled")

        first, second = RenderQueue(store, workspace, render), RenderQueue(store, workspace, render)
        first.start()
        second.start()
        self.submit(first, "ann", "a1")
        assert began.wait(60)
        second.cancel("ann", "a1")
        self.wait(lambda: store.job("ann", "a1").status == "cancelled")
        first.stop()
        second.stop()
        assert list(workspace.videos_folder.iterdir()) == []

    def test_a_render_that_another_studio_cancels_at_its_end_leaves_no_video(self, place):
        workspace, store = place
        ended = []

        def render(draft, path, **_):
            path.write_bytes(b"video")
            store.move_job(store.job("ann", "a1"), "cancelled")  # which this studio hasn't heard of yet
            return path

        renders = RenderQueue(store, workspace, render, on_end=lambda job: ended.append(job.status))
        renders.start()
        self.submit(renders, "ann", "a1")
        self.wait(lambda: ended)
        renders.stop()
        assert ended == ["cancelled"]
        assert list(workspace.videos_folder.iterdir()) == []

    def test_a_render_that_takes_too_long_is_given_up(self, place):
        workspace, store = place
        ended = []

        def render(draft, path, *, cancelled, **_):
            path.write_bytes(b"half")
            assert cancelled.wait(60)
            raise errors.RenderFailed("render-cancelled")

        renders = RenderQueue(store, workspace, render, timeout=0.1, on_end=ended.append)
        renders.start()
        self.submit(renders, "ann", "a1")
        self.wait(lambda: ended)
        renders.stop()
        assert (ended[0].status, "longer than" in ended[0].error) == ("failed", True)
        assert list(workspace.videos_folder.iterdir()) == []
