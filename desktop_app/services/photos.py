"""Photos of a record: add, look at, describe, remove; and the pictures that come in packages (exchange.md, "Bad input", 44 and 45)."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal as Number
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.core import fields as f
from desktop_app.core import show
from desktop_app.core.draft import Draft
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.record import Record
from desktop_app.core.spec import Kind
from desktop_app.core.stamps import new_uid
from desktop_app.core.words import Words
from desktop_app.records.shared import attachment
from desktop_app.services import records
from desktop_app.services.context import AppContext
from desktop_app.services.records import NotSaved, Saved
from desktop_app.services.references import resolver
from desktop_app.storage import photos as pictures

if TYPE_CHECKING:
    from desktop_app.storage.read import Reader
    from desktop_app.storage.write import Writer

KIND = attachment.KIND.name
STAGES = attachment.STAGE
FILES = (".jpg", ".jpeg", ".jpe", ".png", ".webp", ".bmp")
"""How files end that are worth offering; what is in them decides."""
_FOLDED = 200  # letters of a file's name


@dataclass(frozen=True)
class Photo:
    """One photo of a record. `here`: the picture is in this database; else it is still to come ("foto menyusul").

    `taken_at` has a zone; the position is in degrees WGS84. `by` added it `at`.
    """

    uid: str
    stage: str
    caption: str
    file_name: str
    sha256: str
    taken_at: dt.datetime | None
    latitude: Number | None
    longitude: Number | None
    by: str
    at: dt.datetime | None
    here: bool


@dataclass(frozen=True)
class Added:
    """What was added; `notes` tell what of the camera's data was not taken over, and why."""

    uid: str
    notes: tuple[Words, ...]


@dataclass(frozen=True)
class Offer:
    """What a photo knows and its record does not: values for the record's fields, and the words of a link."""

    words: Words
    values: dict[str, Value]


def add(
    ctx: AppContext, kind: str, uid: str, source: Path | bytes, stage: str = "OTHER", caption: str = ""
) -> Added:
    """Add a picture to a stored record: picture and `attachment` row in one transaction, or neither.

    `source` is a file, or the bytes of a picture that never was one (the clipboard). Raises `KnownError` when it is no photo, when the
    record has it already, is removed, or is another office's; `UsageError` when there is no such record.
    """
    from desktop_app.formats import photo  # noqa: PLC0415  (a form opens without Pillow)

    declared = ctx.kind(kind)
    data, name = (source, "") if isinstance(source, bytes) else (photo.read_file(source), source.name)
    made = photo.prepare(data, name, zone=ctx.settings.zone, now=ctx.clock())
    values: dict[str, Value] = {
        "record_kind": kind,
        "record_uid": uid,
        "stage": stage,
        "file_name": _file_name(name, ctx.clock().astimezone(ctx.settings.zone)),
        "caption": caption.strip() or None,
        "sha256": made.sha256,
        "size_bytes": len(made.data),
        "width": made.width,
        "height": made.height,
        "taken_at": made.taken_at,
        "latitude": made.latitude,
        "longitude": made.longitude,
    }
    with ctx.store.writing(ctx.person) as writer:
        record = records.stored(writer, declared, uid)
        _refuse(ctx, declared, record)
        _refuse_twice(writer, kind, uid, made.sha256, name)
        pictures.put(writer, made.sha256, made.data)
        draft = Draft.new(ctx.kind(KIND), ctx.where(writer), new_uid, resolver(ctx), values)
        draft.record.site_code = record.site_code  # it goes where its record goes
        found = [finding for finding in draft.findings() if finding.severity == "error"]
        if found:
            raise NotSaved(draft.kind, found)
        stored = writer.add(draft.record_to_save())
    return Added(stored.uid, made.notes)


def _file_name(name: str, now: dt.datetime) -> str:
    """The name as it can be kept: one line, no control characters, its end left on when it is too long."""
    plain = "".join(" " if unicodedata.category(one)[0] in "CZ" else one for one in name)
    plain = unicodedata.normalize("NFC", " ".join(plain.split()))
    if not plain:
        return f"Tempelan {now:%Y-%m-%d %H.%M.%S}.jpg"
    if len(plain) <= _FOLDED:
        return plain
    end = Path(plain).suffix[:10]
    return plain[: _FOLDED - len(end)] + end


def _refuse(ctx: AppContext, kind: Kind, record: Record) -> None:
    records.refuse_foreign(ctx, kind, record)
    if record.removed_at is not None:
        raise KnownError(
            Words(
                f"{kind.id} ini sudah dihapus. Pulihkan dahulu, baru tambahkan fotonya.",
                f"This {kind.en.lower()} is removed. Recover it first, then add the photo.",
            )
        )


def _refuse_twice(reader: Reader, kind: str, uid: str, sha256: str, name: str) -> None:
    for one in reader.find(KIND, record_kind=kind, record_uid=uid, sha256=sha256):
        stage = STAGES.words(str(one.values.get("stage")))
        words = Words(
            "{n} sudah ada di catatan ini (tahap: {stage}).",
            "{n} is on this record already (stage: {stage}).",
        )
        named = Words(name, name) if name else Words("Gambar ini", "This picture")
        raise KnownError(words.filled(n=named, stage=stage))


def photos(ctx: AppContext, kind: str, uid: str) -> list[Photo]:
    """The photos of a record: by stage, within it by the time they were taken (or added)."""
    with ctx.store.reading() as reader:
        found = reader.find(KIND, record_kind=kind, record_uid=uid)
        stored = pictures.here(reader, (str(one.values.get("sha256")) for one in found))
    order = {code.code: place for place, code in enumerate(STAGES)}
    told = [_photo(one, stored) for one in found]
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(
        told, key=lambda one: (order.get(one.stage, len(order)), one.taken_at or one.at or never, one.uid)
    )


def _photo(record: Record, stored: set[str]) -> Photo:
    held = record.values
    at, latitude, longitude = held.get("taken_at"), held.get("latitude"), held.get("longitude")
    return Photo(
        record.uid,
        str(held.get("stage") or "OTHER"),
        str(held.get("caption") or ""),
        str(held.get("file_name") or ""),
        str(held.get("sha256") or ""),
        at if isinstance(at, dt.datetime) else None,
        latitude if isinstance(latitude, Number) else None,
        longitude if isinstance(longitude, Number) else None,
        record.entry_by or "",
        record.entry_at,
        str(held.get("sha256")) in stored,
    )


def picture(ctx: AppContext, sha256: str) -> bytes | None:
    """The picture with this hash, a JPEG; None when it is not here (yet)."""
    with ctx.store.reading() as reader:
        return pictures.get(reader, sha256)


def save_in(ctx: AppContext, taken: Iterable[Photo], folder: Path) -> list[Path]:
    """Write the pictures that are here into a folder, each under its hash; the files. Raises `KnownError` when that can't be done."""
    made: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for one in taken:
            data = picture(ctx, one.sha256)
            if data is not None:
                made.append(folder / f"{one.sha256}.jpg")
                made[-1].write_bytes(data)
    except OSError as wrong:
        raise KnownError(
            Words(
                f"Foto tidak bisa ditulis ke {folder}. Pilih folder lain.",
                f"The photos can't be written into {folder}. Choose another folder.",
            )
        ) from wrong
    return made


def describe(ctx: AppContext, uid: str, *, stage: str | None = None, caption: str | None = None) -> Saved:
    """Change the stage or the caption of a photo. Raises `KnownError` for what doesn't fit, or another office's photo."""
    draft = records.open_draft(ctx, KIND, uid)
    if stage is not None:
        draft.choose("stage", stage)
    if caption is not None:
        draft.type("caption", caption)
    return records.save(ctx, draft)


def remove(ctx: AppContext, uid: str, reason: str) -> Saved:
    """Take a photo away, with the reason; it can be recovered, and the picture stays. Raises as `records.remove` does."""
    return records.remove(ctx, KIND, uid, reason)


def stages(kind: Kind) -> tuple[str, ...]:
    """The stages that photos of this kind are sorted by, in order."""
    return tuple(code.code for code in STAGES) if kind.name in attachment.OF_WORK else ("OTHER",)


def likely_stage(draft: Draft) -> str:
    """The stage of a photo that is taken of the record as it stands now."""
    kind, held = draft.kind, draft.record.values
    if stages(kind) == ("OTHER",):
        return "OTHER"
    state = kind.life_cycle.by_code.get(draft.record.status or "") if kind.life_cycle else None
    if held.get(attachment.TIME_OF["AFTER"]) is not None or (state is not None and state.family == "ok"):
        return "AFTER"
    return "DURING" if held.get(attachment.TIME_OF["DURING"]) is not None else "BEFORE"


def offer(draft: Draft, taken: Iterable[Photo]) -> Offer | None:
    """Place and time of the photos for the fields of their record that are still empty; None when there is nothing to offer."""
    values: dict[str, Value] = {}
    said: list[Words] = []
    taken = list(taken)
    place = _place_of(draft)
    for one in taken:
        if place and one.latitude is not None and one.longitude is not None:
            values |= {place[0]: one.latitude, place[1]: one.longitude}
            if "coord_source" in draft.kind.by_name:
                values["coord_source"] = attachment.SOURCE_OF_POSITION
            spot = f"{show.show(draft.kind.by_name[place[0]], one.latitude)}; {show.show(draft.kind.by_name[place[1]], one.longitude)}"
            said.append(Words(f"posisi {spot}", f"position {spot}"))
            break
    for stage, name in attachment.TIME_OF.items():
        times = [one.taken_at for one in taken if one.stage == stage and one.taken_at is not None]
        if times and _is_open(draft, name):
            at = (max if stage == "AFTER" else min)(times).replace(second=0, microsecond=0)
            values[name] = at
            label = draft.kind.by_name[name].label
            when = show.show_any(at, zone=draft.where.settings.zone)
            said.append(Words(f"{label.id.lower()} {when}", f"{label.en.lower()} {when}"))
    if not values:
        return None
    return Offer(Words(", ".join(one.id for one in said), ", ".join(one.en for one in said)), values)


def _is_open(draft: Draft, name: str) -> bool:
    """Whether the record has that field, it applies, and nothing stands in it."""
    return name in draft.kind.by_name and draft.relevant(name) and not draft.text(name).strip()


def _place_of(draft: Draft) -> tuple[str, str] | None:
    """The names of latitude and longitude of the record's own place, if both are open."""
    for field in draft.kind.stored_fields:
        if isinstance(field, f.Coordinate) and field.axis == "lat":
            both = (field.name, field.other)
            return both if all(_is_open(draft, name) for name in both) else None
    return None


# ---- pictures in packages


def take_arrived(writer: Writer, sha256: str, data: bytes) -> str | None:
    """Keep a picture that came in a package; None when it is kept, else why not, in one word (`formats.photo.Code`).

    A refused picture is asked for again, for it is still missing; the rows that name it are merged all the same.
    """
    from desktop_app.formats import photo  # noqa: PLC0415  (a form opens without Pillow)

    if pictures.here(writer, [sha256]):
        return None
    try:
        photo.refuse_arrived(data, sha256)
    except photo.PhotoRefused as refused:
        return refused.code
    pictures.put(writer, sha256, data)
    return None
