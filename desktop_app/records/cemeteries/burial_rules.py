"""What must hold for a burial beside the plot, the people and the papers. Sources: domain.md 5.1, 5.2.5, 5.2.6."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from desktop_app.core.record import Record, View
from desktop_app.core.spec import Rule, error, warning
from desktop_app.records.cemeteries.dates import add_months, is_before, years_between
from desktop_app.records.cemeteries.graves import date_of, lying_in, policy
from desktop_app.records.common import identity_rules
from desktop_app.records.rules import less, others

Broken = Mapping[str, object] | bool | None

_CLOSED = ("BLOCKED", "DAMAGED", "UNDER_REPAIR", "IN_TRANSITION")


def _lies(r: View) -> bool:
    return r.status != "EXHUMED"


def _neighbours(r: View) -> list[Record]:
    """The other bodies that lie in the same plot now."""
    return [found for found in lying_in(r, r.plot) if found.uid != r.uid] if _lies(r) else []


def _before(r: View) -> list[Record]:
    """Those who lay there when this body came: a later stacking must not turn an old slip wrong."""

    def earlier(other: Record) -> bool:
        day = date_of(other, "burial_date")
        if day is None or not isinstance(r.burial_date, dt.date) or day == r.burial_date:
            return less(other.values.get("stack_level"), r.stack_level)
        return day < r.burial_date

    return [other for other in _neighbours(r) if earlier(other)]


def _level_taken(r: View) -> Broken:
    for other in _neighbours(r):
        if r.stack_level is not None and other.values.get("stack_level") == r.stack_level:
            return {"see": other, "who": other.values.get("deceased_name")}
    return None


def _level_too_high(r: View) -> Broken:
    plot = r.target("plot")
    if plot is None or not less(plot.max_stack, r.stack_level):
        return None
    return {"see": plot, "most": plot.max_stack}


def _new_on_occupied(r: View) -> Broken:
    lying = _before(r) if r.burial_kind == "NEW" else []
    return {"see": lying[0], "who": lying[0].values.get("deceased_name")} if lying else None


def _stacked_on_empty(r: View) -> bool:
    return r.burial_kind == "STACKED" and r.plot is not None and _lies(r) and not _before(r)


def _too_early(r: View) -> Broken:
    """Stacking before the site's years since the last burial, unless the head decided otherwise and said why."""
    if r.burial_kind != "STACKED" or (r.override_by and r.override_reason):
        return None
    last = max(_before(r), key=lambda other: date_of(other, "burial_date") or dt.date.min, default=None)
    day = None if last is None else date_of(last, "burial_date")
    years = policy(r, r.target("cemetery"), "stacking_min_years")
    if day is None or not less(r.burial_date, add_months(day, 12 * years)):
        return None
    return {"see": last, "last": day, "years": years, "free": add_months(day, 12 * years)}


def _plot_elsewhere(r: View) -> Broken:
    plot = r.target("plot")
    if plot is None or r.cemetery is None or plot.cemetery == r.cemetery:
        return None
    return {"see": plot}


def _plot_closed(r: View) -> Broken:
    plot = r.target("plot")
    return {"see": plot} if plot is not None and plot.status in _CLOSED and _lies(r) else None


def _plot_full(r: View) -> Broken:
    """A new body for a plot that was declared full."""
    plot = r.target("plot")
    full = plot is not None and plot.status == "FULL" and r.record.version == 0
    return {"see": plot} if full else None


def _cemetery_closed(r: View) -> Broken:
    cemetery = r.target("cemetery")
    closed = cemetery is not None and cemetery.status in ("FULL", "INACTIVE", "PLANNED")
    return {"see": cemetery} if closed and r.record.version == 0 else None


def _other_block(r: View) -> Broken:
    plot = r.target("plot")
    religion = None if plot is None else plot.block_religion
    if plot is None or religion in (None, "MIXED") or r.deceased_religion in (None, "UNKNOWN", religion):
        return None
    words = plot.kind.by_name["block_religion"].codes.words(str(religion))  # type: ignore[attr-defined]
    return {"see": plot, "block": words}


def _nik_of_another(r: View) -> Broken:
    for other in others(r, deceased_nik=r.deceased_nik):
        name = other.values.get("deceased_name")
        return {"see": other, "who": name}
    return None


def _no_death_letter(r: View) -> bool:
    letters = (r.village_letter_no, r.hospital_letter_no, r.death_certificate_no, r.police_letter_no)
    return not any(letters)


def _lives_here(r: View) -> bool:
    return str(r.deceased_village_code or "").startswith(r.settings.city_code)


RULES: tuple[Rule, ...] = (
    error(
        "plot",
        _plot_elsewhere,
        "Petak {plot} tidak terletak di TPU {cemetery}.",
        "Plot {plot} does not lie in the cemetery {cemetery}.",
    ),
    warning(
        "plot",
        _plot_closed,
        "Petak {plot} sedang tidak dapat dipakai.",
        "Plot {plot} can't be used at present.",
    ),
    warning("plot", _plot_full, "Petak {plot} sudah dinyatakan penuh.", "Plot {plot} was declared full."),
    warning(
        "cemetery",
        _cemetery_closed,
        "TPU {cemetery} tidak aktif atau penuh.",
        "{cemetery} is full or not active.",
    ),
    error(
        "stack_level",
        _level_taken,
        "Susun ke-{stack_level} di petak {plot} sudah ditempati {who}.",
        "Level {stack_level} of plot {plot} is taken by {who}.",
    ),
    error(
        "stack_level",
        _level_too_high,
        "Susun ke-{stack_level} melebihi kapasitas petak {plot}: paling banyak {most}.",
        "Level {stack_level} is above what plot {plot} holds: at most {most}.",
    ),
    error(
        "burial_kind",
        _new_on_occupied,
        "Di petak {plot} sudah dimakamkan {who}: pilih Tumpang.",
        "{who} already lies in plot {plot}: choose Stacked.",
    ),
    warning(
        "burial_kind",
        _stacked_on_empty,
        "Tumpang, tetapi belum ada jenazah tercatat di petak {plot}.",
        "Stacked, but nobody is recorded in plot {plot}.",
    ),
    error(
        "burial_date",
        _too_early,
        "Pemakaman terakhir {last}: tumpang baru boleh {free} ({years} tahun), kecuali diputuskan kepala.",
        "The last burial was {last}: stacking is allowed from {free} ({years} years), unless the head decides.",
        legacy_ok=True,
    ),
    error(
        "death_date",
        lambda r: is_before(r.death_date, r.deceased_birth_date, r.deceased_birth_date_precision),
        "Tanggal wafat {death_date} sebelum tanggal lahir {deceased_birth_date}.",
        "Death {death_date} is before birth {deceased_birth_date}.",
    ),
    error(
        "burial_date",
        lambda r: less(r.burial_date, r.death_date),
        "Tanggal pemakaman {burial_date} sebelum tanggal wafat {death_date}.",
        "Burial {burial_date} is before death {death_date}.",
    ),
    warning(
        "age_at_death",
        lambda r: less(
            120, years_between(r.deceased_birth_date, r.deceased_birth_date_precision, r.death_date)
        ),
        "Umur lebih dari 120 tahun: periksa tanggal lahir dan wafat.",
        "Older than 120 years: check the dates of birth and death.",
    ),
    *identity_rules("deceased_", sex="deceased_sex", birth_date="deceased_birth_date"),
    warning(
        "deceased_nik",
        _nik_of_another,
        "NIK ini sudah tercatat pada pemakaman {who}.",
        "This NIK already stands on the burial of {who}.",
    ),
    error(
        "heir_nik",
        lambda r: r.heir_nik is not None and r.heir_nik == r.deceased_nik,
        "NIK ahli waris sama dengan NIK almarhum/ah.",
        "The heir's NIK is the same as that of the deceased.",
    ),
    warning(
        "deceased_religion",
        _other_block,
        "Agama {deceased_religion}, sedangkan blok petak {plot} untuk {block}.",
        "Religion {deceased_religion}, but the block of plot {plot} is for {block}.",
    ),
    warning(
        "residency",
        lambda r: r.residency == "NON_RESIDENT" and _lives_here(r),
        "Bukan warga kota, tetapi kelurahannya {deceased_village_code} di kota ini.",
        "Not a resident, but the village {deceased_village_code} is in this city.",
    ),
    error(
        "village_letter_no",
        _no_death_letter,
        "Isi salah satu: surat kelurahan, surat RS/puskesmas, akta kematian, atau surat polisi.",
        "Fill in one: letter of the village, of the hospital, death certificate, or police letter.",
        legacy_ok=True,
    ),
    error(
        "found_date",
        lambda r: less(r.burial_date, r.found_date),
        "Ditemukan {found_date}, sesudah dimakamkan {burial_date}.",
        "Found {found_date}, after the burial {burial_date}.",
    ),
    warning(
        "consent_date",
        lambda r: less(r.burial_date, r.consent_date),
        "Surat persetujuan {consent_date} sesudah pemakaman {burial_date}.",
        "The consent letter {consent_date} is later than the burial {burial_date}.",
    ),
    error(
        "exhumation_date",
        lambda r: less(r.exhumation_date, r.burial_date),
        "Pemindahan {exhumation_date} sebelum pemakaman {burial_date}.",
        "Exhumation {exhumation_date} is before the burial {burial_date}.",
    ),
)
