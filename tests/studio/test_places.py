"""The places of a class: who holds one, and who gives theirs back to somebody who comes."""

from __future__ import annotations

import contextlib

import httpx
import pytest

from nemo_widgets.studio.places import where
from nemo_widgets.studio.server import Studio
from nemo_widgets.studio.store import Store
from tests.studio.conftest import Caller, photo

A_MINUTE = 60.0


class Class:
    """A studio behind a proxy that says where its students are."""

    def __init__(self, studio):
        self.studio = studio

    def join(self, client, address="10.0.0.1"):
        headers = {
            "X-Client-Id": client,
            "Authorization": f"Bearer {self.studio.join_token}",
            "X-Forwarded-For": address,
        }
        return httpx.post(f"{self.studio.url}/api/auth/anonymous-token", headers=headers, timeout=60).json()

    @contextlib.contextmanager
    def student(self, client, address="10.0.0.1"):
        with Caller(self.studio, self.join(client, address)["data"]["token"]) as caller:
            yield caller

    def uploads(self, client, address="10.0.0.1"):
        """Join, and bring a file."""
        with self.student(client, address) as caller:
            session = caller.session()
            assert caller.upload(session, ("a.jpg", photo())).json()["code"] == 0
        return session

    def pass_by(self, seconds):
        """Let everybody have been away so long."""
        with contextlib.closing(Store(self.studio._workspace / "studio.sqlite")) as store, store.writing() as db:
            db.execute("UPDATE user SET seen = seen - ?", (seconds,))


@pytest.fixture
def lesson(tmp_path):
    with Studio(tmp_path, students=2, public_url="https://class.example.org", workers=1) as studio:
        yield Class(studio)


def joined(answer):
    assert answer["code"] in {0, 403}
    return answer["code"] == 0


def test_who_works_keeps_their_place(lesson):
    lesson.uploads("ann", "10.0.0.1")
    lesson.uploads("ben", "10.0.0.2")
    lesson.pass_by(9 * A_MINUTE)
    refused = lesson.join("cat", "10.0.0.3")
    assert (refused["code"], refused["data"]) == (403, {"reason": "class-full", "most": 2})
    assert joined(lesson.join("ann")), "who has joined comes back in"


def test_who_was_long_away_gives_their_place_back_and_finds_their_things(lesson):
    session = lesson.uploads("ann", "10.0.0.1")
    lesson.uploads("ben", "10.0.0.2")
    lesson.pass_by(31 * A_MINUTE)
    assert [joined(lesson.join(name, "10.0.0.3")) for name in ("cat", "dan")] == [True, True]
    with lesson.student("ann") as ann:
        assert len(ann.state(session)["video_infos"]) == 1
        assert ann.upload(session, ("b.jpg", photo())).json()["code"] == 0


def test_asking_for_anything_keeps_the_place(lesson):
    lesson.uploads("ann", "10.0.0.1")
    lesson.uploads("ben", "10.0.0.2")
    lesson.pass_by(31 * A_MINUTE)
    with lesson.student("ann") as ann:
        ann.get("/api/credits/balance/simple")
    assert joined(lesson.join("cat", "10.0.0.3"))
    assert not joined(lesson.join("dan", "10.0.0.4"))


def test_a_render_that_is_open_keeps_the_place(lesson):
    session = lesson.uploads("ann", "10.0.0.1")
    lesson.uploads("ben", "10.0.0.2")
    with contextlib.closing(Store(lesson.studio._workspace / "studio.sqlite")) as store:
        (ann,) = {row["user"] for row in store.rows("SELECT user FROM session WHERE id = ?", session)}
        job = store.add_job(ann, "waits", session=session, draft="{}", filename="x", owner="gone")
        lesson.pass_by(300 * A_MINUTE)
        assert joined(lesson.join("cat", "10.0.0.1"))
        assert not joined(lesson.join("dan", "10.0.0.1"))
        store.move_job(job, "cancelled")
        assert joined(lesson.join("dan", "10.0.0.1"))


def test_a_hub_that_gives_a_fresh_home_after_each_restart_does_not_fill_the_class(lesson):
    """All students of a hub come from one address, and those from before it was restarted aren't seen again."""
    lesson.uploads("ann in her first home")
    lesson.uploads("ben in his first home")
    assert not joined(lesson.join("cat"))
    lesson.pass_by(6 * A_MINUTE)
    assert not joined(lesson.join("dan", "10.0.0.9")), "elsewhere nobody knows that they are gone"
    for home in ("ann in her second home", "ben in his second home"):
        lesson.uploads(home)
    assert not joined(lesson.join("cat"))


def test_clients_that_were_invented_give_way_to_others(lesson):
    for number in range(2):
        assert joined(lesson.join(f"invented {number}", "10.0.0.66"))
    assert not joined(lesson.join("invented 2", "10.0.0.66"))
    lesson.uploads("ann", "10.0.0.1")
    assert not joined(lesson.join("invented 2", "10.0.0.66"))
    # There is one of them left, which may be a student who has just come; it keeps its place for a while.
    assert not joined(lesson.join("ben", "10.0.0.2"))
    lesson.pass_by(11 * A_MINUTE)
    assert joined(lesson.join("ben", "10.0.0.2"))


def test_one_network_of_the_new_kind_is_one_address():
    assert where("2001:db8:1:2::7") == where("2001:db8:1:2:ffff::1") != where("2001:db8:1:3::7")
    assert where("::ffff:10.0.0.1") == where("10.0.0.1") != where("10.0.0.2")
    assert where("") == where("a socket's path") == ""


def test_a_studio_of_one_version_earlier_goes_on(tmp_path):
    """Its store knows neither when students were seen nor from where."""
    with Studio(tmp_path, students=1) as studio:
        token = Class(studio).join("ann")["data"]["token"]
    with contextlib.closing(Store(tmp_path / "studio.sqlite")) as store, store.writing() as db:
        db.execute("ALTER TABLE user DROP COLUMN seen")
        db.execute("ALTER TABLE user DROP COLUMN address")
    with Studio(tmp_path, students=1) as studio, Caller(studio, token) as ann:
        assert ann.session()
        assert not joined(Class(studio).join("ben"))
