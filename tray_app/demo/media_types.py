"""Which file-name extensions the server accepts; the name alone decides."""

from pathlib import PurePosixPath

from tray_app.demo.options import Version

IMAGE_NAMES = (
    "3fr ari arw avif bmp cap cin cr2 cr3 crw dcr dng erf fff gif heic heif hif iiq insp jp2 jpe"
    " jpeg jpg jxl k25 kdc mrw nef nrw orf ori pef png psd raf raw rw2 rwl sr2 srf srw svg tif"
    " tiff webp x3f"
)
VIDEO_NAMES = "3gp 3gpp avi flv insv m2t m2ts m4v mkv mov mp4 mpe mpeg mpg mts mxf ts vob webm wmv"
IMAGE = [f".{name}" for name in IMAGE_NAMES.split()]
IMAGE_SINCE_V3 = [".mpo"]
VIDEO = [f".{name}" for name in VIDEO_NAMES.split()]
SIDECAR = [".xmp"]


def media_types(version: Version) -> dict[str, list[str]]:
    """Return the answer of `GET /server/media-types`."""
    image = sorted(IMAGE + IMAGE_SINCE_V3) if version.is_v3 else IMAGE
    return {"video": VIDEO, "image": image, "sidecar": SIDECAR}


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
