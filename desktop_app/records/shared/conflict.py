"""Two writings of one field, neither of which knew of the other: noted so that both sides look at the same. Source: exchange.md, "Conflict".

An ordinary record that travels; it is made by merging, its uid is a hash of what it says, and it is never changed. It is over when the
field was written by somebody who knew both writings.
"""

from __future__ import annotations

from desktop_app.core.fields import Text, YesNo
from desktop_app.core.spec import Column, Kind, Section
from desktop_app.core.words import Words
from desktop_app.records.common import closing

_WRITINGS = 20_000
"""Letters: the fields of a group, in declared order, as a JSON list of canonical texts. Of a removal against another group's writing
`group_name` is the written group, and who removed tells `removed_at` and `remove_reason` instead."""

KIND = Kind(
    "conflict",
    "shared",
    "Perbedaan isian",
    "Conflict",
    plural=Words("Perbedaan isian", "Conflicts"),
    short=Words("Perbedaan", "Conflicts"),
    icon="compare-horizontal",
    number="",
    own_page=False,
    title=("group_name",),
    form=(
        Section(
            "Perbedaan",
            "Conflict",
            Text("record_kind", "Jenis data", "Record kind", max_len=40, required=True, searched=False),
            Text("part", "Bagian", "Part", max_len=40, searched=False),
            Text("record_uid", "Data", "Record", max_len=36, required=True, indexed=True, searched=False),
            Text("group_name", "Isian", "Field", max_len=60, required=True, searched=False),
            YesNo("removal", "Salah satunya penghapusan", "One of them is a removal"),
            Text(
                "lower_stamp",
                "Cap tulisan pertama",
                "Stamp of the first",
                max_len=28,
                required=True,
                searched=False,
            ),
            Text(
                "lower_texts",
                "Tulisan pertama",
                "The first writing",
                max_len=_WRITINGS,
                searched=False,
                personal=True,
            ),
            Text(
                "higher_stamp",
                "Cap tulisan kedua",
                "Stamp of the second",
                max_len=28,
                required=True,
                searched=False,
            ),
            Text(
                "higher_texts",
                "Tulisan kedua",
                "The second writing",
                max_len=_WRITINGS,
                searched=False,
                personal=True,
            ),
        ),
        closing(),
    ),
    columns=(Column("record_kind", 16), Column("group_name", 16), Column("removal", 8)),
    sort="record_kind",
    filters=("record_kind",),
    empty=Words("Tidak ada perbedaan yang perlu diputuskan.", "There is nothing to decide."),
    help=Words(
        "Kantor dan pusat menulis isian yang sama tanpa saling tahu.",
        "An office and headquarters wrote the same field without knowing of each other.",
    ),
)
