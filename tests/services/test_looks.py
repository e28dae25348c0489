"""A look at a masked number is an entry of the journal and nothing else."""

from __future__ import annotations

import pytest

from desktop_app.core.errors import UsageError
from desktop_app.services import history, looks, records, sending
from tests.services import slips

KIND = "streetlight_repair"


def test_a_look_is_noted_and_nothing_travels_because_of_it(office, tmp_path):
    saved = records.save(office, slips.repair(office))
    sending.send(office, tmp_path)
    with office.store.reading() as reader:
        before = reader.get(KIND, saved.uid)
    looks.look(office, KIND, saved.uid, "reporter_phone")
    with office.store.reading() as reader:
        assert reader.get(KIND, saved.uid) == before
        assert [one.action for one in reader.history(KIND, saved.uid)] == ["created"]
    assert [(one.action, one.field) for one in history.changes(office, KIND, saved.uid)] == [
        ("created", ""),
        ("looked", "reporter_phone"),
    ]


@pytest.mark.parametrize("field", ["description", "no_such_field"])
def test_what_is_not_masked_is_no_look(office, field):
    uid = records.save(office, slips.repair(office)).uid
    with pytest.raises(UsageError):
        looks.look(office, KIND, uid, field)


def test_a_record_that_is_not_here_can_not_be_looked_at(office):
    with pytest.raises(UsageError):
        looks.look(office, KIND, "00000000-0000-7000-8000-000000000000", "reporter_phone")
