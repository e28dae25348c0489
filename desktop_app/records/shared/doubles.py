"""When two crews or materials may be the same one."""

from __future__ import annotations

from desktop_app.core import alike
from desktop_app.core.resembling import Evidence, Facts, Found, Likeness, Plan, equal, same_code


def _crews(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    names = [facts.text("name") for facts in (one, other)]
    turns = {alike.address(name).turn or alike.address(name).house for name in names}
    if alike.street_likeness(*names) >= 0.9 and len(turns) == 1:
        evidence.speaks(1, "nama regu mirip", "similar name")
    if equal(one, other, "vehicle") and alike.name_likeness(one.text("leader"), other.text("leader")) >= 0.85:
        evidence.speaks(1, "ketua dan kendaraan sama", "same leader and vehicle")
    return evidence.likeness()


CREWS = Plan((Found(("name",), lambda facts: alike.address(facts.text("name")).words[:1]),), _crews)


def _materials(one: Facts, other: Facts) -> Likeness | None:
    evidence = Evidence()
    if same_code(one, other, "code"):
        evidence.speaks(1, "kode sama", "same code")
    if same_code(one, other, "name"):
        evidence.speaks(1, "nama sama", "same name")
    return evidence.likeness()


MATERIALS = Plan(
    (
        Found(("code",), lambda facts: [facts.text("code")]),
        Found(("name",), lambda facts: [facts.text("name")]),
    ),
    _materials,
)
