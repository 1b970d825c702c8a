"""What the onboarding says, as functions of its state; no widgets."""

from datetime import time
from math import floor
from urllib.parse import urlsplit

from tray_app.core.account import Method, ShownCertificate, WaysIn
from tray_app.core.conditions import COSTLY, Blocker, Medium, Readings, Rules, blockers, words
from tray_app.core.onboarding import Plan, State, Step
from tray_app.core.pins import spelled
from tray_app.core.system_job import JobState
from tray_app.core.url import is_loopback
from tray_app.ui.language import localised, mark, tr
from tray_app.ui.words import after_colon, one_line

TITLES = {
    Step.SERVER: mark("Where is your Immich server?"),
    Step.SIGN_IN: mark("Sign in"),
    Step.FOLDERS: mark("What do you want to back up?"),
    Step.WHEN: mark("When do you want to back up?"),
}
_EXPLAINED = {
    Step.SERVER: mark(
        "Type the address that you open in the browser or in the phone app. Nothing is"
        " uploaded before the last step."
    ),
    Step.FOLDERS: mark(
        "Photos and videos in these folders and in all folders inside them. They are only"
        " read, never changed or deleted, and nothing is uploaded yet."
    ),
    Step.WHEN: mark("You can change all of this later in the settings."),
}
_NEXT = {
    Step.SERVER: mark("&Next"),
    Step.SIGN_IN: mark("&Sign in"),
    Step.FOLDERS: mark("&Next"),
    Step.WHEN: mark("&Start backup"),
}
NETWORK_RULE = mark(
    "Wi-Fi and cable count as free of cost. A network that the system calls metered, a mobile"
    " connection and a phone's hotspot do not."
)
_NETWORK = COSTLY | {Blocker.OFFLINE, Blocker.CAPTIVE_PORTAL}
_POWER = frozenset({Blocker.NOT_CHARGING, Blocker.LOW_BATTERY, Blocker.POWER_SAVER})
_NO_BROWSER = mark(
    "No browser can be opened here. Open this address in one, on this computer or another, and sign"
    " in there."
)
_MEDIA = {
    Medium.WIFI: mark("Wi-Fi"),
    Medium.ETHERNET: mark("a cable"),
    Medium.CELLULAR: mark("a mobile connection"),
    Medium.BLUETOOTH: mark("Bluetooth"),
}


def place(state: State) -> str:
    """Say which step it is."""
    return tr(
        "Step {step} of {count}", step=state.steps.index(state.step) + 1, count=len(state.steps)
    )


def explanation(state: State) -> str:
    """Say what is asked, and who is meant."""
    if state.step is not Step.SIGN_IN or state.found is None:
        return tr(_EXPLAINED.get(state.step, ""))
    return one_line(
        tr("{site} runs Immich {version}.", site=_site(state), version=str(state.found.version))
    )


def notes(state: State) -> str:
    """Repeat what the search for the server warns of."""
    if state.step is not Step.SIGN_IN or state.found is None:
        return ""
    return " ".join(one_line(localised(warning)) for warning in state.found.warnings)


def next_label(state: State, method: Method) -> str:
    """Name what Enter does."""
    if state.step is not Step.SIGN_IN or method is not Method.OAUTH:
        return tr(_NEXT[state.step])
    return tr("&Continue") if state.busy else tr("&Open the browser")


def account(state: State) -> str:
    """Say who is signed in, where that is known."""
    if state.identity is None:
        return ""
    site = state.identity.url.removesuffix("/api")
    return one_line(tr("Signed in as {email} at {site}.", email=state.identity.email, site=site))


def methods(ways: WaysIn) -> tuple[tuple[Method, str], ...]:
    """Name the ways that the server offers, the usual one first; keys always work."""
    found = []
    if ways.password:
        found.append((Method.PASSWORD, tr("&E-mail and password")))
    if ways.oauth:
        button = one_line(ways.button)[:40].replace("&", "&&")
        found.append(
            (
                Method.OAUTH,
                tr("In the b&rowser (“{button}”)", button=button)
                if button
                else tr("In the b&rowser"),
            )
        )
    return (*found, (Method.API_KEY, tr("API &key")))


def browser_words(state: State) -> str:
    """Say what to do for signing in through the browser."""
    if not state.busy:
        return tr(
            "A page of your server or its provider opens. Sign in there, then come back here."
        )
    lines = [tr("Sign in on the page that opened in your browser.")]
    if state.page:
        lines = [tr(_NO_BROWSER)]
    if state.pasting:
        lines.append(
            tr(
                "If it does not come back here by itself, copy the whole address from the browser's"
                " address bar and paste it below."
            )
        )
    return " ".join(lines)


def certificate_words(certificate: ShownCertificate) -> str:
    """Say what trusting this certificate means."""
    return tr(
        "The certificate of {place} has the SHA-256 fingerprint\n{fingerprint}\n"
        "Compare it with what the server itself says. If it is the same, you can trust it from"
        " now on; a server with any other certificate is refused then.",
        place=certificate.place,
        fingerprint=_halved(spelled(certificate.fingerprint)),
    )


def network_words(state: State, plan: Plan) -> str:
    """Say how the network of the moment is judged by the rule."""
    seen = state.seen
    if seen is None:
        return tr("Looking at the network …")
    if not _needs_network(state):
        return tr("Now: the server is on this computer, so no network is needed.")
    if held := _held(seen, plan, _NETWORK):
        return tr("Now: {reasons} The backup would wait.", reasons=held)
    medium = tr(_MEDIA[seen.medium]) if seen.medium in _MEDIA else ""
    named = tr("“{name}”", name=seen.network_name) if seen.network_name else ""
    known = one_line(f"{medium} {named}")
    return _goes(known)


def power_words(state: State, plan: Plan) -> str:
    """Say how the power of the moment is judged by the rules."""
    seen = state.seen
    if seen is None:
        return tr("Looking at the battery …")
    if held := _held(seen, plan, _POWER):
        return tr("Now: {reasons} The backup would wait.", reasons=held)
    if seen.on_ac is None:
        return _goes("")
    known = tr("plugged in") if seen.on_ac else tr("on battery")
    if seen.battery_percent is not None:
        level = tr("battery at {percent} %", percent=floor(seen.battery_percent))
        known = f"{known}, {level}"
    return _goes(known)


def battery_rule(plan: Plan) -> str:
    """Say what holds beside the switch."""
    low = plan.min_battery_percent
    if not low:
        return tr("On battery it waits anyway while the power saver is on.")
    return tr(
        "On battery it waits anyway below {percent} % of battery, or while the power saver is on.",
        percent=low,
    )


def login_words(found: JobState | None) -> str:
    """Say whether the desktop starts the program at login now, as it was read."""
    if found is None:
        return tr("Looking …")
    if not found.words:
        return ""
    return tr("Now: {words}", words=after_colon(one_line(localised(found.words))))


def _held(seen: Readings, plan: Plan, kinds: frozenset[Blocker]) -> str:
    rules = Rules(
        require_wifi=plan.require_wifi,
        require_charging=plan.require_charging,
        min_battery_percent=plan.min_battery_percent,
    )
    found = [it for it in blockers(seen, rules, time()) if it in kinds]  # no quiet hours: any time
    return after_colon(" ".join(one_line(localised(words(it, seen, rules))) for it in found))


def _goes(known: str) -> str:
    """Say that nothing holds the backup up."""
    if not known:
        return tr("Now: nothing speaks against it. The backup would go on.")
    return tr("Now: {known}. The backup would go on.", known=known)


def _needs_network(state: State) -> bool:
    return not (state.identity and is_loopback(urlsplit(state.identity.url).hostname or ""))


def _site(state: State) -> str:
    return state.found.url.removesuffix("/api") if state.found else ""


def _halved(text: str) -> str:
    half = len(text) // 2 + 1
    return f"{text[:half].rstrip(':')}:\n{text[half:].lstrip(':')}"
