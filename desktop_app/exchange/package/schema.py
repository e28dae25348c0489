"""The Frictionless description of a package (Data Package and Table Schema, version 2), made from the kinds' declarations.

Types say what the canonical text always holds, and nothing is constrained that a merge may bring (an unknown code, a long name):
a validator that trusts the schema must accept every package. What a stranger can't guess stands under `pelita:`: the merge group
of a column, the digits behind the point, the kind that a reference points to, whether it tells about a person.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop_app.core import fields as f
from desktop_app.core import values
from desktop_app.core.fields import Field
from desktop_app.core.travel import STAMPS, Column, Part, columns
from desktop_app.core.words import Words
from desktop_app.exchange.package.header import PART, PID, Header, to_json
from desktop_app.exchange.package.refusing import Refused
from desktop_app.exchange.package.strict_json import Fields, Json

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
COUNTS = "counts"
"""The name of the resource that is in every package: how many rows each table has (a Data Package without any resource is none)."""

_TYPES = "string|integer|number|boolean|date|time|datetime"
_NAME = "[a-z][a-z0-9_]{0,59}"
_MEANINGS = {
    "uid": Words("Identitas baris, sama di semua kantor", "Identity of the row, the same in every office"),
    "site_code": Words("Kode kantor yang bertanggung jawab", "Code of the office that is responsible"),
    "born": Words("Stempel saat baris dibuat", "Stamp of when the row was made"),
    "field_stamps": Words("Stempel perubahan sesudahnya", "Stamps of what was written since"),
    "extras": Words(
        "Isian yang belum dikenal program pengirim", "Fields that the sender's program does not know"
    ),
    "parent_uid": Words("Identitas catatan induk", "Identity of the record it belongs to"),
    "record_no": Words("Nomor catatan", "Number of the record"),
    "entry_by": Words("Dicatat oleh", "Entered by"),
    "updated_by": Words("Terakhir diubah oleh", "Changed by"),
}


class Resource(NamedTuple):
    """A table as its package describes it. `types`: column -> Table Schema type; `groups`: column -> merge group ("" carried along)."""

    part_name: str
    path: str
    sha256: str
    size: int
    rows: int
    types: Mapping[str, str]
    groups: Mapping[str, str]
    decimals: Mapping[str, int]


class PhotoResource(NamedTuple):
    """A photo as its package describes it; its name is the SHA-256 of its bytes."""

    sha256: str
    path: str
    size: int


def table_schema(part: Part, names: Sequence[str]) -> Json:
    """The Table Schema of a part with these columns. Raises KeyError for a column that the part doesn't have."""
    known = {column.name: column for column in columns(part)}
    return {"fields": [_field(known[name]) for name in names], "primaryKey": ["uid"], "missingValues": [""]}


def _field(column: Column) -> Json:
    found: Json = {"name": column.name, **_type(column.field)}
    meaning = column.field.label if column.field else _MEANINGS[column.name]
    found["title"], found["description"] = meaning
    if column.group:
        found["pelita:group"] = column.group
    if column.field:
        found.update(_beside(column.field))
    if column.name in ("uid", "site_code", "born", "parent_uid"):
        found["constraints"] = {"required": True}
    return found


def _type(field: Field | None) -> Json:
    like = values.leaf(field) if field else None
    if isinstance(like, f.Integer | f.Money):
        return {"type": "integer"}
    if isinstance(like, f.Decimal | f.Coordinate):
        return {"type": "number", "pelita:decimals": like.scale}
    if isinstance(like, f.YesNo):
        return {"type": "boolean"}
    if isinstance(like, f.Timestamp):
        return {"type": "datetime"}
    if isinstance(like, f.Date):
        return {"type": "date"}
    if isinstance(like, f.Time):
        return {"type": "time", "format": "%H:%M"}
    return {"type": "string"}


def _beside(field: Field) -> Json:
    found: Json = {}
    if isinstance(field, f.Choice | f.Choices):
        found["categories"] = [{"value": code, "label": words.id} for code, words in field.codes]
    if isinstance(field, f.Choices):
        found["pelita:separator"] = "|"
    if isinstance(field, f.Reference):
        found["pelita:refers"] = field.kind
    if field.personal:
        found["pelita:personal"] = True
    return found


def table_resource(part: Part, names: Sequence[str], sha256: str, size: int, rows: int) -> Json:
    """The description of a table's file."""
    return {
        "name": part.name,
        "path": f"data/{part.name}.csv",
        "title": part.kind.plural.id,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "hash": f"sha256:{sha256}",
        "bytes": size,
        "rows": rows,
        "schema": table_schema(part, names),
    }


def photo_resource(sha256: str, size: int) -> Json:
    """The description of a photo's file."""
    return {
        "name": f"photo-{sha256}",
        "path": f"photos/{sha256}.jpg",
        "format": "jpg",
        "mediatype": "image/jpeg",
        "hash": f"sha256:{sha256}",
        "bytes": size,
    }


def document(header: Header, resources: Sequence[Json]) -> Json:
    """The whole `datapackage.json`."""
    return {
        "$schema": PROFILE,
        "name": f"pelita-{header.sender.site_code}-{header.number}-{header.set.part}".lower(),
        "title": f"Pelita: {header.sender.name} ({header.sender.site_code}), {header.number}",
        "created": header.made_at,
        "pelita": to_json(header),
        "resources": [_counts(resources), *resources],
    }


def _counts(resources: Sequence[Json]) -> Json:
    tables = [{"table": one["name"], "rows": one["rows"]} for one in resources if "rows" in one]
    return {
        "name": COUNTS,
        "title": "Jumlah baris",
        "type": "table",
        "data": [*tables, {"table": "photos", "rows": len(resources) - len(tables)}],
        "schema": {"fields": [{"name": "table", "type": "string"}, {"name": "rows", "type": "integer"}]},
    }


def resources_of(described: Json) -> tuple[list[Resource], list[PhotoResource]]:
    """The files that a package says it has. Raises `Refused` when a description is missing something or is not in its one form."""
    tables: list[Resource] = []
    photos: list[PhotoResource] = []
    for resource in Fields(described, "datapackage").objects("resources"):
        name = resource.text("name")
        if "path" not in resource.found:
            resource.text("name", COUNTS)
        elif name.startswith("photo-"):
            photos.append(_photo(resource))
        else:
            tables.append(_table(resource))
    paths = [*(one.path for one in tables), *(one.path for one in photos)]
    if len(paths) != len(set(paths)):
        raise Refused(
            "header",
            "Keterangan di paket ini salah: satu berkas disebut dua kali.",
            "The description in this package is wrong: a file is named twice.",
        )
    return tables, photos


def _hash(resource: Fields) -> str:
    found = resource.text("hash", ".{1,200}")
    if not re.fullmatch(f"sha256:{PID}", found):  # 18
        raise Refused(
            "algorithm",
            f"Paket ini memakai sidik '{found[:20]}…'; yang diterima hanya sha256 dengan huruf kecil.",
            f"This package uses the hash '{found[:20]}…'; only sha256 in small letters is taken.",
        )
    return found.removeprefix("sha256:")


def _photo(resource: Fields) -> PhotoResource:
    sha256 = _hash(resource)
    path = resource.text("path", f"photos/{sha256}\\.jpg")
    resource.text("name", f"photo-{sha256}")
    return PhotoResource(sha256, path, resource.number("bytes", 1))


def _table(resource: Fields) -> Resource:
    name = resource.text("name", PART)
    described = resource.object("schema").objects("fields")
    types = {field.text("name", _NAME): field.text("type", _TYPES) for field in described}
    if len(types) != len(described) or not set(STAMPS) <= set(types):
        raise Refused(
            "heading",
            f"Tabel {name} di paket ini tidak lengkap: kolom {', '.join(STAMPS)} harus ada, masing-masing sekali.",
            f"The table {name} in this package is incomplete: the columns {', '.join(STAMPS)} must be there once each.",
        )
    return Resource(
        name,
        resource.text("path", f"data/{re.escape(name)}\\.csv"),
        _hash(resource),
        resource.number("bytes", 1),
        resource.number("rows"),
        types,
        {
            field.text("name"): field.text("pelita:group", "[a-z0-9_]{1,60}")
            if "pelita:group" in field.found
            else ""
            for field in described
        },
        {
            field.text("name"): field.number("pelita:decimals")
            for field in described
            if "pelita:decimals" in field.found
        },
    )
