"""Real Jupyter kernels of several versions, with folders of their own."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from nemo_widgets.studio.agent.rules import RuleAgent
from nemo_widgets.studio.server import Studio

from .environments import ENVIRONMENTS
from .kernels import Kernel


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.path).parents:
            item.add_marker(pytest.mark.kernel)


@pytest.fixture(scope="session", params=ENVIRONMENTS, ids=lambda environment: environment.name)
def python(request):
    """The interpreter of each environment in turn."""
    return request.param.python()


@pytest.fixture(scope="module")
def kernels(python, tmp_path_factory):
    """What gives a module its kernel: one for all tests, and another after a test that left it hanging."""
    started: list[Kernel] = []

    def current() -> Kernel:
        if started and not started[-1].is_free():
            started.pop().stop()
        if not started:
            started.append(Kernel(python, tmp_path_factory.mktemp("kernel")))
        return started[-1]

    yield current
    for kernel in started:
        kernel.stop()


@pytest.fixture
def kernel(kernels):
    """One kernel for a module: its tests follow each other as the cells of a notebook do."""
    return kernels()


class PatientAgent(RuleAgent):
    """The studio's own agent, which writes down every prompt and answers the slow ones only when it may."""

    def __init__(self) -> None:
        super().__init__()
        self.prompts: list[str] = []
        self.may_answer = threading.Event()

    async def reply(self, prompt, context):
        self.prompts.append(prompt)
        while "slowly" in prompt and not self.may_answer.is_set():
            await asyncio.sleep(0.02)
        async for event in super().reply(prompt, context):
            yield event


@pytest.fixture
def patient(tmp_path):
    """A studio outside the kernel, and its agent."""
    agent = PatientAgent()
    with Studio(tmp_path / "studio", agent=agent, pace=0) as studio:
        yield studio, agent
        agent.may_answer.set()
