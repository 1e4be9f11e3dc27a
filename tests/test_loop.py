"""The background loop: reached from any thread and any loop, blocked on only where that can end."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import textwrap
import threading

import pytest

from nemo_widgets import loop


async def where() -> str:
    await asyncio.sleep(0)
    return threading.current_thread().name


def test_everything_runs_on_one_thread():
    bridged = loop.on_loop(where)
    assert asyncio.run(bridged()) == "nemo-widgets"
    assert loop.submit(where()).result(60) == "nemo-widgets"
    assert loop.wait(where()) == "nemo-widgets"
    assert loop.wait(bridged()) == "nemo-widgets", "from the loop itself it is a plain call"


def test_many_threads_at_once():
    seen = []
    threads = [threading.Thread(target=lambda: seen.append(loop.wait(where()))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert seen == ["nemo-widgets"] * 20
    assert sum(thread.name == "nemo-widgets" for thread in threading.enumerate()) == 1


def test_errors_cross_over():
    @loop.on_loop
    async def fails() -> None:
        raise ValueError("here")

    with pytest.raises(ValueError, match="here"):
        asyncio.run(fails())
    with pytest.raises(ValueError, match="here"):
        loop.wait(fails())


def test_cancelling_the_caller_cancels_the_work():
    begun, cancelled = threading.Event(), threading.Event()

    @loop.on_loop
    async def endless() -> None:
        try:
            begun.set()
            await asyncio.sleep(600)
        finally:
            cancelled.set()

    async def main() -> None:
        calling = asyncio.create_task(endless())
        assert await asyncio.to_thread(begun.wait, 60)
        calling.cancel()
        await calling

    with pytest.raises(asyncio.CancelledError):
        asyncio.run(main())
    assert cancelled.wait(60)


def test_blocking_on_the_background_loop_is_refused():
    async def blocks() -> None:
        loop.wait(where())

    with pytest.raises(RuntimeError, match="callback"):
        loop.wait(blocks())


def test_waiting_inside_a_running_loop():
    async def cell() -> str:
        return loop.wait(where())

    assert asyncio.run(cell()) == "nemo-widgets"


def test_run_without_a_loop():
    assert loop.run(where()) == threading.current_thread().name


def test_run_inside_a_running_loop_stays_on_it():
    async def cell() -> bool:
        mine = asyncio.get_running_loop()

        async def own() -> bool:
            await asyncio.sleep(0)
            return asyncio.get_running_loop() is mine

        return loop.run(own())

    # A thread of its own: nest-asyncio patches the loop for good.
    result = []
    thread = threading.Thread(target=lambda: result.append(asyncio.run(cell())))
    thread.start()
    thread.join(60)
    assert result == [True]


def in_a_script(code: str) -> str:
    """Run code in a process of its own: nest-asyncio patches for good."""
    shown = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)], check=False, capture_output=True, text=True, timeout=300
    )
    assert shown.returncode == 0, shown.stderr
    return shown.stdout


def test_run_leaves_the_clients_loop_as_it_was():
    assert (
        in_a_script("""
        import asyncio
        from nemo_widgets import loop

        kept = [getattr(loop.background_loop(), name) for name in ("run_forever", "_run_once")]

        async def cell():
            loop.run(asyncio.sleep(0))
            return asyncio.get_running_loop()

        patched = asyncio.run(cell())
        assert type(patched)._run_once is not asyncio.BaseEventLoop._run_once
        print([getattr(loop.background_loop(), name) for name in ("run_forever", "_run_once")] == kept)
    """)
        == "True\n"
    )


def test_run_in_a_callback_of_the_client_is_refused():
    assert (
        in_a_script("""
        import asyncio
        from nemo_widgets import loop

        async def callback():
            loop.run(asyncio.sleep(0))

        try:
            loop.wait(callback())
        except RuntimeError as error:
            print("callback" in str(error), hasattr(asyncio, "_nest_patched"))
    """)
        == "True False\n"
    )


def test_an_interrupt_ends_what_runs_nested():
    assert (
        in_a_script("""
        import asyncio, os, signal, threading
        from nemo_widgets import loop

        ended = []

        async def endless():
            try:
                threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
                await asyncio.sleep(600)
            finally:
                ended.append(True)

        async def cell():
            try:
                loop.run(endless())
            except KeyboardInterrupt:
                print("interrupted", ended, len(asyncio.all_tasks()))

        asyncio.new_event_loop().run_until_complete(cell())
    """)
        == "interrupted [True] 1\n"
    )


def test_a_loop_that_cant_be_patched_is_left_alone_and_says_so():
    # As uvloop's: a loop of its own kind, not one of asyncio's classes.
    assert (
        in_a_script("""
        import asyncio, threading, warnings
        from nemo_widgets import loop

        class Foreign(asyncio.AbstractEventLoop):
            pass

        async def where():
            await asyncio.sleep(0)
            return threading.current_thread().name

        asyncio._set_running_loop(Foreign())
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            print(loop.run(where()), "background loop" in str(told[0].message), hasattr(asyncio, "_nest_patched"))
    """)
        == "nemo-widgets True False\n"
    )


def test_the_first_run_in_a_busy_loop_leaves_it_whole():
    """The loop's own iteration, which began before it was patched, counts on the callbacks that were ready then."""
    code = """
import asyncio, nemo_widgets as nw
async def own():
    await asyncio.sleep(0)
    return "done"
async def main():
    loop, shown = asyncio.get_running_loop(), []
    for _ in range(2):
        loop.call_soon(lambda: shown.append(nw.run(own())))
    for number in range(3):
        loop.call_soon(shown.append, number)
    while len(shown) < 5:
        await asyncio.sleep(0.01)
    print(sorted(map(str, shown)))
asyncio.run(main())
"""
    # A process of its own: nest-asyncio patches loops for good.
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert ran.stdout == "['0', '1', '2', 'done', 'done']\n", ran.stderr


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_forked_child_gets_a_loop_of_its_own():
    loop.wait(where())
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, loop.submit(where()).result(60).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        assert pipe.read() == "nemo-widgets"
    os.waitpid(child, 0)
