"""The settings as a person changes them: applied at once, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase
from tray_app.core.setting_specs import Spec
from tray_app.core.settings import SPECS, InvalidSettings, Problem, Settings, find_spec
from tray_app.ports.settings import SettingsStore


class Preferences:
    """What the dialog shows: the settings in force, and drafts that were refused with their reason.

    `trouble`: why the file cannot be used, ``: it can. `warnings`: what in it was not understood.
    """

    def __init__(self, store: SettingsStore) -> None:
        self._store = store
        self._listeners: list[Callable[[], None]] = []
        self._drafts: dict[str, object] = {}
        self._errors: dict[str, dict[str, str]] = {}  # by the draft that has them
        self.settings = Settings()
        self.trouble = ""
        self.warnings: tuple[str, ...] = ()
        self._load()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call `listener` after each change, by whomever; returns how to end it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def value(self, spec: Spec) -> Any:
        """Return the raw value to show: what was typed last, else what is in force."""
        if spec.key in self._drafts:
            return self._drafts[spec.key]
        return spec.plain(getattr(self.settings, spec.name))

    def error(self, spec: Spec) -> str:
        """Say why what was typed is not in force; `` where it is."""
        return next((of[spec.key] for of in self._errors.values() if spec.key in of), "")

    def is_default(self, spec: Spec) -> bool:
        """Tell whether nothing differs from the default."""
        return bool(self.value(spec) == spec.plain(spec.default))

    def is_used(self, spec: Spec) -> bool:
        """Tell whether a setting means something beside what the others are."""
        if spec.needs is None:
            return True
        name, wanted = spec.needs
        needed = next(one for one in SPECS if one.name == name)
        return bool(self.value(needed) == needed.plain(wanted))

    def change(self, key: str, raw: object) -> None:
        """Apply a value; one that is refused stays as a draft with its reason."""
        self._apply(find_spec(key), raw)
        self._try_drafts(besides=key)
        self._tell()

    def reset(self, key: str) -> None:
        """Go back to the default."""
        spec = find_spec(key)
        self.change(key, spec.plain(spec.default))

    def reload(self) -> None:
        """Read the file again: somebody else may have changed it."""
        self._load()
        self._try_drafts()
        self._tell()

    def _load(self) -> None:
        try:
            self.settings, self.warnings = self._store.load()
        except NeedsUser as exc:
            self.trouble = exc.words()
        else:
            self.trouble = ""

    def _apply(self, spec: Spec, raw: object) -> None:
        self._errors.pop(spec.key, None)
        self._drafts.pop(spec.key, None)
        try:
            self.settings = self._store.change(spec.key, raw)
        except NeedsUser as exc:
            self._drafts[spec.key] = raw
            self._errors[spec.key] = self._refused(spec, exc)
        else:
            self.trouble = ""

    def _refused(self, spec: Spec, exc: NeedsUser) -> dict[str, str]:
        """Tell a value that cannot be from a file that cannot be written."""
        if isinstance(exc, InvalidSettings) and not exc.path:
            return {problem.key: _words(problem) for problem in exc.problems}
        if exc.need is not Need.SETTINGS:
            return {spec.key: phrase("Not saved. {words}", words=exc.words())}
        self.trouble = exc.words()
        return {spec.key: phrase("Not saved: the settings file cannot be used, see below.")}

    def _try_drafts(self, besides: str = "") -> None:
        """Try again what was refused: another value or the file may have been the reason."""
        for key, raw in list(self._drafts.items()):
            if key != besides:
                self._apply(find_spec(key), raw)

    def _tell(self) -> None:
        for listener in list(self._listeners):
            listener()


def _words(problem: Problem) -> str:
    allowed = problem.allowed.replace('""', "nothing")
    return f"{allowed[:1].upper()}{allowed[1:]}."
