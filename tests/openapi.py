"""Holds requests and answers against the published specifications beside the checkout.

`spec("2.7.5")` returns a `Spec` or None; `needs_spec` is the pytest mark for tests that cannot do
without. 3.0.3 is held against 3.0.0, with the differences that were seen on a real 3.0.3.
"""

import functools
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import referencing
from referencing.jsonschema import DRAFT202012

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "openapi"
FILES = {"2.7.5": "immich-2.7.5.json", "3.0.3": "immich-3.0.0.json"}
# Answered by a real 3.0.3 but not in the specification of 3.0.0, which was an early one.
NEWER_KEYS = {
    "ServerVersionResponseDto": {"prerelease"},
    "ServerFeaturesDto": {"realtimeTranscoding"},
    "ServerConfigDto": {"minFaces"},
}

needs_spec = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the published specifications are not beside this checkout"
)


class SpecError(AssertionError):
    """A request or an answer is not what the specification says."""


def _modern(node: Any) -> Any:
    """Turn OpenAPI 3.0 `nullable` into JSON Schema."""
    if isinstance(node, list):
        return [_modern(item) for item in node]
    if not isinstance(node, dict):
        return node
    rest = {key: _modern(value) for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True:
        return {"anyOf": [rest, {"type": "null"}]}
    return rest


@dataclass(frozen=True)
class Spec:
    """One version's specification."""

    document: dict[str, Any]
    registry: referencing.Registry

    @classmethod
    def load(cls, path: Path) -> "Spec":
        document = _modern(json.loads(path.read_text(encoding="utf-8")))
        resource = referencing.Resource(contents=document, specification=DRAFT202012)
        return cls(document, referencing.Registry().with_resource("urn:spec", resource))

    def operation(self, method: str, path: str) -> dict[str, Any]:
        """Return the operation of a real path such as `/api/albums/<uuid>`."""
        bare = path.partition("?")[0].removeprefix("/api")
        # Paths without parameters win over those with.
        for template in sorted(self.document["paths"], key=lambda item: item.count("{")):
            pattern = re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(template))
            operations = self.document["paths"][template]
            if re.fullmatch(pattern, bare) and method.lower() in operations:
                found: dict[str, Any] = operations[method.lower()]
                return found
        raise SpecError(f"{method} {path} is not in the specification")

    def permission(self, method: str, path: str) -> str | None:
        """Return the permission that the specification names for a call."""
        found: str | None = self.operation(method, path).get("x-immich-permission")
        return found

    def check_answer(self, method: str, path: str, status: int, body: Any) -> None:
        """Raise SpecError unless status and JSON body of a success are those specified."""
        responses = self.operation(method, path)["responses"]
        if str(status) not in responses:
            raise SpecError(f"{method} {path} never answers {status}, only {list(responses)}")
        content = responses[str(status)].get("content", {})
        if schema := content.get("application/json", {}).get("schema"):
            self._check(f"answer of {method} {path}", schema, body)
        elif body:
            raise SpecError(f"{method} {path} answers {status} without a body")

    def check_line(self, line: Any) -> None:
        """Raise SpecError unless this is a line that a sync stream may have."""
        if set(line) != {"type", "data", "ack"}:
            raise SpecError(f"a line of the stream has {sorted(line)}")
        if line["type"] not in self.document["components"]["schemas"]["SyncEntityType"]["enum"]:
            raise SpecError(f"no line of the stream is a {line['type']}")
        # Whosever asset it is and for whatever reason it is told: the payload is the same.
        name = re.sub(r"Partner(?=Asset|Stack)|Album(?=Asset)", "", line["type"])
        name = re.sub(r"(?:Backfill|Create|Update)(?=V)", "", name)
        schema = f"Sync{name.removeprefix('Sync')}"
        self._check(schema, {"$ref": f"#/components/schemas/{schema}"}, line["data"])

    def check_json(self, method: str, path: str, body: Any) -> None:
        """Raise SpecError unless this JSON body may be sent."""
        schema = self._request_schema(method, path, "application/json")
        self._check(f"body of {method} {path}", schema, body)

    def check_multipart(
        self,
        method: str,
        path: str,
        fields: Mapping[str, str],
        files: Iterable[str],
        *,
        allow: Iterable[str] = (),
    ) -> None:
        """Raise SpecError unless these form fields and file parts may be sent.

        `allow` names fields that are sent knowingly although this version does not list them.
        """
        schema = self._resolve(self._request_schema(method, path, "multipart/form-data"))
        properties = schema["properties"]
        names = {*fields, *files}
        if unknown := names - set(properties) - set(allow):
            raise SpecError(f"{method} {path} knows no parts {sorted(unknown)}")
        if missing := set(schema.get("required", ())) - names:
            raise SpecError(f"{method} {path} needs the parts {sorted(missing)}")
        for name, text in fields.items():
            if name in properties:
                value = _typed(text, self._resolve(properties[name]))
                self._check(f"part {name} of {method} {path}", properties[name], value)

    def _request_schema(self, method: str, path: str, media_type: str) -> dict[str, Any]:
        content = self.operation(method, path).get("requestBody", {}).get("content", {})
        if media_type not in content:
            raise SpecError(f"{method} {path} takes {list(content)}, not {media_type}")
        found: dict[str, Any] = content[media_type]["schema"]
        return found

    def _resolve(self, schema: dict[str, Any]) -> dict[str, Any]:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            found: dict[str, Any] = self.document["components"]["schemas"][name]
            return self._resolve(found)
        return schema

    def _check(self, what: str, schema: dict[str, Any], value: Any) -> None:
        absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:spec#/'))
        validator = jsonschema.Draft202012Validator(
            absolute,
            registry=self.registry,
            format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
        )
        if errors := [f"{e.json_path}: {e.message}" for e in validator.iter_errors(value)]:
            raise SpecError(f"{what}: {'; '.join(errors)}")
        self._check_keys(what, schema, value)

    def _check_keys(self, what: str, schema: dict[str, Any], value: Any) -> None:
        """Refuse keys that the specification does not have: they would be our invention."""
        name = schema.get("$ref", "").rpartition("/")[2]
        resolved = self._resolve(schema)
        for part in (*resolved.get("allOf", ()), *resolved.get("anyOf", ())):
            self._check_keys(what, part, value)
        if isinstance(value, list) and "items" in resolved:
            for item in value:
                self._check_keys(what, resolved["items"], item)
        properties = resolved.get("properties")
        if not isinstance(value, dict) or not properties:
            return
        if unknown := set(value) - set(properties) - NEWER_KEYS.get(name, set()):
            raise SpecError(f"{what}: {name or 'object'} has no {sorted(unknown)}")
        for key, item in value.items():
            if key in properties:
                self._check_keys(what, properties[key], item)


def _typed(text: str, schema: dict[str, Any]) -> Any:
    """Return a form field as the type that its schema wants; text that does not fit stays text."""
    kind = schema.get("type")
    if kind == "boolean":
        return {"true": True, "false": False}.get(text, text)
    if kind in ("integer", "number"):
        return int(text) if text.isascii() and text.isdigit() else text
    return json.loads(text) if kind in ("array", "object") else text


@functools.cache
def spec(version: str) -> Spec | None:
    """Return the specification to hold a version against; None when it is not here."""
    path = FOLDER / FILES[version]
    return Spec.load(path) if path.is_file() else None
