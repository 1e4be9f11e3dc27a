"""The service's contract, spoken to a real studio over real HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from datetime import UTC, datetime
from types import SimpleNamespace

import httpx
import pytest

from nemo_widgets.studio import conversation
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import Store
from tests.studio.conftest import Caller, anonymous_token, photo, text_of


def test_health_needs_no_token(studio):
    assert httpx.get(f"{studio.url}/health", timeout=60).json() == {"ok": True}


class TestTokens:
    def test_the_same_client_gets_the_same_token_again(self, studio):
        client_id = str(uuid.uuid4())
        answers = [
            httpx.post(f"{studio.url}/api/auth/anonymous-token", headers={"X-Client-Id": client_id}, timeout=60).json()
            for _ in range(2)
        ]
        first, second = (answer["data"] for answer in answers)
        assert first == second
        assert answers[0]["code"] == 0
        assert first["token"].startswith("nmv_usr_")
        assert first["user_id"].startswith("anon_")
        assert first["credits"] == 100
        week = datetime.fromisoformat(first["expires_at"]) - datetime.now(UTC)
        assert 6.9 < week.total_seconds() / 86_400 <= 7
        assert anonymous_token(studio) != first["token"]

    def test_a_client_that_does_not_say_who_it_is(self, studio):
        assert httpx.post(f"{studio.url}/api/auth/anonymous-token", timeout=60).json()["code"] == 400

    def test_an_expired_token_is_refused_and_replaced(self, studio):
        client_id = str(uuid.uuid4())
        old = anonymous_token(studio, client_id)
        with Caller(studio, old) as caller:
            assert caller.get("/api/credits/balance/simple").json()["code"] == 0
            with contextlib.closing(Store(studio._workspace / "studio.sqlite")) as store:
                store.expire_tokens()
            assert caller.get("/api/credits/balance/simple").json()["code"] == 1001
        new = anonymous_token(studio, client_id)
        assert new != old
        with Caller(studio, new) as caller:
            assert caller.get("/api/credits/balance/simple").json()["code"] == 0

    @pytest.mark.parametrize(
        "headers", [{}, {"Authorization": "Bearer nmv_usr_wrong"}, {"Authorization": "Basic eA=="}]
    )
    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("POST", "/api/tasks/me/with-session/nemo_agent"),
            ("POST", "/api/auth/claim-token"),
            ("GET", "/api/credits/balance/simple"),
            ("GET", "/api/state/nemo_agent/me/x/latest"),
            ("POST", "/api/upload-video/nemo_agent/me/x"),
            ("POST", "/api/render/proxy/lambda"),
            ("GET", "/api/render/proxy/lambda/x"),
            ("POST", "/api/render/proxy/lambda/x/cancel"),
            ("GET", "/api/render/proxy/x/download"),
        ],
    )
    def test_without_a_valid_token(self, studio, method, path, headers):
        assert httpx.request(method, studio.url + path, headers=headers, timeout=60).json()["code"] == 1001

    def test_a_message_without_a_valid_token_is_an_http_error_too(self, studio):
        answer = httpx.post(f"{studio.url}/run_sse", json={}, timeout=60)
        assert (answer.status_code, answer.json()["code"]) == (401, 1001)
        assert answer.json()["detail"]


class TestSessions:
    def test_open_and_claim(self, me):
        opened = me.post("/api/tasks/me/with-session/nemo_agent", json={"task_name": "project"}).json()["data"]
        assert set(opened) >= {"task_id", "session_id"}
        claimed = me.post("/api/auth/claim-token", json=opened).json()["data"]
        assert claimed["claim_token"].startswith("clm_")
        assert claimed["expires_in"] == 604_800

    def test_a_new_session_has_no_draft(self, me):
        state = me.state(me.session())
        assert state["draft"] is None
        assert state["video_infos"] == []

    def test_an_unknown_session(self, me):
        assert me.get("/api/state/nemo_agent/me/nowhere/latest").json()["code"] == 1002
        assert me.upload("nowhere", ("a.jpg", photo())).json()["code"] == 1002
        assert me.render("nowhere", {"t": []})["code"] == 1002
        answer = me.post("/run_sse", json=me.message("nowhere", "hello"))
        assert (answer.status_code, answer.json()["code"]) == (404, 1002)

    @pytest.mark.parametrize("body", [b"{", b"[]", b"\xff", b"[" * 100_000])
    def test_a_body_that_is_no_object(self, me, body):
        assert me.post("/api/tasks/me/with-session/nemo_agent", content=body).json()["code"] == 422
        assert me.post("/run_sse", content=body).status_code == 422

    def test_an_unknown_path(self, me):
        answer = me.get("/api/nothing")
        assert (answer.status_code, answer.json()["code"]) == (404, 404)


class TestOwners:
    """What is one person's is nobody else's."""

    def test_sessions_files_and_renders_are_the_owners_alone(self, me, stranger):
        session = me.session()
        draft = me.tiny_draft(session)
        me.render(session, draft, "render_mine")
        assert stranger.get(f"/api/state/nemo_agent/me/{session}/latest").json()["code"] == 1002
        assert stranger.upload(session, ("a.jpg", photo())).json()["code"] == 1002
        assert stranger.post("/run_sse", json=stranger.message(session, "hi")).json()["code"] == 1002
        assert stranger.post("/api/auth/claim-token", json={"session_id": session}).json()["code"] == 1002
        assert stranger.render(session, draft)["code"] == 1002
        for answer in (
            stranger.get("/api/render/proxy/lambda/render_mine"),
            stranger.post("/api/render/proxy/lambda/render_mine/cancel"),
            stranger.get("/api/render/proxy/render_mine/download"),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, 404)
        assert me.finished("render_mine")["status"] == "completed"

    def test_the_same_render_id_of_somebody_else_is_another_job(self, me, stranger):
        mine, theirs = me.session(), stranger.session()
        me.render(mine, me.tiny_draft(mine), "render_same")
        stranger.render(theirs, stranger.tiny_draft(theirs), "render_same")
        urls = {caller.finished("render_same")["output"]["url"] for caller in (me, stranger)}
        assert len(urls) == 2

    def test_a_draft_cannot_reach_a_strangers_file(self, me, stranger):
        theirs = stranger.session()
        draft = stranger.tiny_draft(theirs)
        session = me.session()
        me.render(session, draft, "render_stolen")
        job = me.finished("render_stolen")
        assert job["status"] == "failed"
        assert "isn't in this studio" in job["error"]


class TestMessages:
    def test_the_answer_is_a_stream_of_events(self, me):
        session = me.session()
        me.upload(session, *[(f"paris-{n}.jpg", photo()) for n in range(3)])
        events = me.say(session, "combine these images into a 30-second promo video with music and text")
        assert len({event["invocationId"] for event in events}) == 1
        assert all(event["author"] == "nemo_agent" and event["timestamp"] > 0 and event["id"] for event in events)
        assert "Paris" in text_of(events)
        parts = [part for event in events for part in event.get("content", {}).get("parts", [])]
        calls = [part["functionCall"] for part in parts if "functionCall" in part]
        responses = [part["functionResponse"] for part in parts if "functionResponse" in part]
        assert [call["id"] for call in calls] == [response["id"] for response in responses]
        assert "compose_music" in {call["name"] for call in calls}
        drafts = [event["actions"]["stateDelta"]["draft"] for event in events if event["actions"]["stateDelta"]]
        state = me.state(session)
        assert drafts == [state["draft"]]
        assert state["draft"]["d"] == 30_000
        assert state["canvas_config"] == {"width": 1920, "height": 1080, "fps": 30}
        assert [one["filename"] for one in state["video_infos"]] == ["paris-0.jpg", "paris-1.jpg", "paris-2.jpg"]
        assert [one["file_type"] for one in state["generated_media"]] == ["audio"]

    def test_the_role_may_be_said_and_parts_are_joined(self, me):
        session = me.session()
        assert "upload" in text_of(me.say(session, "make a video", role="user")).lower()

    def test_a_silent_edit_changes_the_draft(self, me):
        session = me.session()
        me.upload(session, ("a.jpg", photo()))
        me.say(session, "make a 5 second video with music")
        events = me.say(session, "set the music volume to 50%")
        assert text_of(events) == ""
        assert events
        assert [s["m"]["volume"] for t in me.state(session)["draft"]["t"] if t["tt"] == 1 for s in t["sg"]] == [0.5]

    def test_undo(self, me):
        session = me.session()
        me.upload(session, ("a.jpg", photo()))
        me.say(session, "make a 5 second video")
        before = me.state(session)["draft"]
        me.say(session, 'add a title "Hello"')
        assert me.state(session)["draft"] != before
        me.say(session, "undo")
        assert me.state(session)["draft"] == before

    def test_pieces_are_paced_and_the_whole_is_quick(self, tmp_path, monkeypatch):
        pauses, sleep = [], asyncio.sleep

        async def noted(seconds):
            pauses.append(seconds)
            await sleep(0)

        monkeypatch.setattr(conversation, "asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": noted}))
        with Studio(tmp_path) as studio, Caller(studio) as me:
            session = me.session()
            me.upload(session, ("a.jpg", photo()))
            said = me.say(session, "make a 5 second video with text")
        assert len(pauses) == sum(bool(event.get("partial")) for event in said) > 5
        assert min(pauses) > 0
        assert sum(pauses) < 2

    @pytest.mark.parametrize("message", [{}, {"parts": []}, {"parts": [{"text": "  "}]}, {"parts": None}, None, "x"])
    def test_an_empty_message_costs_nothing(self, stranger, message):
        body = {"session_id": stranger.session(), "new_message": message}
        answer = stranger.post("/run_sse", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, 422)
        assert stranger.get("/api/credits/balance/simple").json()["data"]["available"] == 100

    def test_frames_are_utf8_and_one_line_each(self, me):
        session = me.session()
        me.upload(session, ("a.jpg", photo()))
        body = me.message(session, 'make a 5 second video titled "a\u2028b\u0085c\nd 🎬"')
        content = me.post("/run_sse", json=body).content
        for frame in content.removesuffix(b"\n\n").split(b"\n\n"):
            assert frame.startswith(b"data: ")
            assert b"\n" not in frame
            json.loads(frame[6:])


class TestCredits:
    def test_a_message_costs_one_and_there_is_an_end(self, stranger, shared_studio):
        session = stranger.session()
        stranger.say(session, "hello")
        balance = stranger.get("/api/credits/balance/simple").json()["data"]
        assert balance == {"available": 99, "frozen": 0, "total": 99}
        stranger.upload(session, ("a.jpg", photo()))
        for _ in range(99):
            stranger.say(session, "hello")
        answer = stranger.post("/run_sse", json=stranger.message(session, "hello"))
        assert answer.json()["code"] == 2001
        assert answer.status_code not in {402, 429}
        assert stranger.get("/api/credits/balance/simple").json()["data"]["available"] == 0

    def test_whoever_started_the_studio_is_not_charged(self, me):
        before = me.get("/api/credits/balance/simple").json()["data"]
        me.say(me.session(), "hello")
        assert me.get("/api/credits/balance/simple").json()["data"] == before
        assert before["available"] > 1000
