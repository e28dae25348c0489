"""A plot permit (IPTM) from application to release, with its renewals and, where still legal, levies. Sources: domain.md 5.2.9, 5.2.10, 5.3.

EXPIRING is computed from today and never stored; EXPIRED never frees a plot by itself.
"""

from __future__ import annotations

from desktop_app.core.fields import (
    Choice,
    Choices,
    Computed,
    Date,
    Integer,
    Money,
    Reference,
    Text,
    Value,
    YesNo,
)
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Lines, Move, Section, State, error
from desktop_app.core.words import Words
from desktop_app.records.cemeteries import codes
from desktop_app.records.cemeteries.permit_rules import (
    LEVY_RULES,
    RULES,
    days_left,
    levy_total,
    not_past_its_end,
    not_renewed,
    payable,
    unpaid,
    validity,
)
from desktop_app.records.common import ADMINISTRATION_RULES, administration, identity

HEIR = {
    name: name
    for name in (
        "heir_name",
        "heir_nik",
        "heir_nik_absent_reason",
        "heir_relationship",
        "heir_phone",
        "heir_address",
    )
}
_ISSUE = ("permit_no", "issued_date", "valid_from", "valid_until", "signed_by")
_RUNNING = ("ISSUED", "ACTIVE", "EXPIRED", "WARNED")
_RUN_OUT = ("EXPIRED", "WARNED", "RENEWED", "RELEASED", "REVOKED")


def _months(r: View) -> Value:
    return r.settings.permit_validity_months


LIFE_CYCLE = LifeCycle(
    states=(
        State("DRAFT", "Konsep", "Draft", "info", "ring"),
        State("SUBMITTED", "Diajukan", "Submitted", "info", "dot"),
        State("CHECKED", "Berkas lengkap", "Papers complete", "accent", "half"),
        State("SURVEYED", "Petak diperiksa", "Plot inspected", "accent", "half"),
        State("APPROVED", "Disetujui", "Approved", "accent", "check"),
        State("PAID", "Dibayar", "Paid", "accent", "check"),
        State("ISSUED", "Terbit", "Issued", "ok", "dot"),
        State("ACTIVE", "Berlaku", "Active", "ok", "check", open=False),
        State("EXPIRED", "Kedaluwarsa", "Expired", "warn", "bars"),
        State("WARNED", "Diberi tahu", "Notified", "warn", "half"),
        State("RENEWED", "Diperpanjang", "Renewed", "ok", "check", open=False),
        State("RELEASED", "Dilepas", "Released", "info", "back", open=False),
        State("REJECTED", "Ditolak", "Rejected", "bad", "cross", open=False),
        State("REVOKED", "Dicabut", "Revoked", "bad", "cross", open=False),
    ),
    moves=(
        Move(
            "submit", "Ajukan", "Submit", ("DRAFT",), "SUBMITTED", requires=("application_date",), main=True
        ),
        Move(
            "check",
            "Berkas lengkap",
            "Papers complete",
            ("SUBMITTED",),
            "CHECKED",
            requires=("requirements",),
            main=True,
        ),
        Move(
            "survey",
            "Petak diperiksa",
            "Plot inspected",
            ("CHECKED",),
            "SURVEYED",
            asks=("surveyed_by", "surveyed_on"),
            requires=("plot", "surveyed_by", "surveyed_on"),
            main=True,
        ),
        Move("approve", "Setujui", "Approve", ("SURVEYED",), "APPROVED", by="second_person", main=True),
        Move(
            "pay",
            "Retribusi lunas",
            "Levy paid",
            ("APPROVED",),
            "PAID",
            guards=(
                error("levies", unpaid, "Retribusi Rp{due} belum lunas.", "A levy of Rp{due} is unpaid."),
            ),
        ),
        Move(
            "issue",
            "Terbitkan",
            "Issue",
            ("APPROVED", "PAID"),
            "ISSUED",
            asks=_ISSUE,
            requires=_ISSUE,
            guards=(
                error("levies", unpaid, "Retribusi Rp{due} belum lunas.", "A levy of Rp{due} is unpaid."),
            ),
            main=True,
        ),
        Move("activate", "Serahkan", "Hand over", ("ISSUED",), "ACTIVE", main=True),
        Move(
            "expire",
            "Kedaluwarsa",
            "Expired",
            ("ISSUED", "ACTIVE"),
            "EXPIRED",
            guards=(
                error(
                    "valid_until",
                    not_past_its_end,
                    "Izin masih berlaku sampai {valid_until}.",
                    "The permit is valid until {valid_until}.",
                ),
            ),
        ),
        Move(
            "notify",
            "Surat pemberitahuan",
            "Notice sent",
            ("EXPIRED", "WARNED"),
            "WARNED",
            asks=("warning_no", "warning_date"),
            requires=("warning_no", "warning_date"),
            main=True,
        ),
        Move(
            "renew",
            "Diperpanjang",
            "Renewed",
            ("ISSUED", "ACTIVE", "EXPIRED", "WARNED"),
            "RENEWED",
            guards=(
                error(
                    "status",
                    not_renewed,
                    "Catat dulu izin perpanjangannya dengan izin ini sebagai izin sebelumnya.",
                    "Record the renewal first, with this permit as its previous one.",
                ),
            ),
        ),
        Move(
            "release",
            "Lepas petak",
            "Release the plot",
            ("EXPIRED", "WARNED"),
            "RELEASED",
            reason=True,
            by="head",
        ),
        Move("reject", "Tolak", "Reject", ("SUBMITTED", "CHECKED", "SURVEYED"), "REJECTED", reason=True),
        Move(
            "send_back",
            "Kembalikan",
            "Send back",
            ("SUBMITTED", "CHECKED", "SURVEYED", "APPROVED"),
            "DRAFT",
            reason=True,
        ),
        Move("revoke", "Cabut", "Revoke", _RUNNING, "REVOKED", reason=True, by="head"),
    ),
    path=("DRAFT", "SUBMITTED", "CHECKED", "SURVEYED", "APPROVED", "ISSUED", "ACTIVE"),
)

LEVIES = Lines(
    "levies",
    "Retribusi",
    "Levies",
    (
        Choice("service", "Layanan", "Service", codes=codes.LEVY_SERVICE, required=True, default="PLOT"),
        Text(
            "legal_basis",
            "Dasar hukum",
            "Legal basis",
            max_len=100,
            required=True,
            legacy_ok=True,
            help=Words(
                "Nomor Perda. Sejak 2024 retribusi makam dihapus (UU 1/2022).",
                "The regulation's number. Since 2024 grave levies are abolished (UU 1/2022).",
            ),
        ),
        Money("amount", "Retribusi", "Levy", required=True),
        Money("discount", "Potongan", "Discount"),
        Money("penalty", "Denda", "Penalty"),
        Computed("payable", "Jumlah", "Total", of=payable, like=Money("", "", "")),
        Text("skrd_no", "Nomor SKRD", "SKRD no.", max_len=60),
        Date("due_date", "Jatuh tempo", "Due"),
        Choice(
            "payment_status",
            "Pembayaran",
            "Payment",
            codes=codes.PAYMENT_STATUS,
            required=True,
            default="UNPAID",
        ),
        Date("paid_at", "Dibayar", "Paid on", future=False),
        Text("receipt_no", "Nomor SSRD/TBP", "Receipt no.", max_len=60),
        Choice("payment_channel", "Cara bayar", "Paid through", codes=codes.PAYMENT_CHANNEL),
    ),
    rules=LEVY_RULES,
)

KIND = Kind(
    "plot_permit",
    "cemeteries",
    "Izin pemakaian tanah makam",
    "Plot permit",
    plural=Words("Izin makam (IPTM)", "Plot permits"),
    short=Words("Izin", "Permits"),
    icon="certificate-outline",
    number="MKM-IPTM",
    title=("permit_no",),
    subtitle=("permit_type", "application_date"),
    form=(
        Section(
            "Permohonan",
            "Application",
            Choice(
                "permit_type", "Jenis izin", "Type", codes=codes.PERMIT_TYPE, required=True, default="NEW"
            ),
            Date(
                "application_date",
                "Tanggal permohonan",
                "Applied on",
                future=False,
                required=True,
                legacy_ok=True,
                default=lambda r: r.today,
            ),
            Reference(
                "previous_permit",
                "Izin sebelumnya",
                "Previous permit",
                kind="plot_permit",
                fills={"cemetery": "cemetery", "plot": "plot", "burial": "burial", **HEIR},
                required=lambda r: r.permit_type == "RENEWAL",
                relevant=lambda r: r.permit_type not in ("NEW", "RESERVATION"),
                legacy_ok=True,
                indexed=True,
            ),
            Reference("cemetery", "TPU", "Cemetery", kind="cemetery", required=True, indexed=True),
            Reference(
                "plot",
                "Petak",
                "Plot",
                kind="grave_plot",
                among={"cemetery": "=cemetery"},
                fills={"cemetery": "cemetery"},
                required=True,
                legacy_ok=True,
                indexed=True,
            ),
            Reference(
                "burial",
                "Pemakaman",
                "Burial",
                kind="burial",
                among={"plot": "=plot"},
                fills=HEIR,
                required=lambda r: r.permit_type in ("NEW", "STACKED", "EXHUMATION"),
                relevant=lambda r: r.permit_type != "RESERVATION",
                legacy_ok=True,
                indexed=True,
            ),
        ),
        Section(
            "Pemohon (ahli waris)",
            "Applicant (heir)",
            Text(
                "heir_name",
                "Nama ahli waris",
                "Heir",
                max_len=120,
                reads="name",
                personal=True,
                required=True,
                legacy_ok=True,
            ),
            identity("heir_"),
            Choice(
                "heir_relationship",
                "Hubungan",
                "Relationship",
                codes=codes.RELATIONSHIP,
                required=True,
                legacy_ok=True,
            ),
            Text("heir_phone", "Telepon", "Phone", max_len=20, reads="phone", personal=True),
            Text("heir_address", "Alamat", "Address", max_len=200, personal=True),
        ),
        Section(
            "Berkas",
            "Papers",
            Choices(
                "requirements", "Syarat yang ada", "Papers at hand", codes=codes.REQUIREMENT, legacy_ok=True
            ),
            YesNo("is_poor", "Tidak mampu", "Poor", required=True, default=False),
            Text(
                "sktm_no",
                "Nomor SKTM",
                "SKTM no.",
                max_len=60,
                required=True,
                relevant=lambda r: r.is_poor,
                personal=True,
                legacy_ok=True,
            ),
            Text(
                "surveyed_by",
                "Petak diperiksa oleh",
                "Plot inspected by",
                max_len=120,
                reads="name",
                legacy_ok=True,
            ),
            Date(
                "surveyed_on",
                "Tanggal pemeriksaan",
                "Inspected on",
                future=False,
                beside=True,
                legacy_ok=True,
            ),
        ),
        Section(
            "Izin",
            "Permit",
            Text("permit_no", "Nomor IPTM", "Permit no.", max_len=60, unique="error", legacy_ok=True),
            Date("issued_date", "Tanggal terbit", "Issued on", future=False, legacy_ok=True),
            Integer(
                "renewal_seq",
                "Perpanjangan ke-",
                "Renewal no.",
                minimum=0,
                maximum=99,
                required=True,
                default=0,
            ),
            Integer(
                "validity_months",
                "Masa berlaku",
                "Validity",
                minimum=1,
                maximum=240,
                default=_months,
                unit=Words("bulan", "months"),
            ),
            Date("valid_from", "Berlaku mulai", "Valid from", legacy_ok=True),
            Date("valid_until", "Sampai", "Until", beside=True, legacy_ok=True),
            Computed(
                "validity",
                "Keadaan",
                "Validity today",
                of=validity,
                like=Choice("", "", "", codes=codes.VALIDITY),
                stored=False,
            ),
            Computed(
                "days_left",
                "Sisa hari",
                "Days left",
                of=days_left,
                like=Integer("", "", "", unit=Words("hari", "days")),
                stored=False,
            ),
            Text(
                "signed_by",
                "Penanda tangan",
                "Signed by",
                max_len=120,
                reads="name",
                default=lambda r: r.settings.signatory_name or None,
                legacy_ok=True,
            ),
            Text(
                "signer_nip",
                "NIP",
                "NIP",
                max_len=18,
                reads="nip",
                default=lambda r: r.settings.signatory_nip or None,
            ),
            Integer(
                "warning_no",
                "Surat pemberitahuan ke-",
                "Notice no.",
                minimum=1,
                maximum=3,
                relevant=lambda r: r.status in _RUN_OUT,
            ),
            Date(
                "warning_date",
                "Tanggal surat",
                "Date of notice",
                future=False,
                beside=True,
                relevant=lambda r: r.status in _RUN_OUT,
            ),
        ),
        Section(
            "Retribusi",
            "Levy",
            LEVIES,
            Computed("levy_total", "Jumlah retribusi", "Total levy", of=levy_total, like=Money("", "", "")),
        ),
        administration(),
    ),
    rules=(*RULES, *ADMINISTRATION_RULES),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("permit_no", 20),
        Column("plot", 18, also="cemetery"),
        Column("heir_name", 22),
        Column("permit_type", 14),
        Column("issued_date", 10),
        Column("valid_until", 10),
        Column("renewal_seq", 8, hidden=True),
        Column("levy_total", 12, hidden=True),
    ),
    sort="-application_date",
    filters=("status", "cemetery", "permit_type", "valid_until"),
    empty=Words(
        "Belum ada izin. Catat pemakamannya lebih dahulu, lalu izinnya.",
        "No permit yet. Record the burial first, then its permit.",
    ),
    help=Words(
        "Izin pemakaian tanah makam: permohonan, berkas, pemeriksaan petak, terbit, masa berlaku, perpanjangan.",
        "The permit to use a plot: application, papers, inspection, issue, validity, renewals.",
    ),
)
