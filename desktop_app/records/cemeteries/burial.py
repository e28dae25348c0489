"""A burial (pemakaman): the deceased, the heir, the plot and the level in it, on one form. Sources: domain.md 5.2.5 to 5.2.8.

The cause of death is not asked: health data of a person; only whether the burial followed an infection protocol.
"""

from __future__ import annotations

from decimal import Decimal as Number

from desktop_app.core.fields import (
    Choice,
    Choices,
    Computed,
    Date,
    Decimal,
    Integer,
    Reference,
    Text,
    Time,
    Value,
    YesNo,
)
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Move, Section, State
from desktop_app.core.words import Words
from desktop_app.records.cemeteries import codes
from desktop_app.records.cemeteries.burial_rules import RULES
from desktop_app.records.cemeteries.dates import years_between
from desktop_app.records.common import ADMINISTRATION_RULES, administration, identity, partial_date


def _age(r: View) -> Value:
    return years_between(r.deceased_birth_date, r.deceased_birth_date_precision, r.death_date)


def _stacked(r: View) -> bool:
    return r.burial_kind == "STACKED"


def _unidentified(r: View) -> bool:
    return bool(r.is_unidentified)


def _known(r: View) -> bool:
    return not r.is_unidentified


def _stands_in_the_books(r: View) -> bool:
    """A slip being filled in is not asked about an exhumation."""
    return r.status == "EXHUMED" or r.record.version > 0


LIFE_CYCLE = LifeCycle(
    states=(
        State("BURIED", "Dimakamkan", "Buried", "ok", "check", open=False),
        State("EXHUMED", "Dipindahkan", "Exhumed", "info", "back", open=False),
    ),
    moves=(
        Move(
            "exhume",
            "Catat pemindahan",
            "Record exhumation",
            ("BURIED",),
            "EXHUMED",
            asks=("exhumation_date", "exhumation_destination", "exhumation_permit_no"),
            requires=("exhumation_date", "exhumation_destination", "exhumation_permit_no"),
            reason=True,
        ),
        Move(
            "undo_exhumation",
            "Batalkan pemindahan",
            "Undo exhumation",
            ("EXHUMED",),
            "BURIED",
            reason=True,
            by="head",
        ),
    ),
    path=("BURIED",),
)

KIND = Kind(
    "burial",
    "cemeteries",
    "Pemakaman",
    "Burial",
    plural=Words("Pemakaman", "Burials"),
    short=Words("Pemakaman", "Burials"),
    icon="grave-stone",
    number="MKM-PMK",
    title=("deceased_name",),
    subtitle=("burial_date",),
    form=(
        Section(
            "Petak dan pemakaman",
            "Plot and burial",
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
            Choice("burial_kind", "Jenis", "Kind", codes=codes.BURIAL_KIND, required=True, default="NEW"),
            Integer(
                "stack_level",
                "Susun ke-",
                "Level",
                minimum=1,
                maximum=4,
                required=True,
                default=1,
                beside=True,
            ),
            Date(
                "burial_date",
                "Tanggal pemakaman",
                "Date of burial",
                future=False,
                required=True,
                legacy_ok=True,
            ),
            Time("burial_time", "Pukul", "At", beside=True),
            Text(
                "previous_plot",
                "Asal makam",
                "Moved from",
                relevant=lambda r: r.burial_kind == "REBURIAL",
                required=True,
            ),
        ),
        Section(
            "Persetujuan tumpang",
            "Consent to stacking",
            Text(
                "consent_letter_no",
                "Nomor surat persetujuan",
                "Consent letter no.",
                max_len=60,
                required=True,
                legacy_ok=True,
            ),
            Date(
                "consent_date",
                "Tanggal persetujuan",
                "Date of consent",
                future=False,
                required=True,
                legacy_ok=True,
            ),
            Text(
                "consent_heir",
                "Ahli waris yang menyetujui",
                "Heir who consents",
                max_len=120,
                reads="name",
                required=True,
                personal=True,
                legacy_ok=True,
            ),
            YesNo("same_family", "Satu keluarga", "Same family"),
            Text(
                "override_by",
                "Diputuskan kepala",
                "Decided by the head",
                max_len=120,
                reads="name",
                help=Words(
                    "Hanya bila tumpang sebelum waktunya: nama kepala yang memutuskan.",
                    "Only for stacking before its time: the head who decided.",
                ),
            ),
            Text(
                "override_reason",
                "Alasan keputusan",
                "Reason of the decision",
                max_len=300,
                required=lambda r: r.override_by is not None,
            ),
            relevant=_stacked,
        ),
        Section(
            "Almarhum/ah",
            "The deceased",
            YesNo(
                "is_unidentified", "Jenazah tak dikenal", "Unidentified body", required=True, default=False
            ),
            Text(
                "deceased_name",
                "Nama",
                "Name",
                max_len=120,
                reads="name",
                required=True,
                help=Words(
                    "Tanpa Alm./Almh. Jenazah tak dikenal: tulis Tidak dikenal.",
                    "Without Alm./Almh. An unidentified body: write Tidak dikenal.",
                ),
            ),
            Text(
                "deceased_parentage",
                "Bin/binti",
                "Son or daughter of",
                max_len=120,
                reads="name",
                relevant=_known,
            ),
            Text("deceased_titles", "Gelar", "Titles", max_len=60, relevant=_known),
            identity("deceased_"),
            Choice("deceased_sex", "Jenis kelamin", "Sex", codes=codes.SEX, required=True, legacy_ok=True),
            Text("deceased_birth_place", "Tempat lahir", "Place of birth", max_len=80, relevant=_known),
            partial_date(
                "deceased_birth_date", "Tanggal lahir", "Date of birth", relevant=_known, personal=True
            ),
            Date("death_date", "Tanggal wafat", "Date of death", future=False, required=True, legacy_ok=True),
            Time("death_time", "Pukul", "At", beside=True),
            Computed(
                "age_at_death", "Umur", "Age", of=_age, like=Integer("", "", "", unit=Words("tahun", "years"))
            ),
            Text("death_place", "Tempat wafat", "Place of death", max_len=120),
            Choice(
                "deceased_religion",
                "Agama",
                "Religion",
                codes=codes.RELIGION,
                required=True,
                legacy_ok=True,
                default=lambda r: "UNKNOWN" if r.is_unidentified else None,
            ),
            Choice(
                "citizenship",
                "Kewarganegaraan",
                "Citizenship",
                codes=codes.CITIZENSHIP,
                default="WNI",
                relevant=_known,
            ),
            Text(
                "deceased_address",
                "Alamat terakhir",
                "Last address",
                max_len=200,
                personal=True,
                relevant=_known,
            ),
            Reference(
                "deceased_village_code",
                "Kelurahan terakhir",
                "Last village",
                kind="region",
                among={"level": "village"},
                required=True,
                legacy_ok=True,
                relevant=_known,
            ),
            Choice(
                "residency",
                "Warga",
                "Residency",
                codes=codes.RESIDENCY,
                required=True,
                default="RESIDENT",
                legacy_ok=True,
                relevant=_known,
            ),
        ),
        Section(
            "Penemuan jenazah",
            "Where the body was found",
            Text("found_place", "Tempat ditemukan", "Found at", required=True, legacy_ok=True),
            Date("found_date", "Tanggal ditemukan", "Found on", future=False, required=True, legacy_ok=True),
            Text(
                "police_letter_no",
                "Nomor surat polisi",
                "Police letter no.",
                max_len=60,
                required=True,
                legacy_ok=True,
            ),
            relevant=_unidentified,
        ),
        Section(
            "Surat kematian",
            "Death papers",
            Text("village_letter_no", "Surat kelurahan", "Letter of the village", max_len=60),
            Date("village_letter_date", "Tanggal", "Date", future=False, beside=True),
            Text("hospital_letter_no", "Surat RS/puskesmas", "Letter of hospital or clinic", max_len=60),
            Text("death_certificate_no", "Akta kematian", "Death certificate", max_len=60),
            YesNo("infectious_protocol", "Protokol penyakit menular", "Infection protocol", default=False),
        ),
        Section(
            "Ahli waris",
            "Heir",
            Text(
                "heir_name",
                "Nama ahli waris",
                "Heir's name",
                max_len=120,
                reads="name",
                personal=True,
                required=_known,
                legacy_ok=True,
                help=Words(
                    "Ahli waris atau penanggung jawab makam.", "The heir, or who answers for the grave."
                ),
            ),
            identity("heir_", required=False),
            Choice(
                "heir_relationship",
                "Hubungan",
                "Relationship",
                codes=codes.RELATIONSHIP,
                required=lambda r: r.heir_name is not None,
                legacy_ok=True,
            ),
            Text("heir_phone", "Telepon", "Phone", max_len=20, reads="phone", personal=True),
            Text("heir_address", "Alamat", "Address", max_len=200, personal=True),
            YesNo("heir_consent_contact", "Boleh dihubungi", "May be contacted"),
        ),
        Section(
            "Pelaksanaan",
            "How it was done",
            Text("digger_team", "Penggali", "Diggers", max_len=120),
            Decimal(
                "depth_m",
                "Dalam",
                "Depth",
                scale=2,
                minimum=Number(0),
                maximum=Number(10),
                unit=Words("m", "m"),
            ),
            Text("officer", "Petugas TPU", "Officer", max_len=120, reads="name"),
            Choices("services", "Pelayanan", "Services", codes=codes.BURIAL_SERVICE),
        ),
        Section(
            "Pemindahan jenazah",
            "Exhumation",
            Date("exhumation_date", "Tanggal pemindahan", "Date of exhumation", future=False),
            Text("exhumation_destination", "Dipindahkan ke", "Moved to"),
            Text("exhumation_permit_no", "Nomor izin pemindahan", "Exhumation permit no.", max_len=60),
            relevant=_stands_in_the_books,
        ),
        administration(),
    ),
    rules=(*RULES, *ADMINISTRATION_RULES),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("burial_date", 10),
        Column("deceased_name", 26, also="deceased_parentage"),
        Column("plot", 18, also="cemetery"),
        Column("stack_level", 8),
        Column("burial_kind", 12),
        Column("age_at_death", 8),
        Column("heir_name", 22),
        Column("deceased_religion", 12, hidden=True),
        Column("residency", 14, hidden=True),
    ),
    sort="-burial_date",
    filters=("cemetery", "burial_kind", "burial_date", "deceased_religion", "residency", "status"),
    empty=Words(
        "Belum ada pemakaman. Pilih TPU dan petaknya, lalu isi almarhum dan ahli waris.",
        "No burial yet. Choose cemetery and plot, then fill in the deceased and the heir.",
    ),
    help=Words(
        "Satu pemakaman: siapa, di petak mana, susun ke berapa, dan ahli warisnya. Sebab kematian tidak dicatat.",
        "One burial: who, in which plot, on which level, and the heir. The cause of death is not recorded.",
    ),
)
