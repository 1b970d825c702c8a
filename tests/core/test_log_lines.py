from tray_app.core.log_lines import Level, LogEntry, chosen, entries_of

LINES = [
    "the end of a traceback of before",
    "2026-03-12 14:30:00,000 INFO    tray_app: Service started.",
    "2026-03-12 14:30:01,000 SEVERE  tray_app: It broke.",
    "Traceback (most recent call last):",
    "  ValueError: 2026-03-12 is no INFO",
    "2026-03-12 14:30:02,000 DEBUG   tray_app: Größe 3.",
]


def test_a_traceback_belongs_to_its_entry():
    entries = list(entries_of(LINES))
    assert [entry.level for entry in entries] == [
        Level.INFO,
        Level.INFO,
        Level.SEVERE,
        Level.DEBUG,
    ]
    assert entries[2].text == "\n".join(LINES[2:5])


def test_entries_are_chosen_by_level_and_text_in_any_case():
    def kept(lowest, search):
        return [entry.text[:23] for entry in chosen(entries_of(LINES), lowest, search)]

    assert kept(Level.WARNING, "") == ["2026-03-12 14:30:01,000"]
    assert kept(Level.DEBUG, "GRÖSSE") == ["2026-03-12 14:30:02,000"]
    assert kept(Level.DEBUG, "valueerror") == ["2026-03-12 14:30:01,000"]
    assert kept(Level.INFO, "größe") == []


def test_nothing_gives_nothing():
    assert list(entries_of([])) == []
    assert LogEntry(Level.INFO, "x") in list(entries_of(["x"]))
