"""Whether a route leads to our server: real namespaces, real cables, no packet sent."""

import asyncio
import socket
import subprocess

import pytest

from tests.rig.networks import SERVER, two_networks
from tray_app.core.conditions import Readings
from tray_app.desktop.linux.gateway import Gateway
from tray_app.desktop.linux.machine import linux_machine
from tray_app.desktop.linux.netlink import Netlink
from tray_app.desktop.machine import Listeners
from tray_app.desktop.power import PsutilPower
from tray_app.desktop.route import RouteToServer


@pytest.fixture
def cable():
    try:
        with two_networks() as both:
            yield both
    except PermissionError as refused:
        pytest.skip(f"the kernel lets nobody but root make a network here: {refused}")


async def online(address, times=1):
    source = RouteToServer(lambda: address)
    for _ in range(times):
        readings = await source.read()
    return readings.online


@pytest.mark.parametrize("url", ["http://10.123.45.1:2283/api", "http://10.123.45.9"])
async def test_a_server_of_the_lan_needs_no_internet(cable, url):
    assert await online(url) is True
    assert await online("https://203.0.113.7") is False


async def test_a_pulled_cable_and_an_interface_switched_off(cable):
    url = f"http://{SERVER}:2283"
    for down, up in ((cable.pull, cable.plug), (cable.switch_off, cable.switch_on)):
        assert await online(url) is True
        down()
        cable.wait_until(carrier=False)
        assert await online(url) is False
        up()
        cable.wait_until(carrier=True)
        assert await online(url) is True


@pytest.mark.parametrize("url", ["", "http://127.0.0.1:2283", "http://localhost", "http://[::1]:1"])
async def test_a_server_on_this_computer_needs_no_network(cable, url):
    cable.switch_off()
    assert await online(url) is None


async def test_a_name_without_a_default_route(cable, monkeypatch):
    answers = {"nas.lan": [(SERVER, 0)], "far.example": [("203.0.113.7", 0)]}

    def look_up(host, _port):
        if host not in answers:
            raise socket.gaierror(-2, "Name or service not known")
        return [(socket.AF_INET, 0, 0, "", it) for it in answers[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert await online("http://nas.lan") is True
    assert await online("http://far.example") is False
    assert await online("http://nobody.example") is False
    source = RouteToServer(lambda: "http://nas.lan")
    assert (await source.read()).online is True
    answers.clear()
    assert (await source.read()).online is True, "asked again although it was known"
    cable.switch_off()
    assert (await source.read()).online is False


async def test_a_name_that_nobody_answers_for_is_unknown_at_first(cable, monkeypatch):
    release, asked = asyncio.Event(), []
    loop = asyncio.get_running_loop()

    def slow(host, _port):
        asked.append(host)
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result(5)
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    source = RouteToServer(lambda: "http://nas.lan")
    assert (await source.read()).online is None
    assert (await source.read()).online is None
    assert asked == ["nas.lan"], "asked again while it was asked"
    release.set()
    assert (await source.read()).online is False


async def test_a_proxy_is_where_the_server_is(cable, monkeypatch):
    assert await online("http://203.0.113.7") is False
    for proxy in (f"http://{SERVER}:3128", f"{SERVER}:3128"):
        monkeypatch.setenv("http_proxy", proxy)
        assert await online("http://203.0.113.7") is True
    monkeypatch.setenv("http_proxy", "socks5://127.0.0.1:9050")
    assert await online("http://203.0.113.7") is None
    monkeypatch.setenv("no_proxy", "203.0.113.7")
    assert await online("http://203.0.113.7") is False


async def test_nothing_is_sent(cable, monkeypatch):
    heard = cable.far.do(lambda: socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0x0008))
    with heard:  # all IPv4 packets that arrive at the far end
        heard.setblocking(False)
        assert await online(f"http://{SERVER}:2283", times=5) is True
        with pytest.raises(BlockingIOError):
            heard.recv(100)


async def test_the_kernel_signals_a_cable(both_loops, cable):
    knocked = asyncio.Event()
    netlink = Netlink(knocked.set)
    assert await netlink.read() == Readings()
    for change in (cable.pull, cable.plug, cable.switch_off):
        knocked.clear()
        change()
        await asyncio.wait_for(knocked.wait(), 2)
    netlink.close()
    netlink.close()


async def test_the_machine_knocks_and_reads_offline(both_loops, no_bus, cable, supplies):
    url = f"http://{SERVER}:2283"
    power = PsutilPower(supplies())
    async with linux_machine(Listeners(), power, RouteToServer(lambda: url)) as machine:
        assert (await machine.read()).online is True
        changed = asyncio.Event()
        machine.on_change(changed.set)
        cable.pull()
        await asyncio.wait_for(changed.wait(), 2)
        assert (await machine.read()).online is False


ROUTES = """Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT
wlan0 00000000 0101A8C0 0003 0 0 600 00000000 0 0 0
eth0 00000000 FE00000A 0003 0 0 100 00000000 0 0 0
eth0 0000000A 00000000 0001 0 0 100 00FFFFFF 0 0 0
"""
NEIGHBOURS = """IP address       HW type     Flags       HW address            Mask     Device
192.168.1.1      0x1         0x2         AA:BB:CC:00:00:01     *        wlan0
10.0.0.254       0x1         0x2         aa:bb:cc:00:00:02     *        eth0
10.0.0.9         0x1         0x0         00:00:00:00:00:00     *        eth0
"""


@pytest.mark.parametrize(
    ("routes", "neighbours", "expected"),
    [
        (ROUTES, NEIGHBOURS, "gateway aa:bb:cc:00:00:02"),
        (ROUTES.replace("100 00000000", "900 00000000"), NEIGHBOURS, "gateway aa:bb:cc:00:00:01"),
        (ROUTES, NEIGHBOURS.replace("aa:bb:cc:00:00:02", "00:00:00:00:00:00"), None),
        (ROUTES, "head\n", None),
        ("head\n", NEIGHBOURS, None),
        (None, None, None),
    ],
)
async def test_the_gateway_names_a_network(tmp_path, routes, neighbours, expected):
    for name, text in (("route", routes), ("arp", neighbours)):
        if text is not None:
            (tmp_path / name).write_text(text)
    assert (await Gateway(tmp_path).read()).network_id == expected


async def test_the_gateway_as_this_kernel_writes_it(cable):
    subprocess.run(["ip", "route", "add", "default", "via", SERVER], check=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as speaking:
        speaking.sendto(b"", (SERVER, 9))
    async with asyncio.timeout(2):
        while (name := (await Gateway().read()).network_id) is None:
            await asyncio.sleep(0.02)
    show = ["ip", "-br", "link", "show", "far0"]
    told = cable.far.do(lambda: subprocess.run(show, check=True, capture_output=True, text=True))
    assert name == f"gateway {told.stdout.split()[2]}"
