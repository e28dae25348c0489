"""A keystroke in the search box against `LIKE '%x%'` on the same columns of the same file.

Every prefix of every question is one keystroke. Each side gives the first rows of the list, newest first.
"""
# ruff: noqa: PLC0415  (the measuring process does not import the program)

from __future__ import annotations

from functools import partial

from benchmarks import common
from benchmarks.common import KIND, Taken, middle, ms, tell

QUESTIONS = ("mawar", "jl ki hajar", "pju-0042", "sri wahyuni", "0812345", "masjid", "iring mulyo", "zzqx")
LIMIT = 50


def keystrokes() -> list[str]:
    """What stands in the search box after each key."""
    return [question[: end + 1] for question in QUESTIONS for end in range(len(question))]


def ours(rows: int, _times: int) -> None:
    from benchmarks.inside import each
    from desktop_app import bootstrap
    from desktop_app.core.query import Query
    from desktop_app.services.lists import Source

    ctx = bootstrap.open_context(common.folder(rows), person="benchmark")
    source = Source(ctx)
    source.first_page(Query(KIND, search="warm"), LIMIT)
    typed = keystrokes()
    pages = each([partial(source.first_page, Query(KIND, search=text), LIMIT) for text in typed])
    ids = each([partial(source.all_ids, Query(KIND, search=text)) for text in typed])
    ctx.close()
    common.answer(pages=pages.told(), ids=ids.told(), typed=typed)


def like(rows: int, _times: int) -> None:
    from sqlcipher3 import dbapi2

    from benchmarks.inside import each
    from desktop_app.core import fields
    from desktop_app.records.registry import REGISTRY

    kind = REGISTRY[KIND]
    columns = ["record_no", *(one.name for one in kind.table_fields if one.is_searched)]
    columns = [name for name in columns if not isinstance(kind.by_name.get(name), fields.Computed)]
    raw = dbapi2.connect(str(common.folder(rows) / "pelita.db"))
    some = " OR ".join(f'"{name}" LIKE ?1' for name in columns)
    sql = (
        f'SELECT * FROM "{KIND}" WHERE removed_at IS NULL AND ({some}) '
        f"ORDER BY received_at DESC NULLS LAST, pk DESC LIMIT {LIMIT}"
    )
    found = each([partial(_all, raw, sql, f"%{text.strip()}%") for text in keystrokes()])
    common.answer(pages=found.told(), columns=columns)


def _all(raw: object, sql: str, what: str) -> None:
    raw.execute(sql, (what,)).fetchall()  # type: ignore[attr-defined]


def main() -> None:
    given = common.arguments(__doc__, 1_000_000)
    if given.side:
        globals()[given.side](given.rows, given.times)
        return
    common.folder(given.rows)
    a, b = common.side("search", "ours", given.rows), common.side("search", "like", given.rows)
    one, two = Taken.of(a.answer["pages"]), Taken.of(b.answer["pages"])
    n = len(one.wall)
    common.head()
    cpu = f"CPU {one.cpu:.1f} / {two.cpu:.1f} s; peak {a.peak:.0f} / {b.peak:.0f} MB"
    tell("a keystroke, p99", one.p99 / two.p99, "0.033", ms(one.p99), f"{ms(two.p99)} LIKE", n, cpu)
    tell("a keystroke, p50", one.median / two.median, "", ms(one.median), f"{ms(two.median)} LIKE", n)
    ids = Taken.of(a.answer["ids"])
    tell("all ids of it (in a worker)", None, "", f"p50 {ms(ids.median)}, p99 {ms(ids.p99)}", "", n)
    slowest = sorted(zip(one.wall, a.answer["typed"], strict=True), reverse=True)[:12]
    print("slowest:", ", ".join(f"{text!r} {ms(wall)}" for wall, text in slowest))
    print(f"median of LIKE {ms(middle(two.wall))} over {len(b.answer['columns'])} columns")


if __name__ == "__main__":
    main()
