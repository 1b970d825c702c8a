"""What `AssetUploadReady` brings (protocol 5.2): the rows of a new asset."""

from typing import NamedTuple

import msgspec

from tray_app.core.realtime import Ready
from tray_app.core.sync.payloads import Asset, Exif, Row

_asset = msgspec.json.Decoder(Asset)
_exif = msgspec.json.Decoder(Exif)


class NewAsset(NamedTuple):
    """The rows of `asset` and `exif`."""

    owner: bytes
    asset: Row
    exif: Row


def rows_of(ready: Ready) -> NewAsset | None:
    """Read either generation; None: it is not what the stream would send, so a sync has to."""
    try:
        asset, exif = _asset.decode(ready.asset), _exif.decode(ready.exif)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return None
    return NewAsset(asset.owner_id.bytes, asset.row(), exif.row()) if _fits(asset, exif) else None


def _fits(asset: Asset, exif: Exif) -> bool:
    return asset.id == exif.asset_id
