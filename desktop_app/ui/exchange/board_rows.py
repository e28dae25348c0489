"""An office's line on the board, in cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop_app.core.show import duration
from desktop_app.core.words import tr
from desktop_app.services.context import AppContext
from desktop_app.ui.exchange import telling
from desktop_app.ui.exchange.cells import Plain, Status, Weeks
from desktop_app.ui.exchange.table import Column, Row
from desktop_app.ui.figures import grouped

if TYPE_CHECKING:
    from desktop_app.services.sites import SiteLine

_RIGHT_CLOCK_S = 300
_MISSING_SHOWN = 2


def columns() -> tuple[Column, ...]:
    """The columns of the board."""
    return (
        Column(tr("Kantor", "Office"), 44, elastic=True),
        Column(tr("Paket terakhir", "Last package"), 31, leaves=5),
        Column(tr("Ketepatan", "On time"), 47),
        Column(tr("Nomor urut", "Numbers"), 32),
        Column(tr("12 minggu terakhir", "Last 12 weeks"), 45, leaves=3),
        Column(tr("Perlu ditinjau", "To review"), 26, right=True, leaves=4),
        Column(tr("Jam PC", "PC clock"), 20, leaves=2),
        Column(tr("Versi", "Version"), 18, leaves=1),
    )


def key_of(line: SiteLine) -> str:
    """What a line stands for: an installation, or an office that never sent anything."""
    return line.site_id or line.site_code


def row(ctx: AppContext, line: SiteLine, names: Mapping[str, str]) -> Row:
    """The line as cells; `names` are the names of the offices by code."""
    last = tr("Belum ada", "None yet")
    if line.last_package_at is not None:
        last = f"No. {grouped(line.last_number)}, {telling.day(ctx, line.last_package_at)}"
    return Row(
        key_of(line),
        (
            Plain(telling.site(line.site_code, line.name), within(line.site_code, names), role="strong"),
            Plain(last, tone="text2"),
            punctuality(line),
            _numbers(line),
            weeks(line),
            Plain(grouped(line.waiting + line.flagged)),
            _clock(line),
            Plain(line.version or "—", tone="text2"),
        ),
    )


def district_of(code: str) -> str:
    """The code of the district that an office is or lies in."""
    return ".".join(code.split(".")[:3])


def within(code: str, names: Mapping[str, str]) -> str:
    """The district that an office lies in; a district says that it is one."""
    district = district_of(code)
    if code == district:
        return tr("Kecamatan", "District")
    return names.get(district, "")


def punctuality(line: SiteLine) -> Status:
    """What is most wrong with the office's packages, as a pill."""
    if line.state == "dead":
        return Status(tr("Salinan ganda", "A copy of a PC"), "bad", "cross")
    if line.last_package_at is None:
        return Status(tr("Belum pernah kirim", "Never sent"), "bad", "cross")
    if line.state == "unconfirmed":
        return Status(tr("Belum dikonfirmasi", "Not confirmed"), "warn", "ring")
    if line.days_late > 0:
        days = grouped(line.days_late)
        return Status(tr(f"Terlambat {days} hari", f"{days} days late"), "warn", "bars")
    return Status(tr("Tepat waktu", "On time"), "ok", "check")


def _numbers(line: SiteLine) -> Plain:
    if line.last_package_at is None:
        return Plain("—", tone="text3")
    if not line.missing:
        return Plain(tr("lengkap", "complete"), tone="text3")
    shown = ", ".join(grouped(number) for number in line.missing[:_MISSING_SHOWN])
    if len(line.missing) > _MISSING_SHOWN:
        shown += tr(
            f" +{len(line.missing) - _MISSING_SHOWN} lagi", f" +{len(line.missing) - _MISSING_SHOWN} more"
        )
    return Plain(tr(f"No. {shown} hilang", f"No. {shown} missing"), tone="bad", role="strong")


def weeks(line: SiteLine) -> Weeks:
    """The squares, and what they say."""
    count = {
        state: sum(1 for week in line.weeks if week == state) for state in ("on_time", "late", "missing")
    }
    words = tr(
        f"{count['on_time']} minggu tepat, {count['late']} terlambat, {count['missing']} hilang",
        f"{count['on_time']} weeks on time, {count['late']} late, {count['missing']} missing",
    )
    return Weeks(line.weeks, words)


def _clock(line: SiteLine) -> Plain:
    error = line.clock_error_s
    if error is None or line.last_package_at is None:
        return Plain("—", tone="text3")
    if abs(error) <= _RIGHT_CLOCK_S:
        return Plain(tr("tepat", "right"), tone="text2")
    said = duration(dt.timedelta(seconds=abs(error)))
    return Plain(f"{'+' if error > 0 else '−'}{said}", tone="warn", role="strong")
