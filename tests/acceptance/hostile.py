"""A tree with everything a file system may hold, and what has to become of each file."""

import os
import random
import stat
import time
from dataclasses import dataclass, field
from hashlib import sha1

from tests.acceptance.photos import content

NAMES = [
    b"plain.jpg",
    "Strand Ölüdeniz äöüß.jpg".encode(),
    "e\u0301 decomposed é.png".encode(),
    "写真 日本語.heic".encode(),
    "صورة.jpg".encode(),
    "🏖️ family 👨‍👩‍👧.jpg".encode(),
    b"caf\xe9 latin1 \xff\xfe.jpg",
    b"new\nline.jpg",
    b"carriage\rreturn\ttab.png",
    b"quote \" and ' and `.jpg",
    b"back\\slash; semi & amp.webp",
    b"-rf --dashes.jpg",
    b" leading and trailing .jpg",
    b"$(touch x) %s {0}.jpg",
    b"\x1b[31mred.jpg",
    b"UPPER.JPG",
    b"many.dots.in.it.jpeg",
    b"v" * 240 + b".jpg",
]
FOLDERS = [b"2023", b"Urlaub \xc3\xbc", b"\xf0\x9f\x8f\x96", b"bad \xe9\xff", b"new\nline", b'"q"']


@dataclass
class Hostile:
    """`wanted`: readable supported files, path to SHA-1; `failing`, `skipped`: path to a word."""

    root: bytes
    wanted: dict[bytes, str] = field(default_factory=dict)
    failing: dict[bytes, str] = field(default_factory=dict)
    skipped: dict[bytes, str] = field(default_factory=dict)

    def path(self, *parts: bytes) -> bytes:
        path = os.path.join(self.root, *parts)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def photo(self, *parts: bytes, data: bytes | None = None) -> bytes:
        """Write a file that has to arrive."""
        path = self.path(*parts)
        data = content(path, 300) if data is None else data
        with open(path, "wb") as file:
            file.write(data)
        self.wanted[path] = sha1(data, usedforsecurity=False).hexdigest()
        return path


def build(root: bytes, outside: bytes, count: int = 1000) -> Hostile:
    """Make about `count` files; those that need the run under way are added by the test."""
    tree, dice = Hostile(root), random.Random(2)
    _odd(tree, outside)
    folders = [b"/".join(dice.choices(FOLDERS, k=dice.randint(0, 5))) for _ in range(60)]
    number = 0
    while len(tree.wanted) < count:
        number += 1
        name = NAMES[number % len(NAMES)]
        marked = name if len(name) > 200 else b"%d %s" % (number, name)
        if not os.path.lexists(path := tree.path(dice.choice(folders), marked)):
            tree.photo(path)
    return tree


def _odd(tree: Hostile, outside: bytes) -> None:
    same = content("two with equal bytes")
    tree.photo(b"twins", b"one.jpg", data=same)
    tree.photo(b"twins", b"other.jpg", data=same)

    empty = tree.path(b"odd", b"empty.jpg")
    open(empty, "wb").close()
    tree.skipped[empty] = "empty"

    secret = tree.photo(b"odd", b"nobody may read.jpg")
    os.chmod(secret, 0)
    locked = os.path.dirname(tree.photo(b"locked", b"inside.jpg"))
    os.chmod(locked, 0)
    tree.failing |= {secret: "may not be read", locked: "Permission denied"}
    del tree.wanted[secret], tree.wanted[os.path.join(locked, b"inside.jpg")]

    os.mkfifo(fifo := tree.path(b"odd", b"pipe.jpg"))
    tree.skipped[fifo] = "pipe"
    for name, target in {b"loop": b"..", b"self": b"self", b"twins again": b"../twins"}.items():
        os.symlink(target, link := tree.path(b"odd", name + b".jpg"))
        tree.skipped[link] = "nowhere" if name == b"self" else "link to a folder"
    os.symlink(b"..", loop := tree.path(b"odd", b"loop without a dot"))
    tree.skipped[loop] = "link to a folder"
    os.symlink(b"nothing here.jpg", broken := tree.path(b"odd", b"broken.jpg"))
    tree.skipped[broken] = "nowhere"

    os.symlink(b"../twins/one.jpg", inner := tree.path(b"odd", b"link to a twin.jpg"))
    tree.wanted[inner] = sha1(same, usedforsecurity=False).hexdigest()
    with open(outside, "wb") as file:
        file.write(data := content("outside"))
    os.symlink(outside, outer := tree.path(b"odd", b"link to a file elsewhere.jpg"))
    tree.wanted[outer] = sha1(data, usedforsecurity=False).hexdigest()


def repair(tree: Hostile) -> None:
    """Do what the program said: give the rights back."""
    os.chmod(os.path.join(tree.root, b"locked"), 0o700)
    tree.photo(b"locked", b"inside.jpg")
    path = os.path.join(tree.root, b"odd", b"nobody may read.jpg")
    os.chmod(path, 0o644)
    tree.photo(path)
    tree.failing.clear()


def picture(root: bytes) -> dict[bytes, tuple[object, ...]]:
    """Everything that could be changed in a person's folder: names, kinds, rights, times, bytes."""
    found: dict[bytes, tuple[object, ...]] = {}
    for folder, folders, names in os.walk(root):
        for name in (*folders, *names):
            path = os.path.join(folder, name)
            seen = os.lstat(path)
            facts = (seen.st_mode, seen.st_size, seen.st_mtime_ns, seen.st_uid, seen.st_nlink)
            found[path] = (*facts, _bytes(path, seen.st_mode))
    return found


def _bytes(path: bytes, mode: int) -> bytes:
    if stat.S_ISLNK(mode):
        return os.readlink(path)
    if not stat.S_ISREG(mode) or not os.access(path, os.R_OK):
        return b""
    with open(path, "rb") as file:
        return file.read()


def vanishing(tree: Hostile) -> bytes:
    """Write a photo dated tomorrow: the engine waits two seconds before it reads such a one."""
    path = tree.photo(b"odd", b"vanishes.jpg")
    tomorrow = time.time() + 86_400
    os.utime(path, (tomorrow, tomorrow))
    del tree.wanted[path]
    tree.failing[path] = "disappeared"
    return path
