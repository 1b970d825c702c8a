"""Draws every step of the onboarding: `python tests/ui/onboarding_shots.py FOLDER [dark] [german]`.

`QT_SCALE_FACTOR=2` draws them for a screen of 200 %.
"""

import asyncio
import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[2]))

import keyring
import qasync
from msgspec.structs import replace as replace_struct
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from tests.fakes.certificates import Authority
from tests.fakes.file_keyring import FileKeyring
from tests.fakes.site import immich, serving
from tests.ui.onboarding_rig import Computer
from tests.ui.window_examples import use
from tray_app.core.account import WaysIn
from tray_app.core.conditions import Medium
from tray_app.core.onboarding import Step, calm
from tray_app.core.setting_specs import Language
from tray_app.core.system_job import JobState, JobStatus
from tray_app.demo.identity_provider import Settings
from tray_app.demo.server import DemoServer
from tray_app.ui.translators import speak


class Shots:
    def __init__(self, out, look):
        self.out, self.look = out, look

    async def shot(self, session, name):
        await asyncio.sleep(0.3)
        scale = os.environ.get("QT_SCALE_FACTOR", "1")
        session.window.grab().save(str(self.out / f"{name}-{self.look}-{scale}x.png"))


async def server_step(shots, computer, server, folder):
    session = await computer.start()
    await shots.shot(session, "1-server")
    session.work.find("http://127.0.0.1:9")
    await session.settled()
    await shots.shot(session, "1-server-down")
    session.work.find("ftp://photos")
    await session.settled()
    await shots.shot(session, "1-server-wrong")
    with serving(immich(), tls=Authority(folder).context(self_signed=True)) as site:
        session.work.find(site.url)
        await session.settled()
        await shots.shot(session, "1-server-certificate")
    session.window.server.address.line.setText(server.url)
    session.work._show(replace(calm(session.state), busy="Looking for the server …"))
    await shots.shot(session, "1-server-busy")
    session.work.find(server.url)
    await session.step(Step.SIGN_IN)
    return session


async def sign_in_step(shots, session, server, key):
    await shots.shot(session, "2-sign-in")
    session.window.sign_in.password.email.line.setText("demo@example.org")
    session.work.with_password("demo@example.org", "wrong")
    await session.settled()
    await shots.shot(session, "2-sign-in-wrong")
    page = session.window.sign_in
    page.buttons[list(page.buttons)[2]].click()
    await shots.shot(session, "2-key")
    session.work.with_key(key)
    await session.settled()
    await shots.shot(session, "2-key-lacks")
    page.buttons[list(page.buttons)[1]].click()
    await shots.shot(session, "2-browser")
    session.work.with_browser()
    await session.until(lambda state: state.page)
    await shots.shot(session, "2-browser-none")
    session.work.reply("https://elsewhere.example.org/?code=1")
    await session.until(lambda state: state.trouble)
    await shots.shot(session, "2-browser-wrong")
    session.work.cancel()
    session.work._show(replace(session.state, ways=WaysIn(False, True, "Login with Authentik")))
    page.buttons[list(page.buttons)[1]].click()
    await shots.shot(session, "2-browser-only")
    session.work.with_password("demo@example.org", "demo")
    await session.step(Step.FOLDERS)


async def last_steps(shots, session, computer):
    await shots.shot(session, "3-folders")
    other = computer.folder / "A camera with a rather long name" / "Urlaub in den Bergen" / "DCIM"
    other.mkdir(parents=True)
    session.window.folders.take([str(other), str(computer.pictures / "2024")])
    await shots.shot(session, "3-folders-nested")
    (other).rmdir()
    session.enter()
    session.work.choose(session.window.folders.paths)
    await session.settled()
    await shots.shot(session, "3-folders-gone")
    session.work.choose((str(computer.pictures),))
    await session.step(Step.WHEN)
    await session.until(lambda state: state.at_login)
    await shots.shot(session, "4-when")
    computer.machine.change(medium=Medium.CELLULAR, on_ac=False, battery_percent=12.0)
    await session.until(lambda state: state.seen.on_ac is False)
    session.work._show(
        replace(session.state, at_login=JobState(JobStatus.UNSUPPORTED, "This desktop has none."))
    )
    identity = replace_struct(session.state.identity, url="https://photos.example.org/api")
    session.work._show(replace(session.state, identity=identity))
    await shots.shot(session, "4-when-waits")


async def main(out, look):
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TEST_KEYRING"] = f"{folder}/keyring"
        keyring.set_keyring(FileKeyring())
        computer = Computer(Path(folder))
        computer.environ["BROWSER"] = "false"
        computer.put_pictures(42)
        (computer.pictures / "2024").mkdir()
        with DemoServer(Path(folder) / "demo") as server:
            server.identity.settings = Settings(enabled=True)
            shots = Shots(out, look)
            session = await server_step(shots, computer, server, Path(folder))
            await sign_in_step(shots, session, server, server.add_api_key(["user.read"]))
            await last_steps(shots, session, computer)
        await session.leave()


out = Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
app = QApplication([])
app.setStyle("Fusion")
speak(app, Language.DE if "german" in sys.argv else Language.EN)
look = "dark" if "dark" in sys.argv else "light"
if look == "dark":
    use(app, Qt.ColorScheme.Dark)
with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(app)) as runner:
    runner.run(main(out, look))
os._exit(0)
