"""The office's settings: each is kept as one line of text, checked in words when somebody changes it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from desktop_app.core.declared import declared
from desktop_app.core.errors import KnownError, UsageError
from desktop_app.core.settings import PRACTICE, Settings
from desktop_app.core.words import Words, use
from desktop_app.services.context import AppContext

_log = logging.getLogger(__name__)

REGION_CODE = re.compile(r"\d{2}(\.\d{2}(\.\d{2}(\.\d{4})?)?)?")


@declared
class Entry:
    """One setting: its name, what people call it, and how its text is read (`read` raises ValueError) and written."""

    name: str
    words: Words
    read: Callable[[str], Any]
    must_be: Words
    choices: tuple[tuple[str, Words], ...] = ()

    def text(self, settings: Settings) -> str:
        """The value as its line of text."""
        value = getattr(settings, self.name)
        if isinstance(value, bool):
            return "true" if value else "false"
        return ",".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _fitting(pattern: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return read


def _among(*codes: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in codes:
            raise ValueError(text)
        return text

    return read


def _written(limit: int, besides: str = "") -> Callable[[str], str]:
    """Text of at most so many characters; no control characters `besides` these."""

    def read(text: str) -> str:
        if len(text) > limit or any(letter < " " and letter not in besides for letter in text):
            raise ValueError(text)
        return text

    return read


def _number(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return read


def _yes_no(text: str) -> bool:
    return {"true": True, "ya": True, "yes": True, "false": False, "tidak": False, "no": False}[text.lower()]


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except ZoneInfoNotFoundError as missing:
        raise ValueError(text) from missing


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _sections(text: str) -> tuple[str, ...]:
    chosen = _parts(text)
    if not set(chosen) <= {"lighting", "parks", "cemeteries", "slums"}:
        raise ValueError(text)
    return chosen


def _prefixes(text: str) -> tuple[str, ...]:
    return tuple(_fitting(r"\d{5}")(part) for part in _parts(text))


def _box(text: str) -> tuple[Decimal, Decimal, Decimal, Decimal]:
    south, west, north, east = (Decimal(part) for part in _parts(text))
    if not (-12 <= south < north <= 7 and 94 <= west < east <= 142):
        raise ValueError(text)
    return south, west, north, east


def _area(text: str) -> Decimal:
    area = Decimal(text)
    if not (area.is_finite() and area >= 0):
        raise ValueError(text)
    return area


_TEXT = Words("teks", "text")
_YES_NO = Words("'true' atau 'false'", "'true' or 'false'")


def _of(*pairs: tuple[str, str, str]) -> dict[str, Any]:
    said = ", ".join(code for code, _, _ in pairs)
    return {
        "read": _among(*(code for code, _, _ in pairs)),
        "must_be": Words(f"salah satu dari: {said}", f"one of: {said}"),
        "choices": tuple((code, Words(indonesian, english)) for code, indonesian, english in pairs),
    }


def _line(limit: int = 200) -> dict[str, Any]:
    return {
        "read": _written(limit),
        "must_be": Words(
            f"teks sebaris, paling banyak {limit} huruf", f"one line of at most {limit} characters"
        ),
    }


def _whole(low: int, high: int) -> dict[str, Any]:
    return {
        "read": _number(low, high),
        "must_be": Words(f"bilangan dari {low} sampai {high}", f"a whole number from {low} to {high}"),
    }


ENTRIES: tuple[Entry, ...] = (
    Entry("site_code", Words("Kode kantor", "Office code"), _fitting(f"({REGION_CODE.pattern})?"), Words("kode wilayah seperti 18.72.01", "a region code like 18.72.01")),
    Entry("role", Words("Peran", "Role"), **_of(("office", "Kantor", "Office"), ("headquarters", "Pusat", "Headquarters"))),
    Entry("office_name", Words("Nama kantor", "Office name"), **_line()),
    Entry("installation_letter", Words("Huruf komputer", "Computer's letter"), _fitting("[A-Z]?"), Words("satu huruf A sampai Z, atau kosong", "one letter A to Z, or nothing")),
    Entry("language", Words("Bahasa", "Language"), **_of(("id", "Bahasa Indonesia", "Indonesian"), ("en", "Bahasa Inggris", "English"))),
    Entry("dark", Words("Tampilan gelap", "Dark looks"), _yes_no, _YES_NO),
    Entry("timezone", Words("Zona waktu", "Time zone"), _zone, Words("zona waktu seperti Asia/Jakarta", "a time zone like Asia/Jakarta")),
    Entry("organisation", Words("Dinas", "Agency"), **_line()),
    Entry("letterhead", Words("Kop surat", "Letterhead"), _written(1000, "\n"), _TEXT),
    Entry("signatory_name", Words("Nama penanda tangan", "Signatory"), **_line()),
    Entry("signatory_nip", Words("NIP penanda tangan", "Signatory's NIP"), _fitting(r"(\d{18})?"), Words("18 angka, atau kosong", "18 digits, or nothing")),
    Entry(
        "responsible_agency",
        Words("OPD penanggung jawab", "Responsible agency"),
        _among("PERKIM", "DISHUB", "DLH", "PUTR", "KELURAHAN", "SWADAYA", "PLN"),
        Words("salah satu dari: PERKIM, DISHUB, DLH, PUTR, KELURAHAN, SWADAYA, PLN", "one of: PERKIM, DISHUB, DLH, PUTR, KELURAHAN, SWADAYA, PLN"),
    ),
    Entry("sections", Words("Bagian yang dipakai", "Sections in use"), _sections, Words("beberapa dari: lighting, parks, cemeteries, slums", "some of: lighting, parks, cemeteries, slums")),
    Entry("city_code", Words("Kode kota", "City code"), _fitting(r"\d{2}\.\d{2}"), Words("kode seperti 18.72", "a code like 18.72")),
    Entry("city_box", Words("Batas kota", "The city's box"), _box, Words("selatan,barat,utara,timur dalam derajat, seperti -5.18,105.24,-5.06,105.36", "south,west,north,east in degrees, like -5.18,105.24,-5.06,105.36")),
    Entry("city_area_ha", Words("Luas kota (ha)", "City area (ha)"), _area, Words("luas dalam hektare, seperti 6874.00", "an area in hectares, like 6874.00")),
    Entry("idpel_prefixes", Words("Awalan IDPEL", "IDPEL prefixes"), _prefixes, Words("lima angka per unit PLN, dipisah koma", "five digits for each PLN unit, separated by commas")),
    Entry("sla_hours", Words("Batas perbaikan (jam)", "Repair within (hours)"), **_whole(1, 1000)),
    Entry("sla_hours_max", Words("Batas terlama (jam)", "At the latest (hours)"), **_whole(1, 1000)),
    Entry("permit_validity_months", Words("Masa berlaku IPTM (bulan)", "Permit validity (months)"), **_whole(1, 600)),
    Entry("stacking_min_years", Words("Jarak tumpang (tahun)", "Years before stacking"), **_whole(0, 100)),
    Entry("stacking_max", Words("Tumpang paling banyak", "Burials in one plot"), **_whole(1, 10)),
    Entry("hectares_method", Words("Cara menghitung hektare", "How hectares are counted"), **_of(("COMPLETED", "Tuntas", "Completed"), ("PROPORTIONAL", "Proporsional", "Proportional"))),
    Entry("credit_road_work_to_buildings", Words("Perbaikan jalan dihitung untuk bangunan", "Road work counts for buildings"), _yes_no, _YES_NO),
    Entry("part_megabytes", Words("Ukuran berkas paket (MB)", "Size of a package's files (MB)"), **_whole(1, 2000)),
    Entry("escrow_recipient", Words("Kunci cadangan paket", "Escrow key of packages"), _fitting("(age1[02-9ac-hj-np-z]{58})?"), Words("kunci age yang berawalan age1, atau kosong", "an age key that begins with age1, or nothing")),
)  # fmt: skip
"""All settings, in the order of the settings page."""

_BY_NAME = {entry.name: entry for entry in ENTRIES}


def texts(settings: Settings) -> dict[str, str]:
    """Every setting as its line of text."""
    return {entry.name: entry.text(settings) for entry in ENTRIES}


def understood(name: str, text: str) -> Any:
    """The value of a setting's text. Raises `UsageError` for an unknown name, `KnownError` when the text can't be it."""
    entry = _BY_NAME.get(name)
    if entry is None:
        raise UsageError(Words(f"Pengaturan '{name}' tidak ada.", f"There is no setting '{name}'."), name)
    try:
        return entry.read(text.strip())
    except (ValueError, KeyError, InvalidOperation) as wrong:
        raise KnownError(
            Words(
                f"{entry.words.id}: '{text}' tidak bisa. Isi {entry.must_be.id}.",
                f"{entry.words.en}: '{text}' won't do. Give {entry.must_be.en}.",
            ),
            name,
        ) from wrong


def read(stored: Mapping[str, str]) -> Settings:
    """The settings of the stored lines. A line that can't be read (another version wrote it) leaves the default, and is logged."""
    found: dict[str, Any] = {}
    for name, text in stored.items():
        if name not in _BY_NAME:
            continue
        try:
            found[name] = understood(name, text)
        except KnownError:
            _log.warning("setting %s can't be read; its default is used", name)
    return replace(Settings(), **found)


def load(ctx: AppContext) -> Settings:
    """Read the settings anew, and speak the language that they name."""
    with ctx.store.reading() as reader:
        return _take(ctx, read(reader.settings()))


def change(ctx: AppContext, given: Mapping[str, str]) -> Settings:
    """Store some settings, all or none of them. Raises `UsageError` or `KnownError` (see `understood`)."""
    checked = replace(ctx.settings, **{name: understood(name, text) for name, text in given.items()})
    if checked.sla_hours > checked.sla_hours_max:
        raise KnownError(
            Words(
                "Batas perbaikan tidak boleh lebih lama daripada batas terlama.",
                "The repair limit can't be longer than the latest one.",
            ),
            "sla_hours",
        )
    with ctx.store.writing(ctx.person) as writer:
        writer.set_settings({name: _BY_NAME[name].text(checked) for name in given})
    return _take(ctx, checked)


def mark_practice(ctx: AppContext) -> None:
    """Make this data folder one for practice, for good. Raises `KnownError` when it is an office's already."""
    if ctx.settings.site_code and not ctx.practice:
        raise KnownError(
            Words(
                f"Folder data ini milik kantor {ctx.settings.site_code}. Latihan perlu folder sendiri.",
                f"This data folder is office {ctx.settings.site_code}'s. Practice needs a folder of its own.",
            )
        )
    with ctx.store.writing(ctx.person) as writer:
        writer.set_settings({PRACTICE: "true"})
    ctx.practice = True


def _take(ctx: AppContext, settings: Settings) -> Settings:
    ctx.settle()
    ctx.settings = ctx.store.settings = settings
    use("en" if settings.language == "en" else "id")
    return settings
