"""What of Qt and of the system goes into the frozen program: rules over names of files."""

import re
from pathlib import Path

# Everything of Qt's plugins that the program can use; the others are left out.
PLUGINS = frozenset(
    {
        "iconengines",
        "imageformats",
        "networkinformation",
        "platforminputcontexts",
        "platforms",
        "platformthemes",
        "styles",
        "wayland-decoration-client",
        "wayland-graphics-integration-client",
        "wayland-shell-integration",
        "xcbglintegrations",
    }
)
_NO_PLUGIN = re.compile(
    r"q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|pdf|tvirtualkeyboard|tga|wbmp|icns)"
    r"|qtvirtualkeyboard|dmabuf-server|drm-egl-server|shm-emulation-server|vulkan-server"
)
# Qt's modules that something pulls in and nothing of ours uses.
_NO_MODULE = re.compile(
    r"(lib|/)Qt6?(Qml|Quick|Pdf|VirtualKeyboard|Sql|Test|Designer|OpenGLW|EglFS|EglFs)"
)
_TRANSLATION = re.compile(r"translations/(qtbase|qt)_(?P<language>\w+)\.qm$")
CATALOGUES = Path(__file__).parents[2] / "resources" / "translations"
LANGUAGES = frozenset(file.stem.partition("_")[2] for file in CATALOGUES.glob("ui_*.qm"))

# Libraries of the system that we bring: Python's own needs, and what few desktops have for Qt.
_BROUGHT = re.compile(
    r"lib(python3|ssl|crypto|ffi|sqlite3|bz2|lzma|uuid|z|expat|mpdec"
    r"|xcb-(cursor|icccm|image|keysyms|render-util|util))\b"
)


def is_kept(name: str, source: str) -> bool:
    """Tell whether a file belongs into the folder.

    `name`: where it would be, `source`: where it is now, both with forward slashes.
    """
    if "PySide6/" in name and _is_unused_qt(name):
        return False
    if re.match(r"/(usr/)?lib(64)?/", source) and name.rpartition("/")[2].startswith("lib"):
        return bool(_BROUGHT.match(name.rpartition("/")[2]))
    return True


def _is_unused_qt(name: str) -> bool:
    if "/plugins/" in name:
        kind, _, file = name.partition("/plugins/")[2].partition("/")
        return kind not in PLUGINS or bool(_NO_PLUGIN.search(file))
    if "/translations/" in name:
        found = _TRANSLATION.search(name)
        return found is None or found["language"] not in LANGUAGES
    return "/qml/" in name or bool(_NO_MODULE.search("/" + name.rpartition("/")[2]))
