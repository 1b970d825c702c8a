from itertools import combinations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage

from tests.ui.contrast import contrast
from tray_app.ui.icons import SIZES, Panel, _tray_icon, app_icon, pick_panel, tray_icon
from tray_app.ui.view import Icon

PICTURES = [(icon, None) for icon in Icon] + [(Icon.WORKING, p) for p in (0, 50, 100)]
BACKGROUNDS = {
    Panel.LIGHT: ["#ffffff", "#e8e8e8"],
    Panel.DARK: ["#000000", "#303030"],
    Panel.UNKNOWN: ["#ffffff", "#f0f0f0", "#222222", "#000000"],
}


def image(icon, percent, panel, size, scale=1.0) -> QImage:
    pixmap = tray_icon(icon, percent, panel).pixmap(QSize(size, size), scale)
    assert (pixmap.width(), pixmap.height()) == (size * scale, size * scale)
    return pixmap.toImage().convertToFormat(QImage.Format.Format_ARGB32)


def alphas(picture: QImage) -> list[int]:
    across, down = range(picture.width()), range(picture.height())
    return [picture.pixelColor(x, y).alpha() for y in down for x in across]


@pytest.mark.parametrize("scale", [1, 2, 3])
@pytest.mark.parametrize("size", [16, 22, 24, 32, 48, 64])
def test_every_picture_is_painted_at_every_size(qapp, size, scale):
    for icon, percent in PICTURES:
        seen = alphas(image(icon, percent, Panel.DARK, size, float(scale)))
        assert max(seen) > 200, (icon, percent)
        assert 0.1 < sum(seen) / len(seen) / 255 < 0.6, (icon, percent)


@pytest.mark.parametrize("size", [16, 22])
def test_states_differ_in_shape_and_not_only_in_colour(qapp, size):
    for one, other in combinations(PICTURES, 2):
        pairs = zip(
            alphas(image(*one, Panel.LIGHT, size)),
            alphas(image(*other, Panel.LIGHT, size)),
            strict=True,
        )
        differing = sum(abs(a - b) > 80 for a, b in pairs)
        assert differing >= size * size * 0.04, (one, other, differing)


@pytest.mark.parametrize("panel", Panel)
@pytest.mark.parametrize("icon", Icon)
def test_what_is_painted_stands_out_from_its_panel(qapp, panel, icon):
    picture = image(icon, None, panel, 64)
    places = [(x, y) for x in range(64) for y in range(64)]
    colours = {
        picture.pixelColor(*at).name() for at in places if picture.pixelColor(*at).alpha() == 255
    }
    assert colours
    for background in BACKGROUNDS[panel]:
        for colour in colours:
            assert contrast(QColor(colour), QColor(background)) >= 3.0, (colour, background)


def test_the_ring_comes_in_steps_so_that_pictures_stay_few(qapp):
    _tray_icon.cache_clear()
    for percent in range(101):
        tray_icon(Icon.WORKING, percent, Panel.DARK)
    assert _tray_icon.cache_info().misses == 21
    assert _tray_icon.cache_info().currsize <= 12
    assert image(Icon.WORKING, 4, Panel.DARK, 32) == image(Icon.WORKING, 0, Panel.DARK, 32)
    assert image(Icon.WORKING, 5, Panel.DARK, 32) != image(Icon.WORKING, 0, Panel.DARK, 32)


def test_the_app_icon_is_there_in_colour(qapp):
    picture = app_icon().pixmap(QSize(64, 64), 1.0).toImage()
    assert picture.pixelColor(8, 32).saturation() > 100
    assert {size.width() for size in app_icon().availableSizes()} >= set(SIZES)


@pytest.mark.parametrize(
    ("scheme", "desktop", "panel"),
    [
        (Qt.ColorScheme.Light, "ubuntu:GNOME", Panel.DARK),
        (Qt.ColorScheme.Light, "KDE", Panel.LIGHT),
        (Qt.ColorScheme.Dark, "KDE", Panel.DARK),
        (Qt.ColorScheme.Unknown, "KDE", Panel.UNKNOWN),
        (Qt.ColorScheme.Light, "win32", Panel.LIGHT),
        (Qt.ColorScheme.Dark, "darwin", Panel.DARK),
        (Qt.ColorScheme.Light, "XFCE", Panel.UNKNOWN),
        (Qt.ColorScheme.Dark, "", Panel.UNKNOWN),
    ],
)
def test_the_panel_is_guessed_only_where_it_can_be(scheme, desktop, panel):
    assert pick_panel(scheme, desktop) is panel
