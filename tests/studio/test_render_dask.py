"""Renders on a Dask cluster of several processes: the same bytes, whatever happens to its workers."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import itertools
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import distributed
import psutil
import pytest

from nemo_widgets.errors import InvalidInput, RenderFailed
from nemo_widgets.studio.render import pool, render
from nemo_widgets.studio.render.cluster import Cluster, crew, errand
from nemo_widgets.studio.render.cluster.cache import Cache
from nemo_widgets.studio.render.cluster.depot import Claim, Depot
from nemo_widgets.studio.render.cluster.engine import differences, engine
from nemo_widgets.studio.render.cluster.manifest import Manifest, looked
from nemo_widgets.studio.render.cluster.rota import MOST_ATTEMPTS, Rota
from nemo_widgets.studio.render.sharing import pieces
from nemo_widgets.studio.render.sources import prepared
from nemo_widgets.studio.server import Studio

sys.path.insert(0, str(Path(__file__).parent))

from samples import clip, decoded, draft, heard, photo, shot, sound

WORKERS = 2
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Where this module's workers keep what they fetch; they inherit it."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("NEMO_MEDIA_CACHE", str(folder))
        yield folder


def local_cluster(**more):
    options = {"processes": True, "n_workers": WORKERS, "threads_per_worker": 1, "dashboard_address": ":0"}
    return distributed.LocalCluster(**options | more)


@pytest.fixture(scope="module")
def cluster(cache):
    with local_cluster() as made:
        yield made


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """A draft of 17 s, so four pieces: a moving photo, a clip, a title in a font of its own, music; and it rendered here."""
    folder = tmp_path_factory.mktemp("film")
    first = photo(folder / "a b.PNG", width=480, height=270)
    second = clip(folder / "c.mp4", seconds=3)
    made = draft(
        shot(first, 14_000, motion="zoom-in", transition={"type": "crossfade", "d": 800}),
        shot(second, 3000),
        titles=[{"st": 4000, "d": 2000, "m": {"text": "Joint – Ωμέγα"}}],
        sounds=[shot(sound(folder / "a.wav", seconds=7), 7000, volume=0.5)],
        width=160,
        height=90,
    )
    return made, render(made, folder / "here.mp4", workers=1)


def engines():
    """The processes that render for the cluster's workers; one that mixes the sound is a child of ours."""
    found = []
    for process in psutil.Process().children(recursive=True):
        try:
            if "render.worker" in " ".join(process.cmdline()) and process.ppid() != os.getpid():
                found.append(process)
        except psutil.NoSuchProcess:
            continue
    return found


def settled(fact, patience=60):
    """Wait until something is so."""
    deadline = time.monotonic() + patience
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.05)


# The whole way


def test_a_cluster_renders_the_same_bytes(tmp_path, cluster, film):
    made, here = film
    seen = []
    there = render(made, tmp_path / "there.mp4", dask=cluster.scheduler_address, on_progress=seen.append)
    assert there.read_bytes() == here.read_bytes()
    assert len(decoded(there)) == 510
    assert heard(there).shape[1] == heard(here).shape[1]
    counts = [each.done for each in seen]
    assert counts[0] == 0
    assert counts == sorted(counts)
    assert (counts[-1], seen[-1].total) == (510, 510)
    assert len(set(counts) - {0, 150, 300, 450, 510}) > 2  # frames, not pieces
    assert [each.name for each in tmp_path.iterdir()] == ["there.mp4"]


def test_files_travel_by_http_once_and_leave_nothing_secret(tmp_path, cluster, film, cache, monkeypatch):
    """As on other machines: the studio's paths lead nowhere there, and pieces are too large for the scheduler."""
    made, here = film
    of_others = set(cache.glob("job-*"))  # a worker that another test kills clears nothing away
    client = distributed.Client(cluster, set_as_default=False)
    told, tickets = [], []
    claim, give = Depot.claim, Depot._give

    def claimed(depot, worker):
        tickets.append(depot._ticket)
        return claim(depot, worker)

    async def given(depot, request):
        told.append((request.path_params["name"], request.scope["client"]))
        return await give(depot, request)

    monkeypatch.setattr(Depot, "claim", claimed)
    monkeypatch.setattr(Depot, "_give", given)
    try:
        client.run(_far_away, True)
        there = render(made, tmp_path / "there.mp4", dask=client)
        again = render(made, tmp_path / "again.mp4", dask=client)
        logs = json.dumps([client.get_worker_logs(), client.get_scheduler_logs()])
        assert client.status == "running"  # it stays its owner's
    finally:
        client.run(_far_away, False)
        client.close()
    assert there.read_bytes() == again.read_bytes() == here.read_bytes()
    files = [name for name, _ in told if "." in name]
    assert len(files) == len(set(files))  # a photo, a clip and a font, over two workers and two renders
    assert {name.rpartition(".")[2] for name in files} >= {"png", "mp4"}
    kept = [path for path in cache.iterdir() if path.is_file() and path.suffix != ".lock"]
    assert {path.name for path in kept} == set(files)
    assert all(path.stem == hashlib.sha256(path.read_bytes()).hexdigest() for path in kept)
    settled(lambda: set(cache.glob("job-*")) <= of_others)
    assert tickets
    assert not [ticket for ticket in tickets if ticket in logs]


def _far_away(far):
    """On a worker: be on another machine, and far from the scheduler."""
    from nemo_widgets.studio.render.cluster import cache, errand

    if not hasattr(cache, "_near"):
        cache._near = cache._same
    cache._same = (lambda file: False) if far else cache._near
    errand.SMALL = 1000 if far else 256 * 1024


def test_a_studio_renders_on_a_cluster(tmp_path, cluster, me):
    with Studio(tmp_path, dask=cluster.scheduler_address, pace=0) as studio, type(me)(studio) as caller:
        session = caller.session()
        made = caller.tiny_draft(session, seconds=6)
        job = caller.finished(caller.render(session, made)["id"], patience=300)
        assert job["status"] == "completed"
        assert caller.http.get(job["output"]["url"]).content[4:8] == b"ftyp"


# Cancelling


def test_cancelling_stops_the_workers(tmp_path, cluster):
    stop, done = threading.Event(), []

    def on_progress(progress):
        done.append(progress.done)
        if progress.done > 5:
            stop.set()

    minutes = draft(shot(photo(tmp_path / "a.jpg"), 600_000, motion="zoom-in"), width=1920, height=1080)
    wanted = {"dask": cluster.scheduler_address, "on_progress": on_progress, "cancelled": stop}
    with pytest.raises(RenderFailed) as caught:
        render(minutes, tmp_path / "out" / "out.mp4", **wanted)
    assert done[-1] < 9_000  # half of them; some 30 on an idle machine
    assert caught.value.key == "render-cancelled"
    assert list((tmp_path / "out").iterdir()) == []
    settled(lambda: not engines())


def test_cancelling_does_not_wait_for_a_scheduler(tmp_path, film):
    stop = threading.Event()
    threading.Timer(0.3, stop.set).start()
    with pytest.raises(RenderFailed) as caught:
        # An address of the documentation's network: nobody answers there, not even to refuse.
        render(film[0], tmp_path / "out.mp4", dask="tcp://192.0.2.1:8786", cancelled=stop)
    assert caught.value.key in {"render-cancelled", "cluster-gone"}


# What goes wrong


@pytest.mark.parametrize("connects", ["while it is looked", "when it is over"])
def test_cancelling_leaves_no_client_open(connects):
    """Whether the scheduler answers just before or after the render is cancelled."""
    called, go, closed = threading.Event(), threading.Event(), threading.Event()

    class Client:
        def close(self, **_):
            closed.set()

    def connect():
        called.set()
        assert go.wait(60)
        return Client()

    def check():
        assert called.wait(60)
        if connects == "while it is looked":
            go.set()
            for thread in threading.enumerate():
                if thread.name == "nemo-connect":
                    thread.join(60)
        raise RenderFailed("render-cancelled")

    with pytest.raises(RenderFailed):
        crew.Crew(connect, None, check)
    go.set()
    assert closed.wait(60)


def test_a_lost_workers_pieces_are_rendered_by_another(tmp_path, cache, film):
    made, here = film
    killed = []
    with local_cluster() as cluster, distributed.Client(cluster, set_as_default=False) as client:

        def on_progress(progress):
            if progress.done > 5 and not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        there = render(made, tmp_path / "there.mp4", dask=client, on_progress=on_progress)
    assert killed
    assert there.read_bytes() == here.read_bytes()


def test_a_child_that_dies_costs_a_piece_and_no_worker(tmp_path, cluster, film):
    made, here = film
    killed = []

    def on_progress(progress):
        if progress.done > 5 and not killed:
            for one in engines()[:1]:  # where we were slow they may be between two pieces
                with contextlib.suppress(psutil.NoSuchProcess):
                    one.kill()
                    killed.append(one)

    with distributed.Client(cluster, set_as_default=False) as client:
        before = set(client.nthreads())
        there = render(made, tmp_path / "there.mp4", dask=client, on_progress=on_progress)
        assert set(client.nthreads()) == before
    assert killed
    assert there.read_bytes() == here.read_bytes()


@contextlib.contextmanager
def mortal_cluster():
    """A cluster in a process group of its own, and what kills all of it at once."""
    script = (
        "import distributed\n"
        "if __name__ == '__main__':\n"
        f"    cluster = distributed.LocalCluster(n_workers={WORKERS}, threads_per_worker=1, dashboard_address=':0')\n"
        "    print(cluster.scheduler_address, flush=True)\n"
        "    input()\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "cluster.py")
        path.write_text(script)
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
        with subprocess.Popen([sys.executable, path], **pipes, text=True, start_new_session=True) as process:

            def kill():
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)

            try:
                yield process.stdout.readline().strip(), kill
            finally:
                kill()


@pytest.mark.parametrize("falls_back", [False, True])
def test_a_cluster_that_goes_away_is_told_or_replaced_by_this_machine(tmp_path, cache, film, caplog, falls_back):
    """It is killed at the first frames, when pieces are left that nobody has been given."""
    made, here = film
    seen = []
    with mortal_cluster() as (address, kill):

        def on_progress(progress):
            seen.append(progress.done)
            if progress.done > 5:
                kill()

        wanted = {"dask": Cluster(address, falls_back=falls_back), "on_progress": on_progress}
        if not falls_back:
            with pytest.raises(RenderFailed, match="can't be reached") as caught:
                render(made, tmp_path / "there.mp4", **wanted)
            assert caught.value.remedy
            return
        there = render(made, tmp_path / "there.mp4", **wanted)
    assert "This machine renders the rest" in caplog.text
    assert (seen, seen[-1]) == (sorted(seen), 510)
    assert there.read_bytes() == here.read_bytes()


def test_another_version_on_a_worker_is_refused(tmp_path, cluster, film):
    with distributed.Client(cluster, set_as_default=False) as client:
        odd = list(client.nthreads())[:1]
        client.run(_older, True, workers=odd)
        try:
            with pytest.raises(RenderFailed, match=r"av 14\.0\.0 instead of") as caught:
                render(film[0], tmp_path / "out.mp4", dask=Cluster(cluster.scheduler_address, falls_back=True))
        finally:
            client.run(_older, False, workers=odd)
    assert caught.value.key == "cluster-engine"
    assert odd[0] in str(caught.value)


def _older(older):
    """On a worker: have another PyAV."""
    import av

    if older:
        av._version, av.__version__ = av.__version__, "14.0.0"
    else:
        av.__version__ = av._version


def test_a_damaged_file_is_named_and_not_tried_again(tmp_path, cluster):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(photo(tmp_path / "a.jpg").read_bytes()[:3000])
    with pytest.raises(RenderFailed, match=r"“Beach” can't be read"):
        render(draft(shot(broken, 500, name="Beach")), tmp_path / "out.mp4", dask=cluster.scheduler_address)


def test_workers_that_cannot_fetch_are_told_with_the_remedy(tmp_path, cluster, film, monkeypatch):
    claim = Depot.claim
    shut = Claim("http://127.0.0.1:9", "0" * 64, "secret")
    monkeypatch.setattr(Depot, "claim", lambda depot, worker: claim(depot, worker) and shut)
    with pytest.raises(RenderFailed, match="NEMO_MEDIA_ADDRESS") as caught:
        render(film[0], tmp_path / "out.mp4", dask=cluster.scheduler_address)
    assert "secret" not in str(caught.value)


def test_a_cluster_without_workers_is_told(tmp_path, film, monkeypatch):
    monkeypatch.setattr(crew, "_PATIENCE", 0.0)
    with local_cluster(n_workers=0) as cluster, pytest.raises(RenderFailed, match="has no workers"):
        render(film[0], tmp_path / "out.mp4", dask=cluster)


@pytest.mark.parametrize("wrong", ["", 8786, object()])
def test_what_is_no_cluster_is_refused(tmp_path, film, wrong):
    with pytest.raises(InvalidInput, match="scheduler's address"):
        render(film[0], tmp_path / "out.mp4", dask=wrong)


# The depot


@pytest.fixture
def depot(tmp_path, film):
    folder = tmp_path / "pieces"
    folder.mkdir()
    made = Depot(Manifest.of(prepared(film[0]), "high"), folder)
    yield made
    made.close()


def asked(claim, path, *, ticket=None, method="GET", body=None):
    parts = urlsplit(claim.url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
    headers = {} if ticket == "" else {"authorization": f"Bearer {ticket or claim.ticket}"}
    connection.request(method, path, body, headers)
    answer = connection.getresponse()
    read = answer.status, answer.read()
    connection.close()
    return read


def test_the_depot_gives_its_own_files_to_who_has_the_ticket(depot, film):
    claim = depot.claim("tcp://127.0.0.1:4000")
    manifest = Manifest.from_bytes(asked(claim, f"/{claim.manifest}")[1])
    for file in manifest.files.values():
        status, body = asked(claim, f"/{file.name}")
        assert (status, hashlib.sha256(body).hexdigest()) == (200, file.sha256)
        for ticket in ("", "wrong", claim.ticket[:-1]):
            assert asked(claim, f"/{file.name}", ticket=ticket)[0] == 403
            assert asked(claim, "/pieces", ticket=ticket, method="POST", body=b"x")[0] == 403
    for path in ("/", "/etc/passwd", "/..%2f..%2fetc%2fpasswd", "/%2e%2e", f"/{film[1].name}", "/pieces"):
        assert asked(claim, path)[0] in {404, 405}
    assert claim.ticket not in repr(claim) + claim.url + repr(errand.Errand("j", claim, 0, 0, 1, "k"))
    depot.close()
    with pytest.raises(OSError):
        asked(claim, f"/{claim.manifest}")


def test_the_depot_takes_pieces_under_names_of_its_own(depot):
    claim = depot.claim("tcp://127.0.0.1:4000")
    names = [json.loads(asked(claim, "/pieces", method="POST", body=b"piece" * 100_000)[1])["name"] for _ in range(2)]
    assert len(set(names)) == 2
    assert depot.received(names[0]).read_bytes() == b"piece" * 100_000


def test_each_job_has_a_ticket_of_its_own(depot, film, tmp_path):
    other = Depot(Manifest.of(prepared(film[0]), "high"), tmp_path)
    try:
        claims = depot.claim("tcp://127.0.0.1:1"), other.claim("tcp://127.0.0.1:1")
        assert claims[0].ticket != claims[1].ticket
        assert asked(claims[0], f"/{claims[0].manifest}", ticket=claims[1].ticket)[0] == 403
    finally:
        other.close()


def test_a_named_address_is_what_workers_are_told(depot, monkeypatch):
    monkeypatch.setenv("NEMO_MEDIA_ADDRESS", "localhost")
    claim = depot.claim("tcp://10.1.2.3:4000")
    assert urlsplit(claim.url).hostname == "localhost"
    assert asked(claim, f"/{claim.manifest}")[0] == 200


# Manifests, caches and who does what


def test_a_manifest_holds_no_path_that_matters_and_no_sound(film, tmp_path):
    plan = prepared(film[0])
    sent = Manifest.from_bytes(Manifest.of(plan, "low").to_bytes())
    assert sent.plan.sounds == ()
    placed = sent.placed(tmp_path)
    assert {Path(layer.source).parent for layer in placed.layers if hasattr(layer, "source")} == {tmp_path}
    first, last = ({file.name.rpartition(".")[2] for file in sent.needed(*run)} for run in ((0, 100), (450, 510)))
    assert (first, last) == ({"png"}, {"mp4"})


def test_a_path_is_used_only_where_it_is_the_same_file(tmp_path):
    original = tmp_path / "a.bin"
    original.write_bytes(b"what is meant")
    file = looked(str(original))
    cache = Cache(tmp_path / "cache", 10**6)
    folder = cache.job_folder()
    cache.place(file, folder / "near", pytest.fail)
    assert (folder / "near").read_bytes() == b"what is meant"
    original.write_bytes(b"something els")  # of the same length
    cache.place(file, folder / "far", lambda part: part.write_bytes(b"what is meant"))
    assert (folder / "far").read_bytes() == b"what is meant"


def test_a_cache_keeps_so_many_bytes_and_takes_nothing_from_a_job(tmp_path):
    cache = Cache(tmp_path / "cache", 2500)
    folder = cache.job_folder()
    for number in range(4):
        file = looked_at(tmp_path, number)
        cache.place(file, folder / file.name, lambda part, n=number: part.write_bytes(bytes([n]) * 1000))
        os.utime(tmp_path / "cache" / file.name, (number, number))
    kept = [path for path in (tmp_path / "cache").iterdir() if path.is_file() and path.suffix != ".lock"]
    assert sum(path.stat().st_size for path in kept) <= 2500
    assert [(folder / looked_at(tmp_path, n).name).read_bytes()[0] for n in range(4)] == [0, 1, 2, 3]


def looked_at(tmp_path, number):
    path = tmp_path / f"{number}.bin"
    path.write_bytes(bytes([number]) * 1000)
    file = looked(str(path))
    path.unlink()
    return file


def test_who_fetches_at_the_same_time_fetches_once(tmp_path):
    file = looked_at(tmp_path, 7)
    fetched = []

    def fetch(part):
        fetched.append(part)
        time.sleep(0.2)
        part.write_bytes(bytes([7]) * 1000)

    def place(number):
        cache = Cache(tmp_path / "cache", 10**6)
        cache.place(file, tmp_path / f"job{number}", fetch)

    threads = [threading.Thread(target=place, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fetched) == 1
    assert {(tmp_path / f"job{number}").read_bytes() for number in range(4)} == {bytes([7]) * 1000}


def test_half_a_file_is_not_kept(tmp_path):
    file = looked_at(tmp_path, 7)
    cache = Cache(tmp_path / "cache", 10**6)

    def broken(part):
        part.write_bytes(b"half")
        raise OSError("the line is cut")

    with pytest.raises(OSError, match="cut"):
        cache.place(file, tmp_path / "job", broken)
    assert not list((tmp_path / "cache").glob("*.bin*"))


def test_every_piece_is_done_once_whoever_comes_and_goes():
    rota = Rota([(n * 10, n * 10 + 10) for n in range(40)])
    doing = {worker: rota.next(worker) for worker in "abc"}
    assert len(set(doing.values())) == 3
    turn, done = 0, []
    while not rota.finished:
        turn += 1
        for worker in list(doing):
            piece = doing[worker]
            if piece is not None and turn % 7 == 0 and worker == "b":
                rota.lost(piece, worker)  # a worker that goes away again and again
            elif piece is not None and rota.done(piece):
                done.append(piece)
            doing[worker] = rota.next(worker)
        assert turn < 100
    assert sorted(done) == list(range(40))
    assert rota.frames == 400


def test_neighbouring_pieces_stay_together():
    rota = Rota([(n, n + 1) for n in range(32)])
    taken = {worker: [] for worker in "abcd"}
    while not rota.finished:
        for worker, mine in taken.items():
            piece = rota.next(worker)
            if piece is not None:
                mine.append(piece)
                rota.done(piece)
    jumps = sum(b != a + 1 for mine in taken.values() for a, b in itertools.pairwise(mine))
    assert jumps <= 6


def test_a_piece_that_everybody_fails_at_is_given_up():
    rota = Rota([(0, 10)])
    tries = 0
    while rota.next(f"worker {tries}") is not None:
        tries += 1
        if not rota.lost(0, f"worker {tries - 1}", failed=True):
            break
    assert tries == MOST_ATTEMPTS


def test_a_slow_piece_is_given_to_one_more():
    rota = Rota([(0, 10)])
    assert rota.next("slow") == 0
    assert not rota.again(0, "slow")
    assert rota.again(0, "idle")
    assert not rota.again(0, "third")
    assert rota.done(0)
    assert not rota.done(0)


def test_frames_of_a_piece_that_is_begun_again_are_not_counted_twice():
    rota = Rota([(0, 10), (10, 20)])
    rota.report(rota.next("a"), 7)
    rota.lost(0, "a")
    rota.report(rota.next("b"), 2)
    assert rota.frames == 7


def test_engines_differ_by_what_they_are_made_of():
    here = engine()
    assert {"av", "nemo-widgets", "FFmpeg's libavcodec", "pillow", "processor"} <= set(here)
    assert differences(here, here | {"numpy": "1.0"}) == [f"numpy 1.0 instead of {here['numpy']}"]


def test_the_pieces_are_those_of_a_render_on_one_machine(tmp_path, cluster, film, monkeypatch):
    """So that the same draft gives the same bytes: one table of runs, whoever renders them."""
    runs = []
    monkeypatch.setattr(crew.Crew, "render", lambda _crew, _rota, given, _tell: runs.extend(given) or _stop())
    with pytest.raises(RenderFailed):
        render(film[0], tmp_path / "out.mp4", dask=cluster)
    assert [(run["first"], run["last"]) for run in runs] == pieces(prepared(film[0]))


def _stop():
    raise RenderFailed("render-cancelled")


def test_the_local_pool_is_what_a_worker_uses(monkeypatch):
    """A cluster's pieces come from the very process that a render here starts."""
    assert errand.Child is pool.Child
