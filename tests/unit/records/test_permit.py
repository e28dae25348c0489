"""The plot permit (IPTM): validity, the chain of renewals, levies, the way from application to release. And the plot itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.computing import figure
from desktop_app.core.fields import Computed, Value
from desktop_app.core.record import Record
from desktop_app.core.rules import is_relevant
from desktop_app.records.cemeteries.dates import add_months, end_of_validity, whole_years
from tests.unit.records.graveyard import PERMIT, buried, graveyard, permit
from tests.unit.records.house import House

LONG_AGO = dt.date(2019, 3, 2)
OLD: dict[str, Any] = {
    "requirements": ("HEIR_KTP", "FAMILY_CARD"),
    "surveyed_by": "Wagino",
    "surveyed_on": dt.date(2023, 1, 4),
    "signed_by": "Drs. Hasan",
    "permit_no": "469/0001/IPTM/2023",
    "application_date": dt.date(2023, 1, 2),
    "issued_date": dt.date(2023, 1, 9),
    "valid_from": dt.date(2023, 1, 10),
    "valid_until": dt.date(2026, 1, 9),
}
RENEWAL: dict[str, Any] = {
    "permit_type": "RENEWAL",
    "previous_permit": "old",
    "renewal_seq": 1,
    "valid_from": dt.date(2026, 1, 10),
    "valid_until": dt.date(2029, 1, 9),
}


def office() -> House:
    """One burial with its permit of 2023, which ended in January 2026."""
    house = graveyard()
    buried(house, "sukirman", LONG_AGO)
    house.put("plot_permit", "old", {**PERMIT, **OLD}, status="EXPIRED")
    return house


def shown(house: House, record: Record, name: str) -> Value:
    """A computed figure as the form shows it."""
    field = house[record.kind].by_name[name]
    assert isinstance(field, Computed)
    return figure(house.view(record), field)


def test_a_plain_permit_and_a_plain_renewal_are_in_order():
    house = office()
    assert house.said(permit(house)) == []
    assert house.said(permit(house, **RENEWAL)) == []


# ---- validity


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (dt.date(2026, 11, 5), 36, dt.date(2029, 11, 4)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 27)),
        (dt.date(2026, 1, 31), 1, dt.date(2026, 2, 27)),
        (dt.date(2026, 1, 1), 24, dt.date(2027, 12, 31)),
    ],
)
def test_the_last_day_of_a_permit(start: dt.date, months: int, end: dt.date):
    assert end_of_validity(start, months) == end


@given(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), st.integers(0, 240), st.integers(0, 240))
def test_months_add_up_and_never_skip_a_month(day: dt.date, first: int, second: int):
    later = add_months(day, first)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == first
    assert add_months(later, second).month == add_months(day, first + second).month
    assert whole_years(day, add_months(day, 12 * first // 12)) <= first // 12


def test_another_end_than_the_months_give_is_doubtful():
    house = office()
    said = house.said(permit(house, valid_until=dt.date(2029, 11, 12)))
    assert said == ["valid_until: With a validity of 36 months it should end 11/11/2029, not 12/11/2029."]


@pytest.mark.parametrize(
    ("start", "end", "state", "days"),
    [
        (dt.date(2026, 12, 1), dt.date(2029, 11, 30), "NOT_YET", 1104),
        (dt.date(2024, 2, 21), dt.date(2027, 2, 21), "VALID", 91),
        (dt.date(2024, 2, 20), dt.date(2027, 2, 20), "EXPIRING", 90),
        (dt.date(2023, 11, 22), dt.date(2026, 11, 22), "EXPIRING", 0),
        (dt.date(2023, 11, 21), dt.date(2026, 11, 21), "EXPIRED", -1),
    ],
)
def test_expiring_is_computed_from_today(start: dt.date, end: dt.date, state: str, days: int):
    house = office()
    slip = permit(house, valid_from=start, valid_until=end)
    assert (shown(house, slip, "validity"), shown(house, slip, "days_left")) == (state, days)
    assert "EXPIRING" not in house["plot_permit"].life_cycle.by_code


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"issued_date": dt.date(2026, 11, 1)}, "issued_date: Issued 01/11/2026 before the application 06/11/2026."),
        ({"valid_until": dt.date(2026, 11, 1)}, "valid_until: Valid until 01/11/2026, before it begins 12/11/2026."),
        ({"permit_no": "469/0001/IPTM/2023"}, "permit_no: Permit no. 469/0001/IPTM/2023 is taken already: 469/0001/IPTM/2023."),
        ({"renewal_seq": 1}, "renewal_seq: A new permit: the renewal number must be 0."),
        ({"plot": "other"}, "burial: The burial of Sukirman is not in plot TPU01-A-03-018."),
        ({"heir_nik": None}, "heir_nik: NIK is not filled in yet."),
    ],
)  # fmt: skip
def test_what_is_refused(change: dict[str, Any], said: str):
    house = office()
    assert said in house.said(permit(house, **change), "error")


# ---- the chain


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"previous_permit": None}, "previous_permit: Previous permit is not filled in yet."),
        ({"renewal_seq": 2}, "renewal_seq: Renewal no. 2 does not follow the previous permit: it should be no. 1."),
        ({"valid_from": dt.date(2026, 11, 12), "valid_until": dt.date(2029, 11, 11)}, "valid_from: The old permit ended 09/01/2026: the renewal begins 10/01/2026, not 12/11/2026."),
        ({"plot": "other", "burial": None}, "previous_permit: The previous permit 469/0001/IPTM/2023 is for another plot."),
    ],
)  # fmt: skip
def test_a_renewal_continues_the_permit_before_it(change: dict[str, Any], said: str):
    house = office()
    assert said in house.said(permit(house, **{**RENEWAL, **change}), "error")


def test_a_permit_is_renewed_once():
    house = office()
    house.put("plot_permit", "first", {**PERMIT, **RENEWAL, "permit_no": "469/0050/IPTM/2026"})
    said = house.findings(permit(house, **RENEWAL))
    assert [(one.field, one.see) for one in said] == [("previous_permit", ("plot_permit", "first"))]
    house.records["first"].status = "REJECTED"
    assert house.said(permit(house, **RENEWAL)) == []


def test_a_gap_in_an_old_register_is_only_doubtful():
    house = office()
    late = permit(
        house,
        **{**RENEWAL, "valid_from": dt.date(2026, 3, 1), "valid_until": dt.date(2029, 2, 28)},
        from_old_register=True,
    )
    assert house.said(late, "error") == []
    assert len(house.said(late, "warning")) == 1


# ---- exhumed plots


def exhume(house: House, on: dt.date) -> None:
    house.records["sukirman"].status = "EXHUMED"
    house.records["sukirman"].values["exhumation_date"] = on


def test_no_permit_for_a_plot_whose_body_was_moved_away():
    house = office()
    exhume(house, dt.date(2026, 6, 1))
    gone = "plot: Sukirman was moved away from plot TPU01-A-03-017: no permit can be given."
    assert gone in house.said(permit(house), "error")
    assert gone in house.said(permit(house, **RENEWAL, burial=None), "error")
    assert house.said(permit(house, permit_type="EXHUMATION"), "error") == []


def test_a_permit_from_before_the_exhumation_stays_right():
    house = office()
    exhume(house, dt.date(2026, 11, 20))
    assert house.said(permit(house), "error") == []


def test_reserving_an_occupied_plot_is_doubtful():
    house = office()
    slip = permit(house, permit_type="RESERVATION", burial=None)
    assert house.said(slip) == ["plot: A reservation of plot TPU01-A-03-017, in which Sukirman lies."]
    assert house.said(permit(house, permit_type="RESERVATION", burial=None, plot="other")) == []


# ---- levies

LEVY: dict[str, Any] = {
    "service": "PLOT",
    "legal_basis": "Perda 5/2012",
    "amount": 100_000,
    "payment_status": "UNPAID",
}


def levied(house: House, *levies: dict[str, Any], **change: Any) -> Record:
    return permit(house, lines={"levies": [{**LEVY, **levy} for levy in levies]}, **change)


def test_the_levy_is_summed_with_discount_and_penalty_without_what_was_cancelled():
    house = office()
    slip = levied(
        house,
        {"discount": 25_000, "penalty": 5_000},
        {"amount": 50_000},
        {"amount": 7, "payment_status": "CANCELLED"},
    )
    assert slip.values["levy_total"] == 130_000
    assert permit(house).values["levy_total"] is None


@pytest.mark.parametrize(
    ("levy", "change", "said"),
    [
        ({"discount": 100_001}, {}, "discount: The discount Rp100.001 exceeds the levy Rp100.000."),
        ({"payment_status": "PAID"}, {}, "paid_at: Paid, but the date of payment is missing."),
        ({"amount": 0, "skrd_no": "12"}, {}, "skrd_no: Zero tariff: no SKRD is issued."),
        ({}, {"is_poor": True, "sktm_no": "1"}, "levies: Poor (SKTM), but a levy of Rp100.000."),
        ({"legal_basis": None}, {}, "legal_basis: Legal basis is not filled in yet."),
    ],
)
def test_what_is_said_about_a_levy(levy: dict[str, Any], change: dict[str, Any], said: str):
    house = office()
    assert said in house.said(levied(house, levy, **change))


def test_a_levy_of_nothing_is_allowed():
    house = office()
    assert house.said(levied(house, {"amount": 0}, is_poor=True, sktm_no="400/1/2026")) == []


def test_a_levy_is_compared_with_the_tariff_of_its_day_and_class():
    house = office()
    house.records["plot"].values["tariff_class"] = "A"
    rows: list[dict[str, Any]] = [
        {"service": "PLOT", "amount": 80_000, "valid_from": dt.date(2012, 1, 1), "valid_to": dt.date(2023, 12, 31)},
        {"service": "PLOT", "amount": 100_000, "valid_from": dt.date(2012, 1, 1), "valid_to": dt.date(2023, 12, 31), "tariff_class": "A"},
        {"service": "PLOT", "amount": 0, "valid_from": dt.date(2024, 1, 5)},
    ]  # fmt: skip
    house.put("cemetery", "tpu", {"cemetery_code": "TPU01", "name": "TPU Mulyojati"}, {"tariffs": rows})
    before = {"application_date": dt.date(2023, 5, 1)}
    assert house.said(levied(house, {"amount": 100_000}, **before)) == []
    assert house.said(levied(house, {"amount": 80_000}, **before)) == [
        "amount: The cemetery's tariff for this service is Rp100.000, here it is Rp80.000."
    ]
    assert house.said(levied(house, {"amount": 100_000})) == [
        "amount: The cemetery's tariff for this service is Rp0, here it is Rp100.000."
    ]


# ---- the way of a permit


def test_an_unpaid_levy_stops_the_issue_and_nothing_else_is_asked_for():
    house = office()
    slip = levied(house, {}, signed_by="Drs. Hasan")
    slip.status = "APPROVED"
    assert house.refuses(slip, "issue") == ["A levy of Rp100.000 is unpaid."]
    slip.lines["levies"][0].values["payment_status"] = "WAIVED"
    assert house.refuses(slip, "issue") == []


def test_a_permit_expires_only_after_its_end_and_counts_as_renewed_only_with_a_renewal():
    house = office()
    assert house.refuses(house.records["old"], "expire") == []
    assert house.refuses(permit(house, status="ACTIVE"), "expire") == [
        "The permit is valid until 11/11/2029."
    ]
    assert len(house.refuses(house.records["old"], "renew")) == 1
    house.put("plot_permit", "new", {**PERMIT, **RENEWAL})
    assert house.refuses(house.records["old"], "renew") == []


@pytest.mark.parametrize(
    ("state", "asked"), [("ACTIVE", False), ("EXPIRED", True), ("WARNED", True), ("RENEWED", True)]
)
def test_a_notice_is_asked_for_once_a_permit_has_run_out_and_stays_after_its_renewal(state: str, asked: bool):
    house = office()
    view = house.view(permit(house, status=state))
    assert is_relevant(view, view.kind.by_name["warning_no"]) is asked


def test_an_active_permit_past_its_end_is_pointed_out():
    house = office()
    house.records["old"].status = "ACTIVE"
    assert house.said(house.records["old"]) == [
        "valid_until: The permit ended 09/01/2026: press Expired, or record its renewal."
    ]


def test_the_plot_is_released_by_the_head_alone_and_never_by_itself():
    cycle = graveyard()["plot_permit"].life_cycle
    assert cycle is not None
    release = cycle.move("release")
    assert release is not None
    assert (release.frm, release.by, release.reason) == (("EXPIRED", "WARNED"), "head", True)
    assert [
        state for state in cycle.path if cycle.moves_from(state)[:1] and not cycle.moves_from(state)[0].main
    ] == ["ACTIVE"]


@pytest.mark.parametrize(
    ("kind", "works"), [("plot_permit", True), ("grave_plot", False), ("burial", False), ("cemetery", False)]
)
def test_only_permits_are_work_that_can_be_open(kind: str, works: bool):
    cycle = graveyard()[kind].life_cycle
    assert cycle is not None
    assert cycle.is_work is works


# ---- the plot: what is derived


def test_occupied_and_remaining_are_counted_from_burials():
    house = graveyard(max_stack=3)
    plot = house.records["plot"]
    assert (shown(house, plot, "occupied_count"), shown(house, plot, "remaining")) == (0, 3)
    buried(house, "sukirman", LONG_AGO)
    buried(house, "hartini", dt.date(2024, 5, 6), stack_level=2)
    buried(house, "wagino", LONG_AGO, stack_level=3, status="EXHUMED")
    assert (shown(house, plot, "occupied_count"), shown(house, plot, "remaining")) == (2, 1)
    assert shown(house, plot, "last_burial_on") == dt.date(2024, 5, 6)
    assert house.said(plot) == ["max_stack: The plot stands as free, but 2 lie here: press Occupied."]
    plot.status = "OCCUPIED"
    assert house.said(plot) == []


def test_a_plot_is_full_only_without_room_and_vacated_only_without_bodies():
    house = graveyard(max_stack=2)
    plot = house.records["plot"]
    assert house.refuses(plot, "occupy") == ["Nobody is buried here."]
    buried(house, "sukirman", LONG_AGO)
    assert house.refuses(plot, "occupy") == []
    assert house.refuses(plot, "fill") == ["The plot can still take 1 more."]
    assert house.refuses(plot, "vacate") == ["1 still lie here: record their exhumation first."]
    exhume(house, dt.date(2026, 6, 1))
    assert house.refuses(plot, "vacate") == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"length_m": 3}, "length_m: Length 3 m is more than 2.50 m (PP 9/1987)."),
        ({"width_m": 2}, "width_m: Width 2 m is more than 1.50 m (PP 9/1987)."),
        ({"depth_m": 1}, "depth_m: Depth 1 m is less than 1.50 m (PP 9/1987)."),
        ({"max_stack": 4}, "max_stack: 4 is more than the cemetery's policy allows."),
    ],
)
def test_an_odd_plot_is_doubtful(change: dict[str, Any], said: str):
    house = graveyard()
    plot = house.make("grave_plot", "new", {"cemetery": "tpu", "plot_code": "TPU01-B-01-001", **change})
    assert house.said(plot) == [said]


def test_a_block_of_another_religion_than_the_cemetery_is_doubtful():
    house = graveyard()
    house.records["tpu"].values["religion_scope"] = "NON_MUSLIM"
    assert house.said(house.records["plot"]) == [
        "block_religion: The block's religion Islam does not fit the cemetery TPU Mulyojati."
    ]


def test_a_plot_that_holds_more_than_it_may_is_pointed_out():
    house = graveyard(max_stack=1)
    buried(house, "sukirman", LONG_AGO)
    buried(house, "hartini", LONG_AGO, stack_level=2)
    plot = house.records["plot"]
    plot.status = "OCCUPIED"
    assert house.said(plot) == ["max_stack: It holds 1, but 2 lie here."]


# ---- the cemetery

SITE: dict[str, Any] = {
    "cemetery_code": "TPU9",
    "name": "TPU Baru",
    "area_m2": 1000,
    "usable_area_m2": 900,
    "plot_length_m": 2,
    "plot_width_m": 1,
    "village_code": "18.72.04.1003",
}


def test_a_cemetery_tells_how_many_plots_its_land_holds():
    house = graveyard()
    site = house.make("cemetery", "new", SITE)
    assert site.values["capacity_plots"] == 240
    assert house.said(site) == []
    assert house.make("cemetery", "new", {**SITE, "usable_area_m2": 3}).values["capacity_plots"] == 0
    assert house.make("cemetery", "new", {**SITE, "usable_area_m2": None}).values["capacity_plots"] is None


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"usable_area_m2": 1001}, "usable_area_m2: The usable area 1.001 m² exceeds the area 1.000 m²."),
        ({"plot_length_m": 3}, "plot_length_m: The plots are larger than 2.5 m × 1.5 m (PP 9/1987)."),
        ({"cemetery_code": "TPU01"}, "cemetery_code: Cemetery code TPU01 is taken already: TPU Mulyojati."),
    ],
)
def test_what_is_said_about_a_cemetery(change: dict[str, Any], said: str):
    house = graveyard()
    assert house.said(house.make("cemetery", "new", {**SITE, **change})) == [said]


@pytest.mark.parametrize(("end", "said"), [(dt.date(2023, 12, 31), []), (dt.date(2011, 12, 31), ["valid_to: The tariff ends 31/12/2011 before it begins 01/01/2012."])])  # fmt: skip
def test_a_tariff_ends_after_it_begins(end: dt.date, said: list[str]):
    house = graveyard()
    tariff: dict[str, Any] = {
        "service": "PLOT",
        "amount": 0,
        "valid_from": dt.date(2012, 1, 1),
        "valid_to": end,
    }
    assert house.said(house.make("cemetery", "new", SITE, {"tariffs": [tariff]})) == said
