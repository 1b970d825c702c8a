"""`POST /api/assets`, with the checks in the order of the real server."""

import binascii
import uuid
from dataclasses import dataclass, field, replace

from starlette.responses import Response

from tray_app.core.media_types import SIDECAR as _SIDECARS
from tray_app.demo import clock, events, media_types, pictures, storage
from tray_app.demo.answers import AnswerNow, ClientGone
from tray_app.demo.call import Call
from tray_app.demo.errors import ApiError
from tray_app.demo.faults import QuotaExceeded, WrongChecksum
from tray_app.demo.multipart import FormReader, boundary
from tray_app.demo.records import StoredAsset
from tray_app.demo.storage import Incoming, Storage
from tray_app.demo.upload_fields import InvalidFieldsError, UploadFields, read_fields

ASSET = "assetData"
SIDECAR = "sidecarData"
BASE64_LENGTH = 28


def read_checksum(text: str) -> bytes | None:
    """Read a SHA-1: 28 characters are base64, anything else hex; None if it is neither."""
    try:
        if len(text) == BASE64_LENGTH:
            return binascii.a2b_base64(text)
        return bytes.fromhex(text)
    except ValueError:
        return None


@dataclass(slots=True)
class _Receiver:
    """Accepts or refuses the file parts as they begin."""

    call: Call
    storage: Storage
    files: dict[str, Incoming] = field(default_factory=dict)

    def open(self, name: str, part_name: str, fields: dict[str, str]) -> Incoming:
        """Begin a file part, judged by the fields seen so far; raises ApiError or AnswerNow."""
        if name not in (ASSET, SIDECAR) or name in self.files:
            raise ApiError(400, f"Unexpected field - {name}")
        file_name = part_name
        if name == ASSET:
            file_name = fields.get("filename") or part_name
            self.call.exchange.file_named(file_name)
            accepted = media_types.asset_type(file_name, self.call.options.version) is not None
        else:
            accepted = media_types.suffix(file_name) in _SIDECARS
        if not accepted:
            raise ApiError(400, f"Unsupported file type {file_name}")
        self.files[name] = self.storage.receive(file_name)
        return self.files[name]

    def discard(self) -> None:
        """Leave nothing behind of what was not kept."""
        for incoming in self.files.values():
            incoming.discard()


class Uploads:
    """Receives files for one storage."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def upload(self, call: Call) -> Response:
        """Receive one asset."""
        if (known := _known_by_header(call)) is not None:
            raise AnswerNow(call.json(_answer(known, "duplicate")))
        receiver = _Receiver(call, self._storage)
        try:
            fields = await _receive(call, receiver)
            return self._store(call, receiver.files, fields)
        finally:
            receiver.discard()

    def _store(self, call: Call, files: dict[str, Incoming], texts: dict[str, str]) -> Response:
        if ASSET not in files:
            raise ApiError(400, f"Field(s) {ASSET} should not be empty")
        fields = _valid(call, texts)
        incoming = files[ASSET]
        _check_quota(call, incoming.size)
        _check_live_photo(call, fields.live_photo_video_id)
        asset = self._keep(_new_asset(call, incoming, fields), call, files)
        if (known := call.state.library.add(asset)) is None:
            events.uploaded(call, asset)
            return call.json(_answer(asset.id, "created"), 201)
        storage.remove(asset.stored_path)
        storage.remove(asset.sidecar_path)
        return call.json(_answer(known, "duplicate"))

    def _keep(self, asset: StoredAsset, call: Call, files: dict[str, Incoming]) -> StoredAsset:
        # Files first: a crash in between leaves an orphaned file, never an asset without one.
        paths: dict[str, str | None] = {}
        modified = clock.parse(asset.file_modified_at).timestamp()
        for name, incoming in files.items():
            paths[name] = self._storage.keep(
                incoming,
                owner=call.user.email,
                month=asset.file_created_at[:7],
                asset_id=asset.id,
                modified=modified,
            )
        kept = replace(asset, stored_path=paths[ASSET], sidecar_path=paths.get(SIDECAR))
        width, height = pictures.size_of(kept.path) or (None, None)
        return replace(kept, width=width, height=height)


def _known_by_header(call: Call) -> str | None:
    header = call.request.headers.get("x-immich-checksum")
    checksum = read_checksum(header) if header else None
    if checksum is None:
        return None
    known = call.state.library.known(call.user.id, [checksum]).get(checksum)
    return known.id if known else None


async def _receive(call: Call, receiver: _Receiver) -> dict[str, str]:
    """Read the whole body; raises ClientGone when it stops too early, ApiError for a bad form."""
    content_type = call.request.headers.get("content-type", "")
    if (bounds := boundary(content_type)) is None:
        if content_type.lower().startswith("multipart/"):
            raise ApiError(400, "Multipart: Boundary not found")
        return {}
    form = FormReader(bounds, receiver.open)
    more = True
    while more:
        message = await call.request.receive()
        if message["type"] != "http.request":
            raise ClientGone
        form.feed(message.get("body", b""))
        more = message.get("more_body", False)
    form.finish()
    return form.fields


def _valid(call: Call, texts: dict[str, str]) -> UploadFields:
    try:
        return read_fields(texts, call.options.version)
    except InvalidFieldsError as error:
        phrases = [call.phrase(name, problem) for name, problem in error.problems]
        raise ApiError(400, phrases) from error


def _check_quota(call: Call, size: int) -> None:
    # Read again: the caller was read before a body that may have taken hours.
    user = call.state.accounts.user(call.user.id) or call.user
    full = user.quota_bytes is not None and user.usage_bytes + size > user.quota_bytes
    if full or call.exchange.strikes(QuotaExceeded):
        raise ApiError(400, "Quota has been exceeded!")


def _check_live_photo(call: Call, video_id: str | None) -> None:
    if video_id is None:
        return
    video = call.state.library.asset(video_id)
    if video is None:
        raise ApiError(400, "Live photo video not found")
    if video.type != "VIDEO":
        raise ApiError(400, "Live photo video must be a video")
    if video.owner_id != call.user.id:
        raise ApiError(400, "Live photo video does not belong to the user")


def _new_asset(call: Call, incoming: Incoming, fields: UploadFields) -> StoredAsset:
    moment = clock.now()
    name = fields.filename or incoming.file_name
    checksum = incoming.checksum
    if call.exchange.strikes(WrongChecksum):
        checksum = bytes(byte ^ 0xFF for byte in checksum)
    return StoredAsset(
        id=str(uuid.uuid4()),
        owner_id=call.user.id,
        checksum=checksum,
        size=incoming.size,
        file_name=name,
        type=media_types.asset_type(incoming.file_name, call.options.version) or "OTHER",
        visibility=fields.visibility,
        is_favorite=int(fields.is_favorite),
        duration=fields.duration,
        live_photo_video_id=fields.live_photo_video_id,
        file_created_at=fields.file_created_at,
        file_modified_at=fields.file_modified_at,
        created_at=moment,
        updated_at=moment,
        deleted_at=None,
        device_asset_id=fields.device_asset_id,
        device_id=fields.device_id,
        metadata=fields.metadata,
        stored_path=None,
        sidecar_path=None,
    )


def _answer(asset_id: str, status: str) -> dict[str, str]:
    return {"id": asset_id, "status": status}
