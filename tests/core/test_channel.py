"""Messages of the channel: the requirement's methods, and whatever else may come in."""

import json
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tray_app.core.channel import (
    METHODS,
    MOST_BYTES,
    MOST_PATHS,
    BackUpParams,
    Call,
    Code,
    Direction,
    NoParams,
    PauseParams,
    ReturnParams,
    RpcError,
    SyncParams,
    TicketParams,
    decode_answer,
    decode_call,
    encode_call,
    encode_error,
    encode_result,
    path_of,
    uri_of,
)
from tray_app.core.notification import Notification


def test_the_five_methods_and_their_directions():
    of = {name: method.direction for name, method in METHODS.items()}
    assert {name for name, way in of.items() if way is Direction.NATIVE_TO_APP} == {
        "initialized",
        "systemStop",
    }
    assert {name for name, way in of.items() if way is Direction.APP_TO_NATIVE} == {
        "start",
        "stop",
        "updateNotification",
    }
    assert {name for name, way in of.items() if way is Direction.ASKED} == {
        *("status", "pause", "resume", "backUpNow", "syncNow", "cancel", "show", "quit"),
        "signInReturned",
    }


PARAMS = {
    Notification: Notification(title="Backup Progress", content="5 of 100", progress=5, max=100),
    PauseParams: PauseParams(30),
    BackUpParams: BackUpParams(("file:///p/a%20b%FF.jpg",), anyway=True),
    ReturnParams: ReturnParams("app.immich:///oauth-callback?code=c&state=s"),
    TicketParams: TicketParams(7, 8),
    SyncParams: SyncParams(full=True, account="digest"),
    NoParams: NoParams(),
}


@pytest.mark.parametrize("method", METHODS)
def test_each_method_goes_over_the_wire_and_back(method):
    params = PARAMS[METHODS[method].params]
    line = encode_call(method, params, 7)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert decode_call(line) == Call(method, params, 7, wants_answer=True)


def request(**fields):
    return json.dumps({"jsonrpc": "2.0", "id": 3, "method": "status", **fields}).encode()


@pytest.mark.parametrize(
    ("line", "code", "answered_to"),
    [
        (b"", Code.PARSE, None),
        (b"{", Code.PARSE, None),
        (b"\xff\xfe", Code.PARSE, None),
        (b"[" * 60_000, Code.INVALID_REQUEST, None),
        (b'{"jsonrpc":"2.0","method":"status","params":' + b"[" * 60_000, Code.PARSE, None),
        (b"[]", Code.INVALID_REQUEST, None),
        (b"3", Code.INVALID_REQUEST, None),
        (b"{}", Code.INVALID_REQUEST, None),
        (request(method=3), Code.INVALID_REQUEST, None),
        (request(id=[1]), Code.INVALID_REQUEST, None),
        (request(more=1), Code.INVALID_REQUEST, None),
        (request(jsonrpc="1.0"), Code.INVALID_REQUEST, 3),
        (request(version=2), Code.WRONG_VERSION, 3),
        (request(method="rm -rf"), Code.METHOD_NOT_FOUND, 3),
        (request(method="pause", params={"minutes": "30"}), Code.INVALID_PARAMS, 3),
        (request(method="pause", params={"minutes": -1}), Code.INVALID_PARAMS, 3),
        (request(method="pause", params={"hours": 1}), Code.INVALID_PARAMS, 3),
        (request(method="pause", params=[30]), Code.INVALID_PARAMS, 3),
        (request(method="backUpNow", params={"paths": ["/p"]}), Code.INVALID_PARAMS, 3),
        (request(method="backUpNow", params={"paths": ["file:p"]}), Code.INVALID_PARAMS, 3),
        (request(method="backUpNow", params={"paths": ["file://host/p"]}), Code.INVALID_PARAMS, 3),
        (request(method="backUpNow", params={"paths": ["file:///p%00"]}), Code.INVALID_PARAMS, 3),
        (request(method="backUpNow", params={"paths": "file:///p"}), Code.INVALID_PARAMS, 3),
        (
            request(method="backUpNow", params={"paths": ["file:///p"] * (MOST_PATHS + 1)}),
            Code.INVALID_PARAMS,
            3,
        ),
        (request(method="cancel", params={"run": "1"}), Code.INVALID_PARAMS, 3),
        (request(method="updateNotification", params={"title": "t"}), Code.INVALID_PARAMS, 3),
        (request(params={"x": "y" * MOST_BYTES}), Code.TOO_LARGE, None),
    ],
)
def test_what_is_refused_and_how(line, code, answered_to):
    with pytest.raises(RpcError) as caught:
        decode_call(line)
    assert (caught.value.code, caught.value.request_id) == (code, answered_to)
    with pytest.raises(RpcError) as told:
        decode_answer(encode_error(caught.value))
    assert (told.value.code, told.value.words) == (code, caught.value.words)


@pytest.mark.parametrize("path", ["/p/a b.jpg", "/ü/%41#?.jpg", "/p/\udcff.jpg", "/"])
def test_any_name_of_a_file_survives_the_wire(path):
    assert path_of(uri_of(path)) == path
    sent = decode_call(encode_call("backUpNow", BackUpParams((uri_of(path),))))
    assert sent.params.plain_paths == {path}


def test_a_message_without_an_id_wants_no_answer():
    line = json.dumps({"jsonrpc": "2.0", "method": "initialized"}).encode()
    assert decode_call(line) == Call("initialized", NoParams(), None, wants_answer=False)


def test_results_come_back():
    assert decode_answer(encode_result({"state": "idle"}, 1)) == {"state": "idle"}


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
requests = st.fixed_dictionaries(
    {},
    optional={
        "jsonrpc": st.just("2.0") | values,
        "method": st.sampled_from(sorted(METHODS)) | values,
        "id": values,
        "params": st.fixed_dictionaries({}, optional={"minutes": values}) | values,
    },
)


@settings(max_examples=500)
@given(st.binary() | requests.map(msgspec.json.encode) | st.text().map(str.encode))
def test_anything_is_understood_or_refused(line):
    with suppress(RpcError):
        call = decode_call(line)
        assert isinstance(call.params, METHODS[call.method].params)
