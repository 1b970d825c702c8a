"""`ForegroundChannel` in one process: the five methods, their directions, their payload."""

import pytest

from tray_app.adapters.channel.memory import memory_channel
from tray_app.core.channel import Call, Code, NoParams, PauseParams, RpcError
from tray_app.core.notification import Notification

NOTE = Notification(
    title="Backup Progress", content="Uploading photo 5 of 100", progress=5, max=100
)
APP_TO_NATIVE = [("start", None), ("stop", None), ("updateNotification", NOTE)]
NATIVE_TO_APP = [("initialized", None), ("systemStop", None)]


def heard():
    ends = memory_channel()
    said = ([], [])
    for end, calls in zip(ends, said, strict=True):
        end.on_call(calls.append)
    return *ends, *said


@pytest.mark.parametrize(("method", "params"), APP_TO_NATIVE + NATIVE_TO_APP)
def test_each_method_goes_its_own_way_only(method, params):
    app, native, at_app, at_native = heard()
    right, wrong = (app, native) if (method, params) in APP_TO_NATIVE else (native, app)
    right.call(method, params)
    call = Call(method, params or NoParams(), None, wants_answer=False)
    assert (at_native, at_app) == (([call], []) if right is app else ([], [call]))
    with pytest.raises(RpcError) as refused:
        wrong.call(method, params)
    assert refused.value.code is Code.NOT_ALLOWED
    assert method in refused.value.words
    assert len(at_app + at_native) == 1


@pytest.mark.parametrize(
    ("method", "params", "code"),
    [
        ("updateNotification", None, Code.INVALID_PARAMS),
        ("updateNotification", PauseParams(5), Code.INVALID_PARAMS),
        ("start", NOTE, Code.INVALID_PARAMS),
        ("format", None, Code.METHOD_NOT_FOUND),
        ("quit", None, Code.NOT_ALLOWED),  # asked by other processes, over the socket
    ],
)
def test_what_does_not_fit_is_refused_and_not_heard(method, params, code):
    app, native, at_app, at_native = heard()
    for end in (app, native) if code is Code.METHOD_NOT_FOUND else (app,):
        with pytest.raises(RpcError) as refused:
            end.call(method, params)
        assert refused.value.code is code
    assert at_app + at_native == []
