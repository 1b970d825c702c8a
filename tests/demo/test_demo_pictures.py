"""Thumbnails and sizes of a server that cannot decode pictures, held against Pillow."""

import base64
import hashlib
import io
from importlib import resources

import pytest
from PIL import Image

from tray_app.demo import pictures

SAMPLES = resources.files("tray_app.demo").joinpath("samples")


def sample(name):
    return SAMPLES.joinpath(name).read_bytes()


@pytest.mark.parametrize(
    ("name", "kind"),
    [("photo.jpg", "image/jpeg"), ("picture.png", "image/png"), ("picture.webp", "image/webp")],
)
def test_what_can_be_shown_is_sent_and_its_size_told(signed_in, name, kind, version):
    data = sample(name)
    made = signed_in.upload(name, data).json()["id"]
    path = f"/api/assets/{made}/thumbnail"
    for size in ("", "?size=thumbnail", "?size=preview"):
        sent = signed_in.get(path + size)
        assert (sent.status_code, sent.headers["content-type"]) == (200, kind)
        assert sent.headers["cache-control"].startswith("private")
        assert sent.content == data
    assert signed_in.get(f"{path}?size=fullsize").headers["location"] == "original?"
    size = Image.open(io.BytesIO(data)).size
    asset = signed_in.get(f"/api/assets/{made}").json()
    assert (asset["width"], asset["height"]) == size
    two = "V2" if version == "3.0.3" else "V1"
    line, exif = signed_in.lines(f"Assets{two}", "AssetExifsV1")[:2]
    assert (line["data"]["width"], line["data"]["height"]) == size
    assert (exif["data"]["exifImageWidth"], exif["data"]["exifImageHeight"]) == size
    assert line["data"]["thumbhash"] == asset["thumbhash"]
    month = signed_in.get("/api/timeline/bucket?timeBucket=2024-05-01").json()
    assert month["ratio"] == [pytest.approx(size[0] / size[1], abs=0.001)]
    assert month["thumbhash"] == [asset["thumbhash"]]


@pytest.mark.parametrize("name", ["still.heic", "clip.mp4", "raw.dng"])
def test_what_cannot_be_shown_is_one_colour(signed_in, name):
    data = sample(name)
    made = signed_in.upload(name, data).json()["id"]
    sent = signed_in.get(f"/api/assets/{made}/thumbnail")
    assert sent.headers["content-type"] == "image/webp"
    image = Image.open(io.BytesIO(sent.content))
    colour = image.getpixel((0, 0))
    assert image.size == (320, 240)
    assert image.getcolors() == [(320 * 240, colour)]
    assert colour == tuple(64 + part // 2 for part in hashlib.sha1(data).digest()[:3])
    target = signed_in.get(f"/api/assets/{made}/thumbnail?size=fullsize")
    assert (target.status_code, target.headers["location"]) == (302, "thumbnail?size=preview")


def test_who_may_see_a_thumbnail(signed_in, anonymous, server):
    made = signed_in.upload().json()["id"]
    path = f"/api/assets/{made}/thumbnail"
    assert signed_in.get(f"{path}?size=huge").status_code == 400
    assert anonymous.get(path).status_code == 401
    key = {"x-api-key": server.add_api_key(["asset.read"])}
    assert anonymous.get(path, headers=key).json()["message"].endswith("asset.view")
    server.add_user("other@example.org")
    other = {"authorization": f"Bearer {server.add_session('other@example.org')}"}
    told = anonymous.get(path, headers=other).json()["message"]
    assert told == "Not found or no asset.view access"


def test_invented_photos_have_thumbnails_too(signed_in, server):
    server.fill(2)
    for asset in server.assets():
        sent = signed_in.get(f"/api/assets/{asset.id}/thumbnail")
        assert Image.open(io.BytesIO(sent.content)).size == (320, 240)
        assert asset.thumbhash
        assert (asset.width, asset.height) == (4000, 3000)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8", b"\xff\xd8\xff\xe0\0", b"\x89PNG\r\n", b"RIFF"])
def test_half_a_picture_has_no_size(tmp_path, data):
    path = tmp_path / "a"
    path.write_bytes(data)
    assert pictures.size_of(path) is None


def test_a_thumbhash_is_as_long_as_its_header_says():
    """Its format: 5 bytes, then half a byte for each coefficient that the header announces."""
    data = base64.b64decode(pictures.thumbhash(b"\xff\x00\x00"))
    sizes = int.from_bytes(data[3:5], "little")
    landscape, ny = bool(sizes >> 15), sizes & 7
    assert landscape

    def coefficients(nx, ny):
        return sum(cx * ny < nx * (ny - cy) for cy in range(ny) for cx in range(nx)) - 1

    count = coefficients(7, ny) + 2 * coefficients(3, 3)
    assert len(data) == 5 + (count + 1) // 2
