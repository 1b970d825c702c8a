"""What is worth knowing and holds nothing up, from several sources, in the one snapshot."""

from dataclasses import replace

from tray_app.engine.store import Store


class Notes:
    """Publishes finished sentences; each source replaces only its own."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._said: dict[str, tuple[str, ...]] = {}

    def say(self, source: str, sentences: tuple[str, ...]) -> None:
        """Let these be the sentences of this source; none: it has nothing to say any more."""
        self._said[source] = sentences
        notes = tuple(sentence for said in self._said.values() for sentence in said)
        self._store.publish(replace(self._store.snapshot, notes=notes))
