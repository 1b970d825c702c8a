"""Answers made from the published specification: right ones, by a seed."""

import base64
import json
import random
import re
from typing import Any

from tests.faults.liar import Answer
from tests.openapi import Spec
from tests.sync.world import ident

IDS = [ident("id", number) for number in range(4)]
DEEPEST = 6
WORDS = ("", "a", "IMG_0001.jpg", "Grüße ☀", "x" * 300, ".jpg", "+01:00", "=1+1")
TIMES = ("2024-05-01T12:30:00.000Z", "1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59Z")
TIMES += ("2024-05-01T12:30:00.000Z", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z")
BY_NAME = {
    "res": ["pong"] * 9 + [""],
    "major": [2] * 5 + [3] * 10 + [1, 4],
    "visibility": ["timeline"],
    "permissions": [["all"]] * 9 + [[]],
}
OF_NO_ENTITY = {"SyncResetV1", "SyncCompleteV1", "SyncAckV1"}


class Maker:
    """Makes values of schemas; one maker is one answer."""

    def __init__(self, spec: Spec, dice: random.Random) -> None:
        self._spec, self._dice = spec, dice
        self._length = dice.choice([0, 1, 1, 2, 5])  # of every list: some are columns of a table

    def answer(self, method: str, path: str, asked: bytes) -> Answer:
        """Return a success as it is specified; raises SpecError for what is not there."""
        responses = self._spec.operation(method, path)["responses"]
        status = self._dice.choice([int(code) for code in responses if code.startswith("2")])
        content = responses[str(status)].get("content", {})
        if path.endswith("/sync/stream"):
            return Answer(200, {"Content-Type": "application/jsonlines+json"}, self._lines())
        if not content:
            return Answer(status, {}, b"")
        kind = next(iter(content))
        headers = {"Content-Type": kind, "ETag": f'"{self._dice.random()}"'}
        if "json" not in kind:
            return Answer(status, headers, self._dice.randbytes(1000))
        value = self.value(content[kind]["schema"])
        if path.endswith("/bulk-upload-check"):
            value = {"results": [self._checked(item) for item in json.loads(asked)["assets"]]}
        elif re.search(r"/albums/[^/]+/assets$", path):
            for one, name in zip(value, json.loads(asked)["ids"], strict=False):
                one["id"] = name
        return Answer(status, headers, json.dumps(value).encode())

    def _checked(self, item: dict[str, Any]) -> dict[str, Any]:
        if self._dice.random() < 0.5:
            return {"id": item["id"], "action": "accept"}
        held = {"action": "reject", "reason": "duplicate", "assetId": self._dice.choice(IDS)}
        return {"id": item["id"], **held, "isTrashed": self._dice.random() < 0.3}

    def _lines(self) -> bytes:
        """Changes of every type that there is, and an end to them."""
        schemas = self._spec.document["components"]["schemas"]
        lines = []
        for _ in range(self._dice.choice([0, 1, 5, 40])):
            kind = self._dice.choice(schemas["SyncEntityType"]["enum"])
            name = re.sub(r"Partner(?=Asset|Stack)|Album(?=Asset)", "", kind)
            name = re.sub(r"(?:Backfill|Create|Update)(?=V)", "", name)
            schema = schemas.get(f"Sync{name.removeprefix('Sync')}")
            if schema and kind not in OF_NO_ENTITY:
                lines.append({"type": kind, "data": self.value(schema), "ack": self._ack(kind)})
        if self._dice.random() < 0.9:
            lines.append({"type": "SyncCompleteV1", "data": {}, "ack": self._ack("SyncCompleteV1")})
        return b"".join(json.dumps(line).encode() + b"\n" for line in lines)

    def _ack(self, kind: str) -> str:
        moment = self._dice.choice([1_714_566_600_000, 0, (1 << 48) - 1])
        number = f"{moment:012x}7{self._dice.getrandbits(12):03x}8{self._dice.getrandbits(60):015x}"
        hyphens = "-".join((number[:8], number[8:12], number[12:16], number[16:20], number[20:]))
        return f"{kind}|{hyphens}" + self._dice.choice(["", "", f"|{IDS[0]}"])

    def value(self, schema: dict[str, Any], name: str = "", depth: int = 0) -> Any:
        if "$ref" in schema:
            there = schema["$ref"].rpartition("/")[2]
            return self.value(self._spec.document["components"]["schemas"][there], name, depth)
        if name in BY_NAME and self._fits(schema, name) and self._dice.random() < 0.9:
            return self._dice.choice(BY_NAME[name])
        if choices := schema.get("anyOf"):
            return self.value(self._dice.choice(choices), name, depth)
        if parts := schema.get("allOf"):
            made = [self.value(part, name, depth) for part in parts]
            return {k: v for one in made for k, v in one.items()} if len(made) > 1 else made[0]
        if "enum" in schema:
            return self._dice.choice(schema["enum"])
        return self._of_type(schema, name, depth)

    @staticmethod
    def _fits(schema: dict[str, Any], name: str) -> bool:
        return (schema.get("type") == "array") is isinstance(BY_NAME[name][0], list)

    def _of_type(self, schema: dict[str, Any], name: str, depth: int) -> Any:
        match schema.get("type", "object"):
            case "object":
                return self._object(schema, depth + 1)
            case "array":
                count = max(self._length, schema.get("minItems", 0)) if depth < DEEPEST else 0
                return [self.value(schema["items"], name, depth + 1) for _ in range(count)]
            case "string":
                return self._text(schema, name)
            case "integer":
                low, high = schema.get("minimum", -(2**53)), schema.get("maximum", 2**53)
                return min(max(self._dice.choice([0, 1, 7, 100, low, high]), low), high)
            case kind:
                whole = name not in ("latitude", "longitude", "fNumber", "focalLength")
                number = self._dice.choice([0, 100, 4000] if whole else [0, 1.5, -180, 0.1])
                plain = {"boolean": self._dice.random() < 0.5, "number": number, "null": None}
                return plain[kind]

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        must, share = set(schema.get("required", ())), 0.7 if depth < DEEPEST else 0.0
        return {
            key: self.value(inner, key, depth)
            for key, inner in schema.get("properties", {}).items()
            if key in must or self._dice.random() < share
        }

    def _text(self, schema: dict[str, Any], name: str) -> str:
        shape = schema.get("format") or schema.get("pattern", "")
        if shape == "uuid" or "0-9a-fA-F]{8}-" in shape or re.search(r"(^i|I)ds?$", name):
            return self._dice.choice(IDS)
        if shape == "date" or name == "timeBucket":
            return "2024-05-01"
        if "date" in shape or "T(?:" in shape or re.search(r"(At|Date|DateTime)$", name):
            return self._dice.choice(TIMES)
        if name == "checksum":
            return base64.b64encode(self._dice.randbytes(20)).decode()
        if name == "url":
            return "https://provider.example/sign-in?client_id=1"
        return self._dice.choice(WORDS)
