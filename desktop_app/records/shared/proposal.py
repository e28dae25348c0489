"""An office proposes a change of a record that is another's responsibility. Source: exchange.md, "Responsibility".

An ordinary record of the office that proposes; it travels to headquarters, which decides. Who decided, when and why stands with the
decision in the merge group that only headquarters writes. What is accepted becomes an edit of the record itself, made by headquarters.
"""

from __future__ import annotations

from desktop_app.core.fields import Choice, Codes, Text
from desktop_app.core.spec import Column, Kind, Section
from desktop_app.core.words import Words
from desktop_app.records.common import closing

DECISION = Codes(ACCEPTED=("Diterima", "Accepted"), REJECTED=("Ditolak", "Rejected"))
_VALUE = 4_000
"""Letters of a canonical text: the longest field of a register."""

KIND = Kind(
    "proposal",
    "shared",
    "Usulan perubahan",
    "Proposal",
    plural=Words("Usulan perubahan", "Proposals"),
    short=Words("Usulan", "Proposals"),
    icon="comment-edit-outline",
    number="",
    own_page=False,
    title=("field_name",),
    form=(
        Section(
            "Usulan",
            "Proposal",
            Text("record_kind", "Jenis data", "Record kind", max_len=40, required=True, searched=False),
            Text("record_uid", "Data", "Record", max_len=36, required=True, indexed=True, searched=False),
            Text("field_name", "Isian", "Field", max_len=60, required=True, searched=False),
            Text("seen_text", "Isi sekarang", "As it stands", max_len=_VALUE, searched=False, personal=True),
            Text("proposed_text", "Usulan", "Proposed", max_len=_VALUE, searched=False, personal=True),
            Text("reason", "Alasan", "Reason", max_len=500, required=True, searched=False),
            Choice("decision", "Keputusan", "Decision", codes=DECISION, group="review"),
        ),
        closing(),
    ),
    columns=(Column("field_name", 16), Column("reason", 24), Column("decision", 12)),
    sort="field_name",
    filters=("decision",),
    empty=Words("Tidak ada usulan.", "There are no proposals."),
    help=Words(
        "Kantor mengusulkan perubahan pada data yang bukan tanggung jawabnya; Pusat memutuskan.",
        "An office proposes a change of a record that is not its own; headquarters decides.",
    ),
)
