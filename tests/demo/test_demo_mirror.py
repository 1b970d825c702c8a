"""A careless mirror: cut streams, lost acknowledgements and resets in any order, and still equal.

What holds for the real server holds here: whoever applies the lines in order and acknowledges them
afterwards has, after one stream that nothing disturbs, what the server has.
"""

import random

import pytest

from tests.demo.rig import Client

KINDS = ("Assets", "PartnerAssets", "Albums")
OTHERS = ("PartnersV1", "AlbumUsersV1", "AlbumToAssetsV1")


class Mirror:
    """Everything that the lines told."""

    def __init__(self, me):
        self.me = me
        self.clear()

    def clear(self):
        self.assets, self.partners, self.albums = {}, set(), {}
        self.members, self.links = {}, set()

    def apply(self, line):
        kind, data = line["type"], line["data"]
        name = kind[:-2].replace("Backfill", "")
        if kind == "SyncResetV1":
            self.clear()
        elif name in ("AssetDelete", "PartnerAssetDelete"):
            self.assets.pop(data["assetId"], None)
            self.links = {link for link in self.links if link[1] != data["assetId"]}
        elif name in ("Asset", "PartnerAsset"):
            self.assets[data["id"]] = data
        elif name.startswith("Partner"):
            self._partner(name, data["sharedById"], data["sharedWithId"])
        elif name.startswith("Album"):
            self._album(name, data)

    def _partner(self, name, by, to):
        if name == "Partner":
            self.partners.add((by, to))
            return
        self.partners.discard((by, to))
        if by != self.me:
            # The server lists nothing of what a partner takes back.
            self.assets = {key: a for key, a in self.assets.items() if a["ownerId"] != by}

    def _album(self, name, data):
        album = data.get("albumId") or data["id"]
        if name == "Album":
            self.albums[album] = data
        elif name == "AlbumDelete":
            self.albums.pop(album, None)
            self.links = {link for link in self.links if link[0] != album}
            self.members = {key: r for key, r in self.members.items() if key[0] != album}
        elif name == "AlbumUser":
            self.members[album, data["userId"]] = data["role"]
        elif name == "AlbumUserDelete":
            self.members.pop((album, data["userId"]), None)
        elif name == "AlbumToAsset":
            self.links.add((album, data["assetId"]))
        elif name == "AlbumToAssetDelete":
            self.links.discard((album, data["assetId"]))


class World:
    """Two users who do what comes to their mind; the first one has the mirror."""

    def __init__(self, server, clients, chance):
        self.server, self.chance = server, chance
        self.clients = clients
        self.ids = [client.get("/api/users/me").json()["id"] for client in clients]
        self.assets, self.albums = [[], []], [[], []]
        self.made = 0

    def step(self):
        who = self.chance.randrange(2)
        acts = (self.upload, self.upload, self.trash, self.delete, self.favourite, self.partner)
        acts += (self.album, self.share, self.unshare, self.fill, self.take, self.drop)
        self.chance.choice(acts)(who, self.clients[who])

    def pick(self, things):
        return self.chance.choice(things) if things else None

    def upload(self, who, client):
        self.made += 1
        made = client.upload(data=str(self.made).encode()).json()["id"]
        self.assets[who].append(made)

    def trash(self, who, client):
        if asset := self.pick(self.assets[who]):
            client.request("DELETE", "/api/assets", json={"ids": [asset]})

    def delete(self, who, client):
        if asset := self.pick(self.assets[who]):
            client.request("DELETE", "/api/assets", json={"ids": [asset], "force": True})
            self.assets[who].remove(asset)

    def favourite(self, who, client):
        if asset := self.pick(self.assets[who]):
            client.put(f"/api/assets/{asset}", json={"isFavorite": self.chance.random() < 0.5})

    def partner(self, who, client):
        other = self.ids[1 - who]
        if client.post("/api/partners", json={"sharedWithId": other}).status_code != 201:
            client.delete(f"/api/partners/{other}")

    def album(self, who, client):
        body = {"albumName": "A", "assetIds": self.assets[who][:2]}
        self.albums[who].append(client.post("/api/albums", json=body).json()["id"])

    def share(self, who, client):
        if album := self.pick(self.albums[who]):
            body = {"albumUsers": [{"userId": self.ids[1 - who], "role": "editor"}]}
            client.put(f"/api/albums/{album}/users", json=body)

    def unshare(self, who, client):
        if album := self.pick(self.albums[who]):
            client.delete(f"/api/albums/{album}/user/{self.ids[1 - who]}")

    def fill(self, who, client):
        album, asset = self.pick(self.albums[who]), self.pick(self.assets[who])
        if album and asset:
            client.put(f"/api/albums/{album}/assets", json={"ids": [asset]})

    def take(self, who, client):
        album, asset = self.pick(self.albums[who]), self.pick(self.assets[who])
        if album and asset:
            client.request("DELETE", f"/api/albums/{album}/assets", json={"ids": [asset]})

    def drop(self, who, client):
        if len(self.albums[who]) > 2:
            client.delete(f"/api/albums/{self.albums[who].pop(0)}")

    def truth(self):
        """Return what the mirror should have, straight from the database."""
        db, me = self.server.state.db, self.ids[0]
        mine = {album.id for album in self.server.state.albums.owned(me)}
        mine |= {album.id for album in self.server.state.albums.shared_with(me)}
        partners = set(db.rows("SELECT shared_by_id, shared_with_id FROM partner"))
        owners = {me} | {by for by, to in partners if to == me}
        old = not self.server.options.version.is_v3  # later nobody hears what others like
        assets = db.rows("SELECT id, owner_id, is_favorite, deleted_at FROM asset")
        links = db.rows("SELECT album_id, asset_id FROM album_asset")
        return {
            "partners": partners,
            "assets": {
                (a, bool(liked) and (owner == me or old), gone)
                for a, owner, liked, gone in assets
                if owner in owners
            },
            "albums": mine,
            "links": {link for link in links if link[0] in mine},
        }


def seen(mirror):
    return {
        "partners": mirror.partners,
        "assets": {(a["id"], a["isFavorite"], a["deletedAt"]) for a in mirror.assets.values()},
        "albums": set(mirror.albums),
        "links": mirror.links,
    }


def sync(client, mirror, wanted, chance):
    """Apply a part of a stream, and acknowledge it, a part of it, or nothing."""
    lines = client.lines(*wanted)
    lines = lines[: chance.randrange(len(lines) + 1)]
    for line in lines:
        mirror.apply(line)
    acknowledged = lines[: chance.choice((0, len(lines) // 2, len(lines)))]
    if acknowledged:
        client.ack(acknowledged)


@pytest.mark.parametrize("seed", range(4))
def test_a_mirror_is_equal_after_whatever_happened(server, version, signed_in, seed):
    chance = random.Random(seed)
    friend = server.add_user("friend@example.org")
    headers = {"authorization": f"Bearer {server.add_session(friend.email)}"}
    generation = "V2" if version == "3.0.3" else "V1"
    wanted = [kind + generation for kind in KINDS] + list(OTHERS)
    with Client(server, version, headers=headers) as other:
        world, mirror = World(server, [signed_in, other], chance), Mirror(server.user().id)
        for _ in range(12):
            for _ in range(chance.randrange(8)):
                world.step()
            sync(signed_in, mirror, wanted, chance)
            if chance.random() < 0.1:
                (own,) = [s for s in signed_in.get("/api/sessions").json() if s["current"]]
                signed_in.put(f"/api/sessions/{own['id']}", json={"isPendingSyncReset": True})
    while (lines := signed_in.lines(*wanted)) and lines[0]["type"] == "SyncResetV1":
        mirror.apply(lines[0])
        signed_in.ack(lines)
    for line in lines:
        mirror.apply(line)
    assert lines[-1]["type"] == "SyncCompleteV1"
    assert seen(mirror) == world.truth()
    owned_and_shared = {key[0] for key in mirror.members}
    assert owned_and_shared <= set(mirror.albums)
