"""The proxy does what it is told: otherwise the trials with it prove nothing."""

import socket
import threading
import time
from contextlib import closing

import pytest

from tests.faults.toxic import Toxics, toxic_proxy


class Echo:
    """A server that sends back what it gets; `ended` counts connections it saw end."""

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.ended = threading.Semaphore(0)
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.echo, args=(connection,), daemon=True).start()

    def echo(self, connection):
        with connection:
            try:
                while data := connection.recv(65536):
                    connection.sendall(data)
            except OSError:
                pass
        self.ended.release()


@pytest.fixture
def way():
    with Echo() as echo, toxic_proxy(echo.url) as proxy:
        yield echo, proxy


def connect(proxy):
    return closing(socket.create_connection(("127.0.0.1", proxy.port), 10))


def echoed(client, data=b"x"):
    client.sendall(data)
    got = b""
    while len(got) < len(data):
        piece = client.recv(65536)
        assert piece
        got += piece
    return got


def test_a_good_network_changes_nothing(way):
    data = bytes(range(256)) * 4096
    with connect(way[1]) as client:
        threading.Thread(target=client.sendall, args=(data,)).start()
        got = b""
        while len(got) < len(data):
            got += client.recv(65536)
    assert got == data


def test_latency_loss_and_a_slow_line(way):
    with connect(way[1]) as client:
        for toxics, least in (
            (Toxics(latency=0.1), 0.2),
            (Toxics(loss=1.0, retransmission=0.1), 0.2),
            (Toxics(rate=20), 0.2),
        ):
            way[1].set(toxics)
            begun = time.monotonic()
            echoed(client, b"abcd")
            echoed(client, b"abcd")
            assert time.monotonic() - begun >= least, toxics


def test_a_reset_is_a_reset(way):
    way[1].set(Toxics(reset=1000))
    with connect(way[1]) as client:
        echoed(client, bytes(500))
        with pytest.raises(ConnectionResetError):
            echoed(client, bytes(600))


def test_a_hole_tells_nothing_and_lets_go_later(way):
    with connect(way[1]) as client:
        echoed(client)
        way[1].set(Toxics(hole=True))
        client.sendall(b"y")
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(1)
        way[1].set(Toxics())
        client.settimeout(10)
        assert client.recv(1) == b"y"


def test_half_open_the_server_is_gone_and_the_client_is_not_told(way):
    echo, proxy = way
    with connect(proxy) as client:
        echoed(client)
        proxy.set(Toxics(half_open=True))
        assert echo.ended.acquire(timeout=10)
        client.sendall(b"z")
        client.settimeout(0.3)
        with pytest.raises(TimeoutError):
            client.recv(1)


def test_nobody_listens_and_later_somebody_does(way):
    with connect(way[1]) as client:
        echoed(client)
        way[1].set(Toxics(closed=True))
        with pytest.raises(ConnectionResetError):
            client.recv(1)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", way[1].port), 5)
    way[1].set(Toxics())
    with connect(way[1]) as client:
        assert echoed(client) == b"x"
