import pytest
from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QDesktopServices

from tray_app.desktop.opener import open_page


class Browser(QObject):
    def __init__(self):
        super().__init__()
        self.opened = []

    @Slot("QUrl")
    def open(self, url):
        self.opened.append(url.toString())


@pytest.fixture
def browser(qapp):
    it = Browser()
    for scheme in ("http", "https", "file"):
        QDesktopServices.setUrlHandler(scheme, it, "open")
    yield it
    for scheme in ("http", "https", "file"):
        QDesktopServices.unsetUrlHandler(scheme)


@pytest.mark.parametrize("page", ["http://127.0.0.1:2283/photos", "https://photos.example.org"])
def test_web_pages_open(browser, page):
    assert open_page(page)
    assert browser.opened == [page]


@pytest.mark.parametrize(
    "other",
    [
        "",
        "file:///etc/passwd",
        "file://nas/x",
        "javascript:alert(1)",
        "https://",
        "https://a b/",
        "/x",
    ],
)
def test_nothing_else_does(browser, other):
    assert not open_page(other)
    assert browser.opened == []
