"""The names of types that each version knows, in the order in which the server treats them."""

from tray_app.demo.options import Version

# Where a type name stands in this list is where its lines come; 4.2 of the protocol.
ORDER = [
    "AuthUsers",
    "Users",
    "Partners",
    "Assets",
    "Stacks",
    "PartnerAssets",
    "PartnerStacks",
    "AlbumAssets",
    "Albums",
    "AlbumUsers",
    "AlbumToAssets",
    "AssetExifs",
    "AlbumAssetExifs",
    "AssetOcr",
    "PartnerAssetExifs",
    "Memories",
    "MemoryToAssets",
    "People",
    "AssetFaces",
    "UserMetadata",
    "AssetMetadata",
    "AssetEdits",
]
NEW_IN_3 = ("AssetsV2", "PartnerAssetsV2", "AlbumAssetsV2", "AlbumsV2", "AssetOcrV1")
REFUSED_IN_3 = ("AssetsV1", "PartnerAssetsV1", "AlbumAssetsV1", "AssetFacesV1")
# Known to the server, but the demo has no such things.
UNUSED_ENTITIES = [
    "MemoryV1",
    "MemoryDeleteV1",
    "MemoryToAssetV1",
    "MemoryToAssetDeleteV1",
    "PersonV1",
    "PersonDeleteV1",
    "AssetFaceV1",
    "AssetFaceV2",
    "AssetFaceDeleteV1",
    "AssetEditV1",
    "AssetEditDeleteV1",
]


def request_types(version: Version) -> list[str]:
    """Return the request types of a version in the order of processing."""
    known = [f"{name}V1" for name in ORDER if name != "AssetOcr"] + ["AssetFacesV2"]
    if version.is_v3:
        known += NEW_IN_3
    return sorted(known, key=lambda name: (ORDER.index(name[:-2]), name))
