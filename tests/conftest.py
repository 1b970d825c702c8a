"""Coroutine tests: each runs on a loop of its own, plain asyncio or, where asked, Qt's."""

import asyncio
import gc
import inspect

import pytest
import qasync


@pytest.fixture(params=["asyncio", "qasync"])
def both_loops(request: pytest.FixtureRequest) -> str:
    """Ask for this fixture to run a coroutine test once on each loop."""
    return str(request.param)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a coroutine test; its fixtures are made outside of the loop."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    factory = None
    if pyfuncitem.funcargs.get("both_loops") == "qasync":
        app = pyfuncitem._request.getfixturevalue("qapp")
        factory = lambda: qasync.QEventLoop(app)  # noqa: E731
    names = pyfuncitem._fixtureinfo.argnames
    try:
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    finally:
        if factory:
            # Left to the collector, the loop's timers and notifiers would be freed in whatever
            # thread it runs in next, and Qt ends the process for that.
            del runner
            gc.collect()
    return True
