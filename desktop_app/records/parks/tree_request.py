"""A request to prune or fell trees, or a fallen tree. Sources: domain.md 4.1.3, 4.1.6, 4.2. The applicant's NIK is not asked (PDP)."""

from __future__ import annotations

from decimal import Decimal as Number
from math import pi

from desktop_app.core.fields import Choice, Choices, Date, Decimal, Integer, Reference, Text, Timestamp
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Lines, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.codes import CHANNEL, PRIORITY
from desktop_app.records.common import (
    ADMINISTRATION_RULES,
    PLACE,
    PLACE_RULES,
    administration,
    materials,
    place,
)
from desktop_app.records.parks import codes
from desktop_app.records.rules import day_of, less, number

CM, M, TREES = Words("cm", "cm"), Words("m", "m"), Words("pohon", "trees")
AFTER_SURVEY = ("SURVEYED", "APPROVED", "SCHEDULED", "DONE", "CLOSED")
AFTER_APPROVAL = ("APPROVED", "SCHEDULED", "DONE", "CLOSED")


def _emergency(r: View) -> bool:
    return r.category == "TREE_FALLEN" or r.priority == "EMERGENCY"


def _surveyed(r: View) -> bool:
    return r.status in AFTER_SURVEY and not _emergency(r)


def _needs_permit(r: View) -> bool:
    return r.status in AFTER_APPROVAL and r.survey_result == "APPROVE_FELL"


def _approved(r: View) -> bool:
    return r.survey_result in ("APPROVE_PRUNE", "APPROVE_FELL")


LIFE_CYCLE = LifeCycle(
    states=(
        State("RECEIVED", "Diterima", "Received", "info", "ring"),
        State("SURVEYED", "Disurvei", "Surveyed", "info", "half"),
        State("APPROVED", "Disetujui", "Approved", "accent", "half"),
        State("REJECTED", "Ditolak", "Rejected", "bad", "cross", open=False),
        State("SCHEDULED", "Dijadwalkan", "Scheduled", "accent", "dot"),
        State("DONE", "Selesai", "Done", "ok", "check"),
        State("CLOSED", "Ditutup", "Closed", "ok", "check", open=False),
    ),
    moves=(
        Move(
            "survey",
            "Catat survei",
            "Record the survey",
            ("RECEIVED",),
            "SURVEYED",
            asks=("surveyed_on", "surveyor", "survey_result"),
            main=True,
        ),
        Move(
            "approve",
            "Setujui",
            "Approve",
            ("SURVEYED",),
            "APPROVED",
            asks=("permit_no", "permit_date", "replacement_trees", "cost_bearer"),
            guards=(
                error(
                    "survey_result",
                    lambda r: not _approved(r),
                    "Hasil survei bukan persetujuan: {survey_result}.",
                    "The survey did not approve it: {survey_result}.",
                ),
            ),
            main=True,
        ),
        Move("reject", "Tolak", "Reject", ("RECEIVED", "SURVEYED"), "REJECTED", reason=True),
        Move(
            "refer",
            "Teruskan ke PLN",
            "Refer to PLN",
            ("SURVEYED",),
            "CLOSED",
            asks=("source_doc_no",),
            guards=(
                error(
                    "survey_result",
                    lambda r: r.survey_result != "REFER_PLN",
                    "Hasil survei bukan Diteruskan ke PLN: {survey_result}.",
                    "The survey did not refer it to PLN: {survey_result}.",
                ),
            ),
        ),
        Move(
            "schedule",
            "Jadwalkan",
            "Schedule",
            ("APPROVED",),
            "SCHEDULED",
            asks=("planned_date", "crew"),
            main=True,
        ),
        Move(
            "schedule_emergency",
            "Darurat: jadwalkan",
            "Emergency: schedule",
            ("RECEIVED",),
            "SCHEDULED",
            asks=("planned_date", "crew"),
            guards=(
                error(
                    "priority",
                    lambda r: not _emergency(r),
                    "Tanpa survei hanya untuk pohon tumbang atau prioritas Darurat.",
                    "Without a survey only for a fallen tree or an emergency.",
                ),
            ),
        ),
        Move(
            "finish",
            "Selesai",
            "Done",
            ("SCHEDULED",),
            "DONE",
            asks=("finished_at", "trees_pruned", "trees_felled", "trees_planted"),
            requires=("finished_at",),
            main=True,
        ),
        Move("close", "Tutup", "Close", ("DONE",), "CLOSED", by="second_person", main=True),
        Move("resurvey", "Survei ulang", "Survey again", ("SURVEYED", "APPROVED"), "RECEIVED", reason=True),
        Move(
            "unschedule", "Batalkan jadwal", "Take off the schedule", ("SCHEDULED",), "RECEIVED", reason=True
        ),
        Move("rework", "Kerjakan lagi", "Work on it again", ("DONE",), "SCHEDULED", reason=True),
        Move("reopen", "Buka kembali", "Reopen", ("REJECTED", "CLOSED"), "RECEIVED", reason=True),
    ),
    path=("RECEIVED", "SURVEYED", "APPROVED", "SCHEDULED", "DONE", "CLOSED"),
)


def _girth_as_diameter(line: View) -> bool:
    """Whether diameter and girth contradict each other by more than a tenth (girth = diameter times pi)."""
    if line.dbh_cm is None or line.girth_cm is None:
        return False
    return abs(float(number(line.dbh_cm)) * pi / float(number(line.girth_cm)) - 1) > 0.1


TREES_LINES = Lines(
    "trees",
    "Pohon",
    "Trees",
    (
        Choice("species_local", "Jenis", "Species", codes=codes.SPECIES, required=True),
        Text("species_latin", "Nama latin", "Latin name", max_len=80),
        Integer("tree_count", "Jumlah", "Number", minimum=1, maximum=1000, default=1, required=True),
        Decimal("dbh_cm", "Diameter", "Diameter", scale=1, minimum=Number(1), maximum=Number(400), unit=CM),
        Decimal("girth_cm", "Keliling", "Girth", scale=1, minimum=Number(3), maximum=Number(1257), unit=CM),
        Decimal("height_m", "Tinggi", "Height", scale=1, minimum=Number("0.5"), maximum=Number(60), unit=M),
        Choice("health", "Kesehatan", "Health", codes=codes.HEALTH),
        Choice("risk", "Risiko tumbang", "Risk of falling", codes=codes.RISK),
        Choices("conflict", "Gangguan", "In the way of", codes=codes.CONFLICT),
    ),
    rules=(
        warning(
            "dbh_cm",
            lambda line: less(150, line.dbh_cm),
            "Diameter {dbh_cm} sangat besar: mungkin kelilingnya.",
            "A diameter of {dbh_cm} is very large: it may be the girth.",
        ),
        warning(
            "girth_cm",
            _girth_as_diameter,
            "Keliling {girth_cm} tidak cocok dengan diameter {dbh_cm} (keliling = 3,14 × diameter).",
            "A girth of {girth_cm} does not fit a diameter of {dbh_cm} (girth = 3.14 × diameter).",
        ),
    ),
)


KIND = Kind(
    "tree_request",
    "parks",
    "Permohonan pohon",
    "Tree request",
    plural=Words("Permohonan pohon", "Tree requests"),
    short=Words("Pohon", "Trees"),
    icon="pine-tree",
    number="TMN-PHN",
    title=("applicant_name", "street_name"),
    subtitle=("received_at",),
    form=(
        Section(
            "Permohonan",
            "Request",
            Timestamp(
                "received_at",
                "Waktu terima",
                "Received at",
                future=False,
                required=True,
                legacy_ok=True,
                default=lambda r: r.now,
            ),
            Choice("channel", "Saluran", "Channel", codes=CHANNEL, required=True, legacy_ok=True),
            Choice("category", "Kategori", "Category", codes=codes.TREE_CATEGORY, required=True),
            Choice(
                "priority",
                "Prioritas",
                "Priority",
                codes=PRIORITY,
                required=True,
                default="NORMAL",
                beside=True,
            ),
            Text(
                "applicant_name",
                "Pemohon",
                "Applicant",
                max_len=120,
                reads="name",
                personal=True,
                required=lambda r: not _emergency(r),
                legacy_ok=True,
            ),
            Text(
                "applicant_phone",
                "Telepon",
                "Telephone",
                max_len=16,
                reads="phone",
                personal=True,
                beside=True,
            ),
            Text("applicant_address", "Alamat pemohon", "Applicant's address", personal=True),
            Text("request_reason", "Alasan permohonan", "Reason", max_len=1000, multiline=True),
        ),
        Section(
            "Tempat pohon",
            "Place of the trees",
            Reference("park", "Taman", "Park", kind="park", fills=PLACE, indexed=True),
            place(),
            TREES_LINES,
        ),
        Section(
            "Survei dan izin",
            "Survey and permit",
            Date(
                "surveyed_on",
                "Tanggal survei",
                "Surveyed on",
                future=False,
                required=_surveyed,
                legacy_ok=True,
            ),
            Text("surveyor", "Petugas survei", "Surveyor", max_len=100, reads="name", beside=True),
            Choice(
                "survey_result",
                "Hasil survei",
                "Survey result",
                codes=codes.SURVEY_RESULT,
                required=_surveyed,
                legacy_ok=True,
            ),
            Integer(
                "replacement_trees",
                "Pohon pengganti",
                "Replacement trees",
                minimum=0,
                maximum=1000,
                unit=TREES,
            ),
            Text(
                "permit_no",
                "Nomor izin",
                "Permit no.",
                max_len=60,
                reads="code",
                required=_needs_permit,
                legacy_ok=True,
            ),
            Date("permit_date", "Tanggal izin", "Permit date", future=False, beside=True),
            Choice("cost_bearer", "Penanggung biaya", "Who pays", codes=codes.COST_BEARER),
        ),
        Section(
            "Pekerjaan",
            "Work",
            Date(
                "planned_date", "Tanggal rencana", "Planned for", required=lambda r: r.status == "SCHEDULED"
            ),
            Reference("crew", "Regu", "Crew", kind="crew", required=lambda r: r.status == "SCHEDULED"),
            Timestamp("finished_at", "Selesai", "Finished", future=False, legacy_ok=True),
            Integer("trees_pruned", "Dipangkas", "Pruned", minimum=0, maximum=1000, unit=TREES),
            Integer("trees_felled", "Ditebang", "Felled", minimum=0, maximum=1000, unit=TREES, beside=True),
            Integer("trees_planted", "Ditanam", "Planted", minimum=0, maximum=1000, unit=TREES, beside=True),
            *materials(),
        ),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        error(
            "trees",
            lambda r: _surveyed(r) and not r.rows("trees"),
            "Survei mencatat paling sedikit satu pohon.",
            "A survey records at least one tree.",
            legacy_ok=True,
        ),
        error(
            "surveyed_on",
            lambda r: less(r.surveyed_on, day_of(r, r.received_at)),
            "Survei {surveyed_on} sebelum permohonan diterima {received_at}.",
            "Surveyed {surveyed_on}, before it was received {received_at}.",
            legacy_ok=True,
        ),
        error(
            "permit_date",
            lambda r: less(r.permit_date, r.surveyed_on),
            "Izin {permit_date} sebelum survei {surveyed_on}.",
            "Permitted {permit_date}, before the survey {surveyed_on}.",
            legacy_ok=True,
        ),
        error(
            "finished_at",
            lambda r: less(r.finished_at, r.received_at),
            "Selesai {finished_at} sebelum permohonan diterima {received_at}.",
            "Finished {finished_at}, before it was received {received_at}.",
            legacy_ok=True,
        ),
        error(
            "trees_felled",
            lambda r: less(0, r.trees_felled) and r.survey_result == "APPROVE_PRUNE",
            "Ditebang {trees_felled}, padahal hanya disetujui dipangkas.",
            "{trees_felled} felled, but only pruning was approved.",
            legacy_ok=True,
        ),
        warning(
            "trees_planted",
            lambda r: r.status == "CLOSED" and less(number(r.trees_planted), r.replacement_trees),
            "Ditanam {trees_planted}, padahal harus diganti {replacement_trees}.",
            "{trees_planted} planted, but {replacement_trees} must replace what was felled.",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("received_at", 8, heading=Words("Terima", "Received")),
        Column(
            "applicant_name",
            34,
            also="street_name",
            heading=Words("Pemohon dan jalan", "Applicant and street"),
        ),
        Column("village_code", 16),
        Column("category", 14),
        Column("status", 14),
        Column("survey_result", 18, hidden=True),
        Column("planned_date", 10, hidden=True),
        Column("district_code", 16, hidden=True),
    ),
    sort="-received_at",
    filters=("status", "village_code", "category", "received_at"),
    empty=Words(
        "Mulai dengan permohonan pertama: siapa, pohon mana, dipangkas atau ditebang.",
        "Begin with the first request: who, which tree, pruned or felled.",
    ),
    help=Words(
        "Permohonan pangkas atau tebang dengan survei dan izinnya. Pohon tumbang langsung dijadwalkan.",
        "A request to prune or fell, with its survey and permit. A fallen tree is scheduled at once.",
    ),
)
