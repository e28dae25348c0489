"""The first start: which office this is, and the regions of its city."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from desktop_app import place
from desktop_app.core.errors import KnownError
from desktop_app.core.fields import Value
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.record import Record
from desktop_app.core.searchtext import normalise, query_terms
from desktop_app.core.words import Words
from desktop_app.records.shared.region import CODE, level_of
from desktop_app.services import people, settings
from desktop_app.services.context import AppContext

METRO = "18.72"
"""The city whose regions are built in (Kepmendagri 300.2.2-2430/2025, domain.md 2.1)."""

INDONESIA_BOX = "-11.1,94.9,6.1,141.1"
_AT_ONCE = 200
_OFFERED = 20
_TYPES = {"1": "KELURAHAN", "2": "DESA", "3": "DESA_ADAT"}
"""What the first digit of a village's own four tells (domain.md 2.1)."""


@dataclass(frozen=True)
class Office:
    """A region that may be an office: its code, its name, and in what it lies."""

    code: str
    name: str
    within: str

    @property
    def is_city(self) -> bool:
        """A city or regency: headquarters' region."""
        return self.code.count(".") == 1

    @property
    def called(self) -> str:
        """The name as an office is called: "Kec. Metro Pusat", "Kel. Imopuro"; the code where no name is known."""
        begin = {"district": "Kec. ", "village": "Desa " if self.code[9:10] in "23" else "Kel. "}
        return self.name if self.name == self.code else begin.get(level_of(self.code) or "", "") + self.name


@dataclass(frozen=True)
class Loaded:
    """What a list of regions changed."""

    added: int
    renamed: int
    same: int


def is_set_up(ctx: AppContext) -> bool:
    """Whether somebody has said which office this is."""
    return bool(ctx.settings.site_code)


def init(
    ctx: AppContext,
    site_code: str,
    role: str = "office",
    name: str = "",
    progress: Progress | None = None,
    *,
    practice: bool = False,
) -> None:
    """Say once which office this is; loads the built-in regions of Kota Metro when it lies there.

    `practice`: nothing in this folder is real (see `services.practice`).

    Raises `KnownError` for a code that is no region code or not one of the city's, and when another office is set up already.
    """
    given = {"site_code": site_code.strip(), "role": role, "office_name": name.strip()}
    for key, text in given.items():
        settings.understood(key, text)
    if not given["site_code"]:
        raise KnownError(
            Words(
                "Kode kantor wajib diisi, misalnya 18.72.01.",
                "The office code is missing, for example 18.72.01.",
            )
        )
    now = ctx.settings.site_code
    if now and now != given["site_code"]:
        raise KnownError(
            Words(
                f"Folder data ini sudah milik kantor {now}. Pakai folder lain.",
                f"This data folder is office {now}'s already. Use another folder.",
            )
        )
    city = given["site_code"][:5]
    builtin = resources_of(city)
    if builtin is not None:
        codes = {code for code, _, _ in read_regions(builtin.read_bytes())}
        if given["site_code"] not in codes:
            raise KnownError(
                Words(
                    f"Kode {given['site_code']} tidak ada di daftar wilayah kota ini.",
                    f"{given['site_code']} is not among this city's regions.",
                )
            )
    if len(city) == len(METRO):
        given["city_code"] = city
    if city != METRO:
        given |= {"city_box": INDONESIA_BOX, "city_area_ha": str(Decimal(0))}
    if practice:
        settings.mark_practice(ctx)
    settings.change(ctx, given)
    if builtin is not None:
        load_regions(ctx, builtin, progress)


def begin(
    ctx: AppContext, site_code: str, role: str, name: str, person: str, language: str, *, dark: bool = False
) -> None:
    """What the assistant of the first start asked for, all of it. Raises as `init` and `people.add` do."""
    settings.understood("language", language)
    ctx.person = people.cleaned(person)
    init(ctx, site_code, role, name)
    people.add(ctx, person)
    settings.change(ctx, _looks(language, dark=dark))


def begin_with(ctx: AppContext, file: Path, person: str, language: str, *, dark: bool = False) -> None:
    """Set this computer up by headquarters' starter file. Raises `KnownError` when it can't be taken, and as `begin` does."""
    from desktop_app.services import receiving  # noqa: PLC0415  (keys and packages: only for who has such a file)

    settings.understood("language", language)
    ctx.person = people.cleaned(person)
    got = receiving.receive(ctx, [file])[0]
    if got.state != "merged":
        known = Words(
            f"{file.name} bukan berkas awal untuk komputer ini.",
            f"{file.name} is no starter file for this computer.",
        )
        raise KnownError(got.problem or known)
    people.add(ctx, person)
    settings.change(ctx, _looks(language, dark=dark))


def _looks(language: str, *, dark: bool) -> dict[str, str]:
    return {"language": language} | ({"dark": "true"} if dark else {})


def offices(text: str) -> list[Office]:
    """The built-in regions whose name or code begins like this; a region code from elsewhere as well."""
    listed = {
        code: name
        for file in sorted(_folder().glob("*.csv"))
        for code, name, _ in read_regions(file.read_bytes())
    }
    terms, typed = query_terms(text), text.strip()
    found = [
        Office(code, name, listed.get(code.rpartition(".")[0], ""))
        for code, name in sorted(listed.items())
        if "." in code and (code.startswith(typed) or all(term in normalise(name) for term in terms))
    ]
    code = dotted(text.strip())
    if not found and CODE.fullmatch(code):
        found = [Office(code, code, "")]
    return found[:_OFFERED]


def _folder() -> Path:
    return place.resources() / "regions"


def resources_of(city: str) -> Path | None:
    """The built-in list of regions of a city; None when there is none."""
    file = _folder() / f"{city}.csv"
    return file if file.is_file() else None


def read_regions(data: bytes) -> list[tuple[str, str, str]]:
    """(code, name, other spellings) of a list of regions: a CSV with the columns code, name and (if it likes) aliases.

    Comma or semicolon; codes as 18.72.01.1001 or 1872011001. Raises `KnownError` with the line for anything else.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise KnownError(
            Words(
                "Daftar wilayah harus berkas CSV UTF-8.", "The list of regions must be a CSV file in UTF-8."
            )
        ) from wrong
    heading = text.partition("\n")[0]
    rows = csv.DictReader(
        io.StringIO(text, newline=""), delimiter=";" if heading.count(";") > heading.count(",") else ","
    )
    if not {"code", "name"} <= set(rows.fieldnames or ()):
        raise KnownError(
            Words(
                "Daftar wilayah harus punya kolom code dan name.",
                "The list of regions needs the columns code and name.",
            )
        )
    found: dict[str, tuple[str, str, str]] = {}
    for row in rows:
        code, name = dotted((row["code"] or "").strip()), " ".join((row["name"] or "").split())
        bad = None
        if not CODE.fullmatch(code):
            bad = Words(f"'{row['code']}' bukan kode wilayah", f"'{row['code']}' is no region code")
        elif not name:
            bad = Words(f"{code} tidak punya nama", f"{code} has no name")
        elif code in found:
            bad = Words(f"{code} ada dua kali", f"{code} is there twice")
        if bad is not None:
            raise KnownError(Words(f"Baris {rows.line_num}: {bad.id}.", f"Line {rows.line_num}: {bad.en}."))
        found[code] = (code, name, (row.get("aliases") or "").strip())
    if not found:
        raise KnownError(Words("Daftar wilayah ini kosong.", "This list of regions is empty."))
    return sorted(found.values())


def dotted(code: str) -> str:
    """1872011001 as 18.72.01.1001; a code that has its dots, or is none, stays as it is."""
    if not code.isdigit():
        return code
    parts = (code[:2], code[2:4], code[4:6], code[6:])
    return ".".join(part for part in parts if part)


def load_regions(ctx: AppContext, file: Path, progress: Progress | None = None) -> Loaded:
    """Put a city's regions in, or bring their names up to date: all of them or none. Regions that the list lacks stay.

    Raises `KnownError` for a file that is no such list, `Cancelled` when the user stops it.
    """
    progress = progress or Quiet()
    try:
        listed = read_regions(file.read_bytes())
    except OSError as wrong:
        raise KnownError(
            Words(f"{file} tidak bisa dibaca: {wrong.strerror}.", f"{file} can't be read: {wrong.strerror}.")
        ) from wrong
    codes = {code for code, _, _ in listed}
    doing = Words("Memuat wilayah", "Loading regions")
    new: list[Record] = []
    renamed = 0
    with ctx.store.writing(ctx.person) as writer:
        for number, (code, name, aliases) in enumerate(listed):
            if number % _AT_ONCE == 0:
                progress.at(number, len(listed), doing)
            parent = code.rpartition(".")[0]
            if parent and parent not in codes and writer.get("region", parent) is None:
                raise _orphan(code, name, parent)
            values = _values(code, name, aliases)
            old = writer.get("region", code)
            if old is None:
                new.append(Record("region", code, values, site_code=ctx.settings.city_code))
            elif any(old.values.get(key) != value for key, value in values.items()):
                writer.change("region", code, values)
                renamed += 1
        writer.load("region", new, progress)
        progress.at(len(listed), len(listed), doing)
    from desktop_app.storage.upkeep import rebuild  # noqa: PLC0415  (the window's first moment needs this module, not that)

    rebuild.catch_up(ctx.store)  # whatever was recorded before is from now on found by the new names
    return Loaded(len(new), renamed, len(listed) - len(new) - renamed)


def _orphan(code: str, name: str, parent: str) -> KnownError:
    return KnownError(
        Words(
            f"{code} {name}: wilayah induknya {parent} tidak ada. Tambahkan ke daftar.",
            f"{code} {name}: the region above it, {parent}, is missing. Add it to the list.",
        )
    )


def _values(code: str, name: str, aliases: str) -> dict[str, Value]:
    level = level_of(code)
    return {
        "code": code,
        "name": name,
        "level": level,
        "parent_code": code.rpartition(".")[0] or None,
        "village_type": _TYPES.get(code[9], "KELURAHAN") if level == "village" else None,
        "aliases": aliases or None,
    }
