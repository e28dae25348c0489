"""A grave plot (petak makam): the ground; who lies in it is told by the burials. Sources: domain.md 5.2.3, 5.2.4, 5.3."""

from __future__ import annotations

from decimal import Decimal as Number

from desktop_app.core.fields import Choice, Computed, Date, Decimal, Integer, Reference, Text, Value
from desktop_app.core.record import View
from desktop_app.core.spec import Column, Kind, LifeCycle, Move, Section, State, error, warning
from desktop_app.core.words import Words
from desktop_app.records.cemeteries import codes
from desktop_app.records.cemeteries.graves import date_of, lying_in, policy, whole
from desktop_app.records.common import ADMINISTRATION_RULES, PLACE_RULES, administration, place
from desktop_app.records.rules import less

M = Words("m", "m")
PLACE = {"village_code": "village_code", "street_name": "street_name"}


def _occupied(r: View) -> int:
    return len(lying_in(r, r.uid))


def _remaining(r: View) -> Value:
    capacity = whole(r.max_stack)
    return None if capacity is None else max(0, capacity - _occupied(r))


def _last_burial(r: View) -> Value:
    return max(
        (day for burial in lying_in(r, r.uid) if (day := date_of(burial, "burial_date"))), default=None
    )


def _other_religion(r: View) -> bool:
    """Whether the block's religion is not among those that the cemetery is for."""
    cemetery = r.target("cemetery")
    if cemetery is None or r.block_religion is None:
        return False
    return (cemetery.religion_scope, r.block_religion == "ISLAM") in (("MUSLIM", False), ("NON_MUSLIM", True))


LIFE_CYCLE = LifeCycle(
    states=(
        State("AVAILABLE", "Kosong", "Free", "info", "ring", open=False),
        State("RESERVED", "Cadangan", "Reserved", "accent", "half", open=False),
        State("OCCUPIED", "Terisi", "Occupied", "ok", "dot", open=False),
        State("FULL", "Penuh", "Full", "ok", "check", open=False),
        State("EXPIRED", "Kedaluwarsa", "Expired", "warn", "bars", open=False),
        State("BLOCKED", "Blokir", "Blocked", "bad", "cross", open=False),
        State("DAMAGED", "Rusak", "Damaged", "warn", "cross", open=False),
        State("UNDER_REPAIR", "Renovasi", "Under repair", "accent", "half", open=False),
        State("IN_TRANSITION", "Dalam peralihan", "In transition", "warn", "half", open=False),
        State("VACATED", "Dipindahkan", "Vacated", "info", "back", open=False),
    ),
    moves=(
        Move("reserve", "Cadangkan", "Reserve", ("AVAILABLE",), "RESERVED"),
        Move(
            "occupy",
            "Terisi",
            "Occupied",
            (
                "AVAILABLE",
                "RESERVED",
                "FULL",
                "EXPIRED",
                "BLOCKED",
                "DAMAGED",
                "UNDER_REPAIR",
                "IN_TRANSITION",
            ),
            "OCCUPIED",
            guards=(
                error(
                    "status",
                    lambda r: not _occupied(r),
                    "Belum ada pemakaman di petak ini.",
                    "Nobody is buried here.",
                ),
            ),
            main=True,
        ),
        Move(
            "fill",
            "Penuh",
            "Full",
            ("OCCUPIED",),
            "FULL",
            guards=(
                error(
                    "status",
                    lambda r: {"left": _remaining(r)} if _remaining(r) else False,
                    "Petak masih dapat ditumpang {left} kali.",
                    "The plot can still take {left} more.",
                ),
            ),
        ),
        Move("expire", "Kedaluwarsa", "Expired", ("OCCUPIED", "FULL"), "EXPIRED"),
        Move(
            "release",
            "Lepas untuk dipakai lagi",
            "Release for reuse",
            ("EXPIRED",),
            "AVAILABLE",
            reason=True,
            by="head",
        ),
        Move(
            "vacate",
            "Jenazah dipindahkan",
            "Body was moved",
            ("OCCUPIED", "FULL", "EXPIRED", "IN_TRANSITION"),
            "VACATED",
            guards=(
                error(
                    "status",
                    lambda r: {"bodies": _occupied(r)} if _occupied(r) else False,
                    "Masih ada {bodies} jenazah di petak ini: catat dulu pemindahannya.",
                    "{bodies} still lie here: record their exhumation first.",
                ),
            ),
        ),
        Move(
            "free",
            "Kosongkan",
            "Free",
            ("RESERVED", "VACATED", "BLOCKED", "DAMAGED", "UNDER_REPAIR"),
            "AVAILABLE",
        ),
        Move(
            "block",
            "Blokir",
            "Block",
            ("AVAILABLE", "RESERVED", "OCCUPIED", "FULL", "EXPIRED"),
            "BLOCKED",
            reason=True,
        ),
        Move(
            "damage", "Rusak", "Damaged", ("AVAILABLE", "RESERVED", "OCCUPIED", "FULL", "EXPIRED"), "DAMAGED"
        ),
        Move("repair", "Renovasi", "Repair", ("DAMAGED", "OCCUPIED", "FULL"), "UNDER_REPAIR"),
        Move(
            "transition", "Dalam peralihan", "In transition", ("OCCUPIED", "FULL", "EXPIRED"), "IN_TRANSITION"
        ),
    ),
    path=("AVAILABLE", "OCCUPIED", "FULL"),
)

KIND = Kind(
    "grave_plot",
    "cemeteries",
    "Petak makam",
    "Grave plot",
    plural=Words("Petak makam", "Grave plots"),
    short=Words("Petak", "Plots"),
    icon="land-plots",
    number="MKM-PTK",
    title=("plot_code",),
    subtitle=("block_code",),
    owner="register",
    form=(
        Section(
            "Petak",
            "Plot",
            Reference(
                "cemetery", "TPU", "Cemetery", kind="cemetery", fills=PLACE, required=True, indexed=True
            ),
            Text(
                "plot_code",
                "Kode petak",
                "Plot code",
                max_len=30,
                reads="code",
                required=True,
                unique="error",
                help=Words(
                    "TPU, blok, baris, nomor: TPU01-A-03-017.", "Site, block, row, number: TPU01-A-03-017."
                ),
            ),
            Text("block_code", "Blok", "Block", max_len=20, reads="code"),
            Text("row_no", "Baris", "Row", max_len=10, reads="code", beside=True),
            Text("plot_no", "Nomor", "Number", max_len=10, reads="code", beside=True),
            Choice(
                "block_religion", "Agama blok", "Block religion", codes=codes.BLOCK_RELIGION, default="MIXED"
            ),
            Choice("tariff_class", "Kelas tarif", "Tariff class", codes=codes.TARIFF_CLASS),
            Choice(
                "plot_type",
                "Jenis petak",
                "Plot type",
                codes=codes.PLOT_TYPE,
                required=True,
                default="SINGLE",
            ),
            Decimal("length_m", "Panjang", "Length", scale=2, minimum=Number(0), maximum=Number(99), unit=M),
            Decimal(
                "width_m",
                "Lebar",
                "Width",
                scale=2,
                minimum=Number(0),
                maximum=Number(99),
                unit=M,
                beside=True,
            ),
            Decimal(
                "depth_m",
                "Dalam",
                "Depth",
                scale=2,
                minimum=Number(0),
                maximum=Number(99),
                unit=M,
                beside=True,
            ),
        ),
        Section(
            "Isi petak",
            "Who lies here",
            Integer(
                "max_stack",
                "Kapasitas tumpang",
                "Holds at most",
                minimum=1,
                maximum=4,
                required=True,
                default=lambda r: r.settings.stacking_max,
            ),
            Computed(
                "occupied_count", "Terisi", "Occupied", of=_occupied, like=Integer("", "", ""), stored=False
            ),
            Computed("remaining", "Sisa", "Remaining", of=_remaining, like=Integer("", "", ""), stored=False),
            Computed(
                "last_burial_on",
                "Pemakaman terakhir",
                "Last burial",
                of=_last_burial,
                like=Date("", "", ""),
                stored=False,
            ),
        ),
        Section("Letak", "Place", place(village=False)),
        administration(),
    ),
    rules=(
        *PLACE_RULES,
        warning(
            "length_m",
            lambda r: less(Number("2.5"), r.length_m),
            "Panjang {length_m} lebih dari 2,50 m (PP 9/1987).",
            "Length {length_m} is more than 2.50 m (PP 9/1987).",
        ),
        warning(
            "width_m",
            lambda r: less(Number("1.5"), r.width_m),
            "Lebar {width_m} lebih dari 1,50 m (PP 9/1987).",
            "Width {width_m} is more than 1.50 m (PP 9/1987).",
        ),
        warning(
            "depth_m",
            lambda r: less(r.depth_m, Number("1.5")),
            "Dalam {depth_m} kurang dari 1,50 m (PP 9/1987).",
            "Depth {depth_m} is less than 1.50 m (PP 9/1987).",
        ),
        warning(
            "block_religion",
            _other_religion,
            "Agama blok {block_religion} tidak sesuai peruntukan TPU {cemetery}.",
            "The block's religion {block_religion} does not fit the cemetery {cemetery}.",
        ),
        warning(
            "max_stack",
            lambda r: {"bodies": _occupied(r)} if less(r.max_stack, _occupied(r)) else False,
            "Kapasitas {max_stack}, tetapi sudah ada {bodies} jenazah.",
            "It holds {max_stack}, but {bodies} lie here.",
        ),
        warning(
            "max_stack",
            lambda r: less(policy(r, r.target("cemetery"), "stacking_max"), r.max_stack),
            "Kapasitas {max_stack} melebihi kebijakan TPU.",
            "{max_stack} is more than the cemetery's policy allows.",
        ),
        warning(
            "max_stack",
            lambda r: {"bodies": _occupied(r)} if r.status == "AVAILABLE" and _occupied(r) else False,
            "Petak berstatus kosong, tetapi ada {bodies} jenazah: tekan Terisi.",
            "The plot stands as free, but {bodies} lie here: press Occupied.",
        ),
        *ADMINISTRATION_RULES,
    ),
    life_cycle=LIFE_CYCLE,
    columns=(
        Column("plot_code", 18),
        Column("cemetery", 20, also="block_code"),
        Column("plot_type", 12),
        Column("block_religion", 14),
        Column("max_stack", 10),
        Column("village_code", 16, hidden=True),
    ),
    sort="plot_code",
    filters=("status", "cemetery", "plot_type", "block_religion"),
    empty=Words(
        "Belum ada petak. Catat TPU, lalu petaknya satu per satu atau dengan Gandakan.",
        "No plot yet. Record the cemetery, then its plots one by one or with Duplicate.",
    ),
    help=Words(
        "Petak makam dan kapasitas tumpangnya. Terisi dan sisa dihitung dari pemakaman, tidak pernah diketik.",
        "A plot and how many it may hold. Occupied and remaining are counted from the burials, never typed.",
    ),
)
