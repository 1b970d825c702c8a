"""Which file-name extensions the server accepts; the name alone decides."""

from pathlib import PurePosixPath

from tray_app.core.media_types import IMAGE, IMAGE_SINCE_V3, SIDECAR, VIDEO
from tray_app.demo.options import Version


def media_types(version: Version) -> dict[str, list[str]]:
    """Return the answer of `GET /server/media-types`."""
    image = sorted(IMAGE + IMAGE_SINCE_V3) if version.is_v3 else list(IMAGE)
    return {"video": list(VIDEO), "image": image, "sidecar": list(SIDECAR)}


def suffix(file_name: str) -> str:
    """Return the extension in lower case, with its dot."""
    return PurePosixPath(file_name).suffix.lower()


def asset_type(file_name: str, version: Version) -> str | None:
    """Return IMAGE or VIDEO, or None for what the server refuses."""
    types = media_types(version)
    extension = suffix(file_name)
    if extension in types["image"]:
        return "IMAGE"
    return "VIDEO" if extension in types["video"] else None
