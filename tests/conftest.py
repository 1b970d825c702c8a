"""Coroutine tests, each on a loop of its own (asyncio or, where asked, Qt's); the collector."""

import asyncio
import gc
import inspect
import signal
from signal import default_int_handler

import pytest
import qasync
from hypothesis import settings

from tray_app.ui.garbage import collect_due

settings.register_profile("ours", deadline=None)  # a busy machine is slow now and then
settings.load_profile("ours")


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
    with asyncio.Runner(loop_factory=factory) as runner:
        runner.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


def pytest_sessionstart() -> None:
    """Keep Qt's objects from being freed by the collector in some test's thread.

    Programs that tests start hear signals even where the tests were started deaf to them, as by
    nohup or in the background of a script.
    """
    gc.disable()
    for number, usual in ((signal.SIGHUP, signal.SIG_DFL), (signal.SIGINT, default_int_handler)):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


def pytest_runtest_teardown() -> None:
    """Collect here instead, in the main thread."""
    collect_due()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    """Write lone surrogates out: reports travel between test processes as UTF-8."""
    report = yield
    report.sections = [
        (name, text.encode(errors="backslashreplace").decode()) for name, text in report.sections
    ]
    return report
