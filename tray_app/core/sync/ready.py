"""What `AssetUploadReady` brings (protocol 5.2): the rows of a new asset."""

from typing import NamedTuple

import msgspec

from tray_app.core.realtime import Ready
from tray_app.core.sync import tables
from tray_app.core.sync.columns import Row
from tray_app.core.sync.payloads import Asset, Exif

_asset = msgspec.json.Decoder(Asset)
_exif = msgspec.json.Decoder(Exif)
_OWNER = tables.ASSET.columns.index("owner_id")


class NewAsset(NamedTuple):
    """The rows of `asset` and `exif`."""

    owner: bytes
    asset: Row
    exif: Row


def rows_of(ready: Ready) -> NewAsset | None:
    """Read either generation; None: it is not what the stream would send, so a sync has to."""
    try:
        asset, exif = _asset.decode(ready.asset).row(), _exif.decode(ready.exif).row()
    except (msgspec.DecodeError, RecursionError, ValueError):
        return None
    return NewAsset(asset[_OWNER], asset, exif) if asset[0] == exif[0] else None
