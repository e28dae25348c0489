"""Who may say what: rows that are refused leave everything as it was, and are named so that their maker finds them."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from desktop_app.core import travel
from desktop_app.storage.merging.plain import StampAheadError
from tests.storage.merging.tiny import REGISTRY

pytestmark = pytest.mark.engines

JOB, PARTS = travel.Part(REGISTRY["job"], ""), travel.Part(REGISTRY["job"], "parts")


def changed(tables, part, **texts):
    """The tables with other texts in every row of one part."""
    columns, rows = tables[part]
    made = [[texts.get(name, cell) for name, cell in zip(columns, row, strict=True)] for row in rows]
    return {**tables, part: (columns, made)}


@pytest.fixture
def two(world):
    office, head = world.site("18.72.04"), world.headquarters()
    return office, head, office.add(parts=1)


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("site_code", "18.72.05", "owner"),
        ("born", "yesterday", "stamps"),
        ("field_stamps", "name=now", "stamps"),
        ("nik", "3,67E+15", "value"),
        ("length", "NaN", "value"),
        ("length", "1e400", "value"),
        ("length", "1.5", "value"),
        ("urgent", "ya", "value"),
        ("urgency", "9223372036854775808", "value"),
        ("urgency", "1_0", "value"),
        ("removed_at", "2026-13-01T00:00:00Z", "value"),
        ("removed_at", "9999-12-31T23:59:59Z", "value"),
        ("name", "Cafe\u0301", "value"),
        ("extras", "{", "value"),
        ("extras", '{"a":"b"}', "value"),
        ("uid", None, "value"),
        ("review_state", "APPROVED", "review"),
        ("review_state", "X" * 3000, "value"),
        ("record_no", "7" * 3000, "value"),
    ],
)
def test_a_row_that_may_not_be_is_refused_alone(two, column, text, reason):
    office, head, uid = two
    before = head.change_no
    merged = head.merge(changed(office.rows(), "job", **{column: text}), office)
    refused = [(row.part, row.reason) for row in merged.refused_rows]
    assert refused == [("job", reason)]
    assert head.get(uid) is None
    assert merged.refused["job"] == 1
    assert merged.new["job.parts"] == 1, "its lines wait"
    assert head.change_no == before + 2
    words = merged.refused_rows[0].words
    assert words.id != words.en


def test_a_figure_that_can_not_be_stays_empty_and_the_record_is_kept(two):
    office, head, uid = two
    head.merge(changed(office.rows(), "job.parts", price="9223372036854775807"), office)
    (line,) = head.get(uid).lines["parts"]
    assert (line.values["price"], line.values["total"]) == (9223372036854775807, None)
    assert head.get(uid).values["cost"] is None


def test_texts_that_look_like_formulas_are_stored_exactly(two):
    office, head, uid = two
    tables = changed(office.rows(), "job", name='=HYPERLINK("x")', phone="+62812", unit="-5")
    head.merge(tables, office)
    assert [head.get(uid).values[name] for name in ("name", "phone", "unit")] == [
        '=HYPERLINK("x")',
        "+62812",
        "-5",
    ]


def test_the_refused_row_is_known_by_its_fingerprint(two):
    office, head, uid = two
    row = head.merge(changed(office.rows(), "job", nik="12"), office).refused_rows[0]
    with office.store.reading() as reader:
        assert reader.fingerprint(JOB, uid) == row.fingerprint
    office.change(uid, name="lain")
    with office.store.reading() as reader:
        assert reader.fingerprint(JOB, uid) != row.fingerprint
        assert reader.fingerprint(JOB, "nobody") is None


def test_an_office_can_not_take_a_row_of_another(world):
    office, thief, head = world.site("18.72.04"), world.site("18.72.05"), world.headquarters()
    uid = office.add(name="asli")
    head.take(office)
    thief.merge(
        changed(changed(office.rows(), "job", site_code="18.72.05"), "job.parts", site_code="18.72.05"), thief
    )
    world.clock.pass_()
    thief.change(uid, name="dicuri")
    before = head.stored()
    merged = head.take(thief)
    assert {row.reason for row in merged.refused_rows} == {"taken"}
    assert merged.altered == 0
    assert head.stored() == before


def test_a_line_can_not_be_hung_on_the_record_of_another(world):
    office, thief, head = world.site("18.72.04"), world.site("18.72.05"), world.headquarters()
    uid = office.add(parts=1)
    thief.add(parts=1)
    head.take(office)
    tables = changed(thief.rows(), "job.parts", parent_uid=uid)
    merged = head.merge(tables, thief)
    assert [(row.part, row.reason) for row in merged.refused_rows] == [("job.parts", "parent")]
    assert len(head.get(uid).lines["parts"]) == 1


def test_headquarters_rows_come_back_only_as_it_wrote_them(world):
    office, head = world.site("18.72.04"), world.headquarters()
    place = head.place("1001", "Imopuro")
    office.take(head)
    lost = world.headquarters()
    with lost.writing() as writer:
        writer.connection.execute(
            sa.insert(writer.tables.peer),
            {
                "site_id": head.site_id,
                "site_code": "18.72",
                "role": "headquarters",
                "mark": 0,
                "seen_no": 0,
                "last_no": 0,
            },
        )
    assert lost.take(office).new["place"] == 1
    world.clock.pass_()
    office.change(place, "place", label="Milik kantor")
    merged = lost.take(office)
    assert [row.reason for row in merged.refused_rows] == ["head"]
    assert lost.get(place, "place").values["label"] == "Imopuro"


def test_the_review_is_headquarters_alone(two):
    office, head, uid = two
    head.take(office)
    head.change(uid, review_state="RETURNED", review_reason="salah")
    office.take(head)
    assert head.take(office).refused_rows == []
    office.change(uid, review_state="APPROVED")
    assert [row.reason for row in head.take(office).refused_rows] == ["review"]
    assert head.get(uid).values["review_state"] == "RETURNED"


def test_an_office_takes_its_own_rows_and_headquarters(world):
    office, head = world.site("18.72.04"), world.headquarters()
    for code in ("18.72.04", "18.72.05", "18.72"):
        head.add(code, parts=0, name=code)
    merged = office.take(head)
    assert merged.new["job"] == 2
    assert {(row.part, row.reason) for row in merged.refused_rows} == {
        ("job", "owner"),
        ("job.move", "owner"),
    }


def test_a_stamp_of_tomorrow_sets_the_package_aside(two):
    office, head, _ = two
    office.skew = dt.timedelta(days=3)
    office.add(name="besok")
    before = head.stored(), head.change_no
    with pytest.raises(StampAheadError) as wrong:
        head.take(office)
    assert (head.stored(), head.change_no) == before
    assert "Periksa tanggal" in wrong.value.words.id


def test_an_empty_text_is_null_and_the_order_of_columns_is_free(two):
    office, head, uid = two
    columns, rows = changed(office.rows(), "job", phone="")["job"]
    turned = (columns[::-1], [row[::-1] for row in rows])
    head.merge({**office.rows(), "job": turned}, office)
    assert head.stored() == office.stored()
    assert head.get(uid).values["phone"] is None
