import pytest

from tray_app.core.tray_advice import how_to_get_a_tray, no_tray


@pytest.mark.parametrize("desktop", ["GNOME", "ubuntu:GNOME", "GNOME-Classic:GNOME"])
def test_gnome_needs_an_extension(desktop):
    assert "install \u201cAppIndicator and KStatusNotifierItem Support\u201d" in no_tray(desktop)


@pytest.mark.parametrize("desktop", ["", "XFCE", "sway", "KDE"])
def test_other_panels_have_one_to_add(desktop):
    assert how_to_get_a_tray(desktop).startswith("Add a system tray to the panel")
