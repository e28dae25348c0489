"""What must hold for a plot permit: validity, the chain of renewals, the plot, the levy. Sources: domain.md 5.1, 5.2.9, 5.2.10."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from desktop_app.core.fields import Value
from desktop_app.core.record import Line, Record, View
from desktop_app.core.spec import Rule, error, warning
from desktop_app.records.cemeteries.dates import end_of_validity
from desktop_app.records.cemeteries.graves import date_of, lying_in, whole
from desktop_app.records.rules import less, others

Broken = Mapping[str, object] | bool | None

EXPIRING_DAYS = 90
_CHAINED = ("RENEWAL", "TRANSFER")


def expected_end(r: View) -> dt.date | None:
    """valid_from + months - 1 day, once both are known."""
    months = whole(r.validity_months)
    return end_of_validity(r.valid_from, months) if isinstance(r.valid_from, dt.date) and months else None


def days_left(r: View) -> Value:
    """Days until the permit ends (negative: past its end); None when it has no end."""
    return (r.valid_until - r.today).days if isinstance(r.valid_until, dt.date) else None


def validity(r: View) -> Value:
    """NOT_YET, VALID, EXPIRING (90 days or less) or EXPIRED; computed from today, never stored."""
    left = whole(days_left(r))
    if left is None:
        return None
    if less(r.today, r.valid_from):
        return "NOT_YET"
    return "EXPIRED" if left < 0 else "EXPIRING" if left <= EXPIRING_DAYS else "VALID"


def payable(row: View) -> Value:
    """What one levy line comes to, in rupiah: amount - discount + penalty."""
    amount = whole(row.amount)
    return None if amount is None else amount - (whole(row.discount) or 0) + (whole(row.penalty) or 0)


def levy_total(r: View) -> Value:
    """The sum of the levy lines that were not cancelled; None without lines (no levy is charged)."""
    counted = [payable(row) for row in r.rows("levies") if row.payment_status != "CANCELLED"]
    amounts = [amount for amount in counted if isinstance(amount, int)]
    return sum(amounts) if amounts else None


def unpaid(r: View) -> Broken:
    """Whether something is still to be paid, and how much."""
    rows = [row for row in r.rows("levies") if row.payment_status in (None, "UNPAID")]
    due = sum(amount for row in rows if isinstance(amount := payable(row), int))
    return {"due": due} if due > 0 else None


def not_past_its_end(r: View) -> bool:
    """Whether the permit still runs: it can't be called expired yet."""
    return not less(r.valid_until, r.today)


def not_renewed(r: View) -> bool:
    """Whether no renewal of this permit is recorded."""
    return not list(others(r, previous_permit=r.uid))


def _wrong_end(r: View) -> Broken:
    end = expected_end(r)
    return {"end": end} if end is not None and r.valid_until is not None and r.valid_until != end else None


def _previous(r: View) -> View | None:
    return r.target("previous_permit") if r.permit_type in _CHAINED else None


def _out_of_chain(r: View) -> Broken:
    previous = _previous(r)
    old = None if previous is None else whole(previous.renewal_seq)
    if previous is None or old is None or r.permit_type != "RENEWAL" or r.renewal_seq in (None, old + 1):
        return None
    return {"see": previous, "next": old + 1}


def _other_plot(r: View) -> Broken:
    previous = _previous(r)
    return (
        {"see": previous} if previous is not None and r.plot is not None and previous.plot != r.plot else None
    )


def _gap(r: View) -> Broken:
    """A renewal begins the day after the old end, also when it was paid late."""
    previous = _previous(r)
    end = None if previous is None or r.permit_type != "RENEWAL" else previous.valid_until
    if not isinstance(end, dt.date) or r.valid_from in (None, end + dt.timedelta(days=1)):
        return None
    return {"see": previous, "start": end + dt.timedelta(days=1), "end": end}


def _renewed_twice(r: View) -> Broken:
    for other in others(r, previous_permit=r.previous_permit):
        if other.values.get("permit_type") == r.permit_type and other.status not in ("REJECTED", "REVOKED"):
            return {"see": other, "other": other.values.get("permit_no") or "-"}
    return None


def _moved_away(r: View, burial: Record) -> bool:
    """Whether this body had left the plot before the permit was asked for."""
    return burial.status == "EXHUMED" and not less(r.application_date, date_of(burial, "exhumation_date"))


def _exhumed(r: View) -> Broken:
    """A permit to go on using a plot from which the body (or every body) was moved away."""
    if r.permit_type in ("EXHUMATION", "RESERVATION"):
        return None
    burial = r.target("burial")
    if burial is not None:
        gone = _moved_away(r, burial.record)
        return {"see": burial, "who": burial.deceased_name} if gone else None
    if r.permit_type not in _CHAINED or r.plot is None or lying_in(r, r.plot):
        return None
    gone_from = [found for found in r.ask.find("burial", plot=r.plot) if _moved_away(r, found)]
    return {"see": gone_from[0], "who": gone_from[0].values.get("deceased_name")} if gone_from else None


def _burial_elsewhere(r: View) -> Broken:
    burial = r.target("burial")
    return {"see": burial} if burial is not None and r.plot is not None and burial.plot != r.plot else None


def _reserved_but_occupied(r: View) -> Broken:
    lying = lying_in(r, r.plot) if r.permit_type == "RESERVATION" else ()
    return {"see": lying[0], "who": lying[0].values.get("deceased_name")} if lying else None


def tariff_in_force(row: View) -> int | None:
    """The cemetery's tariff for this levy line on the day of the application: the one that fits most closely, the newest of them.

    A tariff that leaves class, residency or renewal empty fits all. None when the cemetery has no tariff for it.
    """
    permit = row.parent
    cemetery, plot, burial = (permit.target(name) for name in ("cemetery", "plot", "burial"))
    asked = {
        "tariff_class": None if plot is None else plot.tariff_class,
        "residency": None if burial is None else burial.residency,
        "renewal_seq": permit.renewal_seq,
    }
    fits: list[tuple[int, str, int]] = []
    for line in [] if cemetery is None else cemetery.record.lines.get("tariffs", []):
        matched = _closeness(line, asked)
        amount = whole(line.values.get("amount"))
        if (
            matched is not None
            and amount is not None
            and _applies(line, row.service, permit.application_date)
        ):
            fits.append((matched, str(line.values.get("valid_from")), amount))
    return max(fits)[2] if fits else None


def _applies(line: Line, service: Value, day: Value) -> bool:
    first, last = line.values.get("valid_from"), line.values.get("valid_to")
    return line.values.get("service") == service and not less(day, first) and not less(last, day)


def _closeness(line: Line, asked: Mapping[str, Value]) -> int | None:
    """How many of the tariff's conditions this case meets; None when it fails one."""
    conditions = {name: line.values.get(name) for name in asked if line.values.get(name) is not None}
    return len(conditions) if all(asked[name] == value for name, value in conditions.items()) else None


def _other_tariff(row: View) -> Broken:
    tariff = tariff_in_force(row)
    return (
        {"tariff": tariff} if tariff is not None and row.amount is not None and row.amount != tariff else None
    )


LEVY_RULES: tuple[Rule, ...] = (
    error(
        "discount",
        lambda r: less(r.amount, r.discount),
        "Potongan {discount} melebihi retribusi {amount}.",
        "The discount {discount} exceeds the levy {amount}.",
    ),
    error(
        "paid_at",
        lambda r: r.payment_status == "PAID" and r.paid_at is None,
        "Lunas, tetapi tanggal bayar belum diisi.",
        "Paid, but the date of payment is missing.",
    ),
    warning(
        "skrd_no",
        lambda r: r.amount == 0 and r.skrd_no is not None,
        "Tarif nol: SKRD tidak diterbitkan.",
        "Zero tariff: no SKRD is issued.",
    ),
    warning(
        "amount",
        _other_tariff,
        "Tarif TPU untuk layanan ini Rp{tariff}, di sini {amount}.",
        "The cemetery's tariff for this service is Rp{tariff}, here it is {amount}.",
    ),
)

RULES: tuple[Rule, ...] = (
    error(
        "burial",
        _burial_elsewhere,
        "Pemakaman {burial} tidak di petak {plot}.",
        "The burial of {burial} is not in plot {plot}.",
    ),
    error(
        "plot",
        _exhumed,
        "{who} sudah dipindahkan dari petak {plot}: izin tidak dapat diberikan.",
        "{who} was moved away from plot {plot}: no permit can be given.",
    ),
    warning(
        "plot",
        _reserved_but_occupied,
        "Cadangan untuk petak {plot} yang sudah ditempati {who}.",
        "A reservation of plot {plot}, in which {who} lies.",
    ),
    error(
        "issued_date",
        lambda r: less(r.issued_date, r.application_date),
        "Terbit {issued_date} sebelum permohonan {application_date}.",
        "Issued {issued_date} before the application {application_date}.",
    ),
    error(
        "valid_until",
        lambda r: less(r.valid_until, r.valid_from),
        "Berlaku sampai {valid_until}, sebelum mulai {valid_from}.",
        "Valid until {valid_until}, before it begins {valid_from}.",
    ),
    warning(
        "valid_until",
        _wrong_end,
        "Menurut masa berlaku {validity_months} seharusnya sampai {end}, bukan {valid_until}.",
        "With a validity of {validity_months} it should end {end}, not {valid_until}.",
    ),
    error(
        "renewal_seq",
        lambda r: r.permit_type == "NEW" and r.renewal_seq not in (None, 0),
        "Izin baru: perpanjangan ke- harus 0.",
        "A new permit: the renewal number must be 0.",
    ),
    error(
        "renewal_seq",
        _out_of_chain,
        "Perpanjangan ke-{renewal_seq} tidak menyambung izin sebelumnya: seharusnya ke-{next}.",
        "Renewal no. {renewal_seq} does not follow the previous permit: it should be no. {next}.",
        legacy_ok=True,
    ),
    error(
        "previous_permit",
        _other_plot,
        "Izin sebelumnya {previous_permit} untuk petak lain.",
        "The previous permit {previous_permit} is for another plot.",
    ),
    error(
        "previous_permit",
        _renewed_twice,
        "Izin {previous_permit} sudah diperpanjang: {other}.",
        "Permit {previous_permit} has been renewed already: {other}.",
    ),
    error(
        "valid_from",
        _gap,
        "Izin lama berakhir {end}: perpanjangan mulai {start}, bukan {valid_from}.",
        "The old permit ended {end}: the renewal begins {start}, not {valid_from}.",
        legacy_ok=True,
    ),
    warning(
        "levies",
        lambda r: r.is_poor and less(0, levy_total(r)),
        "Tidak mampu (SKTM), tetapi retribusi {levy_total}.",
        "Poor (SKTM), but a levy of {levy_total}.",
    ),
    warning(
        "valid_until",
        lambda r: r.status == "ACTIVE" and less(r.valid_until, r.today),
        "Izin berakhir {valid_until}: tekan Kedaluwarsa, atau catat perpanjangannya.",
        "The permit ended {valid_until}: press Expired, or record its renewal.",
    ),
)
