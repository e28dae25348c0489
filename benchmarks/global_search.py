"""A keystroke in the box that looks everywhere against `LIKE '%x%'` over the same kinds, and facet counts against `GROUP BY`.

Every prefix of every question is one keystroke. Each side gives a few records of every kind, the newest first. Facets: each filter of
the list of repairs, all of it and searched; both sides count on the same file and the same indexes.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

from functools import partial

from benchmarks import common
from benchmarks.common import KIND, Taken, ms, tell

QUESTIONS = ("mawar", "pju-0042", "sri wahyuni", "jl ki hajar", "zzqx")
LIMIT = 5
WORD = "masjid"


def keystrokes() -> list[str]:
    """What stands in the box after each key."""
    return [question[: end + 1] for question in QUESTIONS for end in range(len(question))]


def ours(rows: int, _times: int) -> None:
    from benchmarks.inside import each
    from desktop_app import bootstrap
    from desktop_app.core.query import Query
    from desktop_app.services import finding
    from desktop_app.services.lists import Source

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    source, filters = Source(ctx), ctx.kind(KIND).filters
    finding.everywhere(ctx, "warm")
    found = each([partial(finding.everywhere, ctx, text) for text in keystrokes()])
    facets = each([partial(source.menu, Query(KIND), field) for field in filters])
    searched = each([partial(source.menu, Query(KIND, search=WORD), field) for field in filters])
    ctx.close()
    common.answer(
        found=found.told(),
        facets=facets.told(),
        searched=searched.told(),
        typed=keystrokes(),
        filters=filters,
    )


def plain(rows: int, _times: int) -> None:
    from sqlcipher3 import dbapi2

    from benchmarks.inside import each
    from desktop_app.core.settings import Settings
    from desktop_app.records.registry import REGISTRY
    from desktop_app.services import finding

    raw = dbapi2.connect(str(common.folder(rows) / "pelita.db"))
    asked = []
    for kind in finding.kinds(REGISTRY, Settings().sections):
        some = " OR ".join(f'"{name}" LIKE ?1' for name in _columns(kind))
        sql = f'SELECT * FROM "{kind.name}" WHERE removed_at IS NULL AND ({some}) ORDER BY pk DESC LIMIT {LIMIT}'
        asked.append(sql)
    found = each([partial(_all, raw, asked, f"%{text.strip()}%") for text in keystrokes()])
    kind = REGISTRY[KIND]
    some = " OR ".join(f'"{name}" LIKE ?1' for name in _columns(kind))
    begin = f'FROM "{KIND}" WHERE removed_at IS NULL'
    facets = [f'SELECT "{field}", count(*) {begin} AND ?1 <> "" GROUP BY 1' for field in kind.filters]
    searched = [f'SELECT "{field}", count(*) {begin} AND ({some}) GROUP BY 1' for field in kind.filters]
    whole = each([partial(_all, raw, [sql], "-") for sql in facets])
    narrowed = each([partial(_all, raw, [sql], f"%{WORD}%") for sql in searched])
    common.answer(found=found.told(), facets=whole.told(), searched=narrowed.told())


def _columns(kind: object) -> list[str]:
    from desktop_app.core import fields

    searched = [one for one in kind.table_fields if one.is_searched]  # type: ignore[attr-defined]
    return ["record_no", *(one.name for one in searched if not isinstance(one, fields.Computed))]


def _all(raw: object, asked: list[str], what: str) -> None:
    for sql in asked:
        raw.execute(sql, (what,)).fetchall()  # type: ignore[attr-defined]


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.times)
        return
    common.folder(given.rows)
    a, b = (common.side("global_search", name, given.rows) for name in ("ours", "plain"))
    common.head()
    for what, key, theirs in (
        ("a keystroke over all kinds", "found", "LIKE"),
        ("a filter's counts, whole list", "facets", "GROUP BY"),
        ("a filter's counts, searched", "searched", "LIKE, GROUP BY"),
    ):
        one, two = Taken.of(a.answer[key]), Taken.of(b.answer[key])
        n = len(one.wall)
        cpu = f"CPU {one.cpu:.2f} / {two.cpu:.2f} s"
        tell(f"{what}, p99", one.p99 / two.p99, "", ms(one.p99), f"{ms(two.p99)} {theirs}", n, cpu)
        tell(f"{what}, p50", one.median / two.median, "", ms(one.median), f"{ms(two.median)} {theirs}", n)
    slowest = sorted(zip(a.answer["found"]["wall"], a.answer["typed"], strict=True), reverse=True)[:6]
    print("slowest:", ", ".join(f"{text!r} {ms(wall)}" for wall, text in slowest))


if __name__ == "__main__":
    main()
