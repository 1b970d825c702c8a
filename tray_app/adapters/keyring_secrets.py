"""The keychain of the operating system, never a plain file, and never waiting for ever.

`keyring` is imported when it is asked: with a sign-in from the environment it never is.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from tray_app.adapters.logs import hide
from tray_app.core.errors import Need, NeedsUser
from tray_app.core.phrase import phrase

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

T = TypeVar("T")

ANSWER_SECONDS = 20.0
REMEDY = phrase(
    "Install and unlock a keychain (on Debian: sudo apt install gnome-keyring), or set"
    " IMMICH_INSTANCE_URL with IMMICH_API_KEY, or with IMMICH_EMAIL and IMMICH_PASSWORD."
)
UNLOCK = phrase("Unlock it, usually by signing in to your desktop, and try again.")
_REFUSED_MODULES = ("keyring.backends.fail", "keyring.backends.null", "keyrings.alt")


class KeyringSecrets:
    """Port `Secrets` over `keyring`; entries are named by `service`.

    `allow_prompt` False (background): a locked keychain is an error, not a question on screen.
    """

    def __init__(
        self,
        service: str,
        *,
        allow_prompt: bool = True,
        seconds: float = ANSWER_SECONDS,
        backend: KeyringBackend | None = None,
    ) -> None:
        self._service = service
        self._allow_prompt = allow_prompt
        self._seconds = seconds
        self._backend = backend
        self._waiting: threading.Thread | None = None

    def get(self, name: str) -> str | None:
        """Return a secret; raises NeedsUser(KEYCHAIN)."""
        value = self._ask(lambda backend: backend.get_password(self._service, name))
        hide(value)
        return value

    def set(self, name: str, value: str) -> None:
        """Store a secret; raises NeedsUser(KEYCHAIN)."""
        hide(value)
        self._ask(lambda backend: backend.set_password(self._service, name, value))

    def delete(self, name: str) -> None:
        """Forget a secret; no error when there is none."""

        def forget(backend: KeyringBackend) -> None:
            from keyring.errors import PasswordDeleteError  # noqa: PLC0415

            if backend.get_password(self._service, name) is None:
                return
            try:
                backend.delete_password(self._service, name)
            except PasswordDeleteError:
                if backend.get_password(self._service, name) is not None:
                    raise

        self._ask(forget)

    def describe(self) -> str:
        """Name the keychain after a look into it; raises NeedsUser(KEYCHAIN)."""

        def look(backend: KeyringBackend) -> str:
            backend.get_password(self._service, "probe")
            return type(backend).__module__.rpartition(".")[2]

        return self._ask(look)

    def _ask(self, question: Callable[[KeyringBackend], T]) -> T:
        """Ask in a thread: a keychain that waits for a person may never answer."""
        if self._waiting and self._waiting.is_alive():
            raise _no_answer(self._seconds)
        answers: list[T] = []
        faults: list[BaseException] = []

        def work() -> None:
            try:
                answers.append(question(self._opened()))
            except BaseException as exc:  # noqa: BLE001  raised again by the asking thread
                faults.append(exc)

        self._waiting = threading.Thread(target=work, name="keychain", daemon=True)
        self._waiting.start()
        self._waiting.join(self._seconds)
        if faults:
            raise _translated(faults[0])
        if not answers:
            raise _no_answer(self._seconds)
        return answers[0]

    def _opened(self) -> KeyringBackend:
        import keyring  # noqa: PLC0415

        backend = usable(self._backend or keyring.get_keyring())
        if not self._allow_prompt and is_locked(backend):
            raise keyring.errors.KeyringLocked
        return backend


def usable(backend: KeyringBackend) -> KeyringBackend:
    """Return the backend, or the first real one of a chain; raises NeedsUser(KEYCHAIN)."""
    from keyring.backends.chainer import ChainerBackend  # noqa: PLC0415

    chain = backend.backends if isinstance(backend, ChainerBackend) else [backend]
    for one in chain:
        kind = type(one)
        if not kind.__module__.startswith(_REFUSED_MODULES) and "Plaintext" not in kind.__name__:
            return one
    names = ", ".join(type(one).__module__ for one in chain) or "none"
    raise NeedsUser(
        phrase("There is no keychain to keep your sign-in safe (found: {names}).", names=names),
        need=Need.KEYCHAIN,
        remedy=REMEDY,
    )


def is_locked(backend: KeyringBackend) -> bool:
    """Tell whether reading would open a prompt, where that can be known without one."""
    if type(backend).__module__ != "keyring.backends.SecretService":
        return False
    storage: Any = importlib.import_module("secretstorage")
    connection = storage.dbus_init()
    try:
        return bool(storage.collection.get_collection_by_alias(connection, "default").is_locked())
    except storage.exceptions.ItemNotFoundException:
        return True  # creating the first collection asks for a password
    finally:
        connection.close()


def _no_answer(seconds: float) -> NeedsUser:
    return NeedsUser(
        phrase(
            "The keychain did not answer within {seconds:.0f} seconds; it may be locked.",
            seconds=seconds,
        ),
        need=Need.KEYCHAIN,
        remedy=UNLOCK,
    )


def _translated(exc: BaseException) -> BaseException:
    if isinstance(exc, NeedsUser) or not isinstance(exc, Exception):
        return exc
    from keyring.errors import KeyringError, KeyringLocked  # noqa: PLC0415

    if isinstance(exc, KeyringLocked) or "dismissed" in str(exc):
        found = NeedsUser(phrase("The keychain is locked."), need=Need.KEYCHAIN, remedy=UNLOCK)
    elif isinstance(exc, KeyringError):
        found = NeedsUser(
            phrase("The keychain refused: {error}.", error=exc), need=Need.KEYCHAIN, remedy=REMEDY
        )
    else:  # backends let errors of D-Bus and of the system through
        found = NeedsUser(
            phrase("The keychain failed ({kind}).", kind=type(exc).__name__),
            need=Need.KEYCHAIN,
            remedy=REMEDY,
        )
    found.__cause__ = exc
    return found
