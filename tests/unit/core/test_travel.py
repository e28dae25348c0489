"""What travels: every stored field of every kind, once, in a fixed order."""

from __future__ import annotations

import pytest

from desktop_app.core import travel
from desktop_app.core.fields import Computed, Reference
from desktop_app.records.registry import REGISTRY

PARTS = travel.parts(REGISTRY)


def test_every_kind_travels_with_its_lines_and_moves():
    names = [part.name for part in PARTS]
    assert len(names) == len(set(names))
    for kind in REGISTRY:
        moves = [f"{kind.name}.move"] if kind.life_cycle else []
        expected = [kind.name, *(f"{kind.name}.{lines.name}" for lines in kind.lines), *moves]
        begin = names.index(kind.name)
        assert names[begin : begin + len(expected)] == expected


def test_kinds_that_others_refer_to_come_first():
    place = {part.kind.name: number for number, part in enumerate(PARTS) if not part.part}
    for kind in REGISTRY:
        fields = [*kind.fields, *(field for lines in kind.lines for field in lines.fields)]
        for field in fields:
            if isinstance(field, Reference) and field.kind != kind.name:
                back = {one.kind for one in REGISTRY[field.kind].references}
                assert place[field.kind] < place[kind.name] or kind.name in back


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_the_columns_of_a_part(part):
    columns = travel.columns(part)
    names = [column.name for column in columns]
    assert names[:4] == ["uid", "site_code", "born", "field_stamps"]
    assert names[-1] == "extras"
    assert len(names) == len(set(names))
    assert not {"status", "change_no", "known_to", "needs_review", "returned"} & set(names)
    assert not any(isinstance(column.field, Computed) for column in columns)
    assert travel.groups(part)["removed"] == (
        ("removed_at",) if part.part else ("removed_at", "remove_reason")
    )
    assert travel.groups(part).get("responsible", ()) == (
        () if part.kind.owner == "reference" else ("site_code",)
    )
    if not part.part:
        groups = {**travel.groups(part)}
        del groups["removed"]
        groups.pop("responsible", None)
        assert groups == dict(part.kind.groups)
    elif part.part == travel.MOVE:
        assert set(travel.groups(part)) == {"responsible", "move", "removed"}
    assert travel.part_named(REGISTRY, part.name) is part


def test_no_part_has_an_unknown_name():
    assert travel.part_named(REGISTRY, "nothing") is None
