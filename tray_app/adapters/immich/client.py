"""The port `Server` over HTTP: calls and translation; no retries, no policy."""

from collections.abc import Sequence
from contextlib import aclosing

from tray_app.adapters.immich import wire
from tray_app.adapters.immich.http import Http
from tray_app.adapters.immich.multipart import MultipartUpload
from tray_app.core.errors import TryLater
from tray_app.core.phrase import phrase
from tray_app.core.server import (
    Account,
    Album,
    CheckAnswer,
    MediaTypes,
    ServerVersion,
    Upload,
    UploadAnswer,
)
from tray_app.ports import Content

DEVICE_ID = "immich-tray"

# A proxy may take the whole body before the server sees its first byte.
_UPLOAD_SECONDS = 120.0
_SLOWEST_STORE = 5_000_000  # bytes a second


class ImmichServer:
    """One signed-in server, 2.x or 3.x."""

    def __init__(self, http: Http, *, uses_key: bool) -> None:
        self._http = http
        self._uses_key = uses_key
        self._version: ServerVersion | None = None

    @property
    def address(self) -> str:
        """The API base URL."""
        return self._http.address

    async def version(self) -> ServerVersion:
        """Ask `server/version`; remembered for the choices below."""
        self._version = (await self._http.get("/server/version", wire.Version)).value()
        return self._version

    async def health(self) -> None:
        """Return when requests can be expected to work; else raise TryLater with the reason.

        A server in maintenance still answers the ping (protocol 0.3), hence the second call.
        """
        if (await self._http.get("/server/ping", wire.Ping)).res != "pong":
            raise TryLater(phrase("Something other than Immich answered."), server_wide=True)
        if (await self._http.get("/server/config", wire.Config)).maintenance_mode:
            raise TryLater(phrase("The server is in maintenance mode."), server_wide=True)

    async def media_types(self) -> MediaTypes:
        """Ask which extensions are accepted."""
        return (await self._http.get("/server/media-types", wire.Media)).value()

    async def me(self) -> Account:
        """Ask who we are."""
        return (await self._http.get("/users/me", wire.User)).value()

    async def permissions(self) -> frozenset[str] | None:
        """Return what the API key in use may do; None for a session, which may do all."""
        if not self._uses_key:
            return None
        return frozenset((await self._http.get("/api-keys/me", wire.ApiKey)).permissions)

    async def check(self, checksums: Sequence[bytes]) -> Sequence[CheckAnswer]:
        """Ask about at most 5,000 checksums; answers in the same order.

        Items are numbered, so that no path of this computer leaves it.
        """
        items = [wire.CheckItem(str(n), sha1.hex()) for n, sha1 in enumerate(checksums)]
        answer = await self._http.send(
            "POST", "/assets/bulk-upload-check", wire.CheckResponse, body=wire.CheckRequest(items)
        )
        by_id = {result.id: result.value() for result in answer.results}
        if len(answer.results) != len(items) or len(by_id) != len(items):
            raise TryLater(phrase("The server left out or doubled answers to the duplicate check."))
        try:
            return [by_id[item.id] for item in items]
        except KeyError as exc:
            raise TryLater(phrase("The server left out answers to the duplicate check.")) from exc

    async def restore(self, asset_ids: Sequence[str]) -> None:
        """Take own assets out of the trash; NeedsUser(PERMISSION) where we may not."""
        body = wire.Ids(list(asset_ids))
        await self._http.send("POST", "/trash/restore/assets", dict, body=body)

    async def upload(self, upload: Upload, content: Content) -> UploadAnswer:
        """Send one file; nothing is stored when `content` raises."""
        body = MultipartUpload(
            _fields(upload),
            upload.extension,
            upload.size,
            content,
            upload.sidecar,
        )
        async with aclosing(body.__aiter__()) as stream:  # the file is closed here, come what may
            answer = await self._http.send(
                "POST",
                "/assets",
                wire.Uploaded,
                content=stream,
                headers={**body.headers, "x-immich-checksum": upload.sha1.hex()},
                answer_seconds=_UPLOAD_SECONDS + upload.size / _SLOWEST_STORE,
            )
        return UploadAnswer(answer.id, created=answer.status != "duplicate")

    async def albums(self) -> Sequence[Album]:
        """List the albums we own, oldest first."""
        version = self._version or await self.version()
        query = {"isOwned": "true"} if version.lists_owned_albums_by_flag else {}
        found = await self._http.get("/albums", list[wire.AlbumItem], **query)
        found.sort(key=lambda album: album.created_at)
        return [Album(album.id, album.album_name) for album in found]

    async def create_album(self, name: str) -> Album:
        """Create an album of ours."""
        made = await self._http.send(
            "POST", "/albums", wire.AlbumItem, body=wire.NewAlbum(album_name=name)
        )
        return Album(made.id, made.album_name)

    async def add_to_album(self, album_id: str, asset_ids: Sequence[str]) -> Sequence[bool]:
        """Add assets; True for each that is in the album afterwards."""
        answers = await self._http.send(
            "PUT", f"/albums/{album_id}/assets", list[wire.IdResult], body=wire.Ids(list(asset_ids))
        )
        done = {a.id for a in answers if a.success or a.error == "duplicate"}
        return [asset in done for asset in asset_ids]


def _fields(upload: Upload) -> dict[str, str]:
    """One set of fields serves both generations (protocol 3.1)."""
    fields = {
        "deviceAssetId": upload.device_asset_id,
        "deviceId": DEVICE_ID,
        "fileCreatedAt": upload.created_at,
        "fileModifiedAt": upload.modified_at,
        "isFavorite": "false",
        "filename": upload.file_name,
    }
    if upload.live_video_id:
        fields["livePhotoVideoId"] = upload.live_video_id
    if upload.hidden:
        fields["visibility"] = "hidden"
    return fields
