"""Rows that are written column by column stand in the database as they were given, whatever their cells hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.core.stamps import new_uid
from desktop_app.storage import backends
from desktop_app.storage.backends.base import NotUniqueError

pytestmark = pytest.mark.engines

NAMES = ("kind", "uid", "version", "at", "person", "action", "field", "old", "new", "reason")
ODD = st.sampled_from(("", "\\N", "\\.", "a\tb", "a\nb", "a\r\nb", "\\", '"', "'", ",", "é", "0", " "))
TEXTS = st.one_of(ODD, st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=5))


def entries(oldest, news, reasons):
    """Journal lines: some of their columns are never empty, some always, some sometimes."""
    return [
        {
            "kind": "lamp",
            "uid": new_uid(),
            "version": number,
            "at": "",
            "person": person,
            "action": "changed",
            "field": None,
            "old": old,
            "new": new,
            "reason": reason,
        }
        for number, (person, old, new, reason) in enumerate(
            zip(oldest, oldest, news, reasons, strict=True), 1
        )
    ]


@settings(max_examples=40)
@given(st.lists(st.tuples(TEXTS, st.none() | TEXTS, st.none() | TEXTS.filter(bool)), min_size=1, max_size=6))
def test_what_is_written_is_what_is_read(module_store, told):
    rows = entries(*zip(*told, strict=True))
    with module_store.writing("Budi") as writer:
        here = backends.of(writer.connection)
        here.insert("journal", rows)
        found = here.rows_with("journal", NAMES, "uid", [row["uid"] for row in rows])
    assert sorted(found, key=lambda row: row[2]) == [tuple(row[name] for name in NAMES) for row in rows]


def test_rows_are_changed_as_given_also_to_nothing(store):
    with store.writing("Budi") as writer:
        here = backends.of(writer.connection)
        for name in "ab":
            here.insert("setting", [{"name": name, "value": "1"}])
        pks = [pk for (pk,) in here.rows_with("setting", ("pk",), "name", ["a", "b"])]
        here.update_many(
            "setting", [{"pk": pk, "value": value} for pk, value in zip(pks, ("", "é\t"), strict=True)]
        )
        here.insert(
            "peer",
            [
                {
                    "site_id": str(n),
                    "site_code": "x",
                    "role": "office",
                    "name": "n",
                    "mark": 1,
                    "seen_no": 1,
                    "last_no": 1,
                }
                for n in range(3)
            ],
        )
        some = [pk for (pk,) in here.rows_with("peer", ("pk",), "site_id", ["0", "1", "2"])]
        here.update_many(
            "peer",
            [
                {"pk": pk, "name": None, "version": word, "mark": 7}
                for pk, word in zip(some, ("v", None, ""), strict=True)
            ],
        )
        assert {value for (value,) in here.rows_with("setting", ("value",), "pk", pks)} == {"", "é\t"}
        assert sorted(here.rows_with("peer", ("name", "mark"), "pk", some)) == [(None, 7)] * 3
        told = {word for (word,) in here.rows_with("peer", ("version",), "pk", some)}
        assert told == {"v", None, ""}


def test_a_row_that_is_here_already_is_refused_among_many(store):
    row = {"name": "twice", "value": "1"}
    with pytest.raises(NotUniqueError), store.writing("Budi") as writer:
        backends.of(writer.connection).insert("setting", [row, row])
    with store.reading() as reader:
        assert "twice" not in reader.settings()
