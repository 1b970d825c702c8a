"""`/api/server/*` and discovery."""

import shutil

from starlette.responses import Response

from tray_app.demo.call import Access, Call, Endpoint, Endpoints
from tray_app.demo.media_types import media_types

FEATURES = {
    "smartSearch": False,
    "facialRecognition": False,
    "duplicateDetection": False,
    "map": False,
    "reverseGeocoding": False,
    "importFaces": False,
    "sidecar": True,
    "search": True,
    "trash": True,
    "oauth": False,
    "oauthAutoLaunch": False,
    "ocr": False,
    "passwordLogin": True,
    "configFile": False,
    "email": False,
}
UNITS = ("B", "KiB", "MiB", "GiB", "TiB", "PiB")


def human(size: int) -> str:
    """Write a number of bytes as the server does: `1.5 GiB`."""
    value, unit = float(size), 0
    while value >= 1024 and unit < len(UNITS) - 1:
        value, unit = value / 1024, unit + 1
    return f"{value:.1f} {UNITS[unit]}" if unit else f"{size} B"


async def well_known(call: Call) -> Response:
    """Tell where the API is: relative as a rule, absolute on wish."""
    base = call.options.url if call.options.absolute_well_known else ""
    return call.json({"api": {"endpoint": f"{base}/api"}})


async def ping(call: Call) -> Response:
    """Answer pong."""
    return call.json({"res": "pong"})


async def version(call: Call) -> Response:
    """Tell the version; 3.x adds `prerelease`."""
    spoken = call.options.version
    body: dict[str, int | None] = {
        "major": spoken.major,
        "minor": spoken.minor,
        "patch": spoken.patch,
    }
    if spoken.is_v3:
        body["prerelease"] = None
    return call.json(body)


async def features(call: Call) -> Response:
    """Tell what is switched on."""
    settings = call.identity.settings
    switched = {"oauth": settings.enabled, "passwordLogin": settings.password_login}
    return call.json(FEATURES | switched | ({"realtimeTranscoding": False} if call.is_v3 else {}))


async def config(call: Call) -> Response:
    """Tell the public configuration."""
    body = {
        "oauthButtonText": "Login with OAuth",
        "loginPageMessage": "",
        "trashDays": 30,
        "userDeleteDelay": 7,
        "isInitialized": True,
        "isOnboarded": True,
        "externalDomain": "",
        "publicUsers": True,
        "mapDarkStyleUrl": "",
        "mapLightStyleUrl": "",
        "maintenanceMode": call.exchange.maintenance,
    }
    return call.json(body | ({"minFaces": 3} if call.is_v3 else {}))


async def types(call: Call) -> Response:
    """Tell the accepted extensions."""
    return call.json(media_types(call.options.version))


async def about(call: Call) -> Response:
    """Tell the version as text."""
    name = f"v{call.options.version}"
    return call.json({"version": name, "versionUrl": f"{call.options.url}/", "licensed": False})


async def storage(call: Call) -> Response:
    """Tell how full the disk is."""
    disk = shutil.disk_usage(call.options.folder)
    return call.json(
        {
            "diskSize": human(disk.total),
            "diskUse": human(disk.used),
            "diskAvailable": human(disk.free),
            "diskSizeRaw": disk.total,
            "diskUseRaw": disk.used,
            "diskAvailableRaw": disk.free,
            "diskUsagePercentage": round(100 * disk.used / disk.total, 2),
        }
    )


async def version_check(call: Call) -> Response:
    """Tell that nobody looked for a newer version."""
    return call.json({"checkedAt": None, "releaseVersion": None})


async def version_history(call: Call) -> Response:
    """Tell the one version that ever ran here."""
    first = call.state.accounts.users()[0]
    entry = {"id": first.id, "createdAt": first.created_at, "version": str(call.options.version)}
    return call.json([entry])


ENDPOINTS: Endpoints = (
    Endpoint("GET", "/.well-known/immich", Access.PUBLIC, well_known),
    Endpoint("GET", "/api/server/ping", Access.PUBLIC, ping),
    Endpoint("GET", "/api/server/version", Access.PUBLIC, version),
    Endpoint("GET", "/api/server/features", Access.PUBLIC, features),
    Endpoint("GET", "/api/server/config", Access.PUBLIC, config),
    Endpoint("GET", "/api/server/media-types", Access.PUBLIC, types),
    Endpoint("GET", "/api/server/about", "server.about", about),
    Endpoint("GET", "/api/server/storage", "server.storage", storage),
    Endpoint("GET", "/api/server/version-check", "server.versionCheck", version_check),
    Endpoint("GET", "/api/server/version-history", Access.PUBLIC, version_history),
)
