"""Check, backup, restore and rebuilding; and that whatever is stopped on its way changes nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.core.errors import Cancelled, KnownError
from desktop_app.core.progress import Progress, Quiet
from desktop_app.core.query import Query
from desktop_app.core.words import Words
from desktop_app.services import demo, exports, records, start, upkeep
from desktop_app.services.context import AppContext
from desktop_app.services.lists import Source
from desktop_app.services.status import status
from desktop_app.storage.place_lock import PlaceLock
from tests.services import slips


class Counting:
    """Counts how often an operation asks whether it shall stop, then stops the next one half-way."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.asked, self.stop_at = 0, stop_at

    def at(self, done: int, total: int | None = None, doing: Words | None = None) -> None:
        self.asked += 1
        if self.stop_at is not None and self.asked > self.stop_at:
            raise Cancelled


def everything(ctx: AppContext) -> str:
    """The canonical export of all kinds with their lines and moves, removed records too, as one hash."""
    digest = hashlib.sha256()
    with ctx.store.reading() as reader:
        for kind in ctx.registry:
            for query in (Query(kind.name), Query(kind.name, removed=True)):
                parts = [
                    reader.csv_records(query),
                    *(reader.csv_lines(query, lines.name) for lines in kind.lines),
                ]
                if kind.life_cycle:
                    parts.append(reader.csv_moves(query))
                for part in parts:
                    for _, data in part:
                        digest.update(data)
    return digest.hexdigest()


def regions_of_another_city(folder: Path) -> Path:
    file = folder / "regions.csv"
    rows = [
        "code,name",
        "35,Jawa Timur",
        "35.06,Kediri",
        "35.06.01,Semen",
        *(f"35.06.01.{n},Desa {n}" for n in range(2001, 3500)),
    ]
    file.write_text("\n".join(rows), "utf-8")
    return file


def operations(tmp_path: Path) -> dict[str, Callable[[AppContext, Progress], object]]:
    def exporting(style: exports.Style) -> Callable[[AppContext, Progress], object]:
        query, out = Query("streetlight_repair"), tmp_path / "out.file"
        return lambda ctx, progress: exports.export(ctx, query, out, style, progress)

    return {
        "csv": exporting("csv"),
        "excel_csv": exporting("excel_csv"),
        "xlsx": exporting("xlsx"),
        "geojson": exporting("geojson"),
        "demo": lambda ctx, progress: demo.fill(ctx, 500, 9, progress=progress),
        "backup": lambda ctx, progress: upkeep.backup(ctx, tmp_path / "out.file", progress),
        "regions": lambda ctx, progress: start.load_regions(ctx, regions_of_another_city(tmp_path), progress),
        "rebuild": upkeep.rebuild,
        "check": lambda ctx, progress: upkeep.check(ctx, progress=progress),
    }


@pytest.mark.parametrize(
    "name", ["csv", "excel_csv", "xlsx", "geojson", "demo", "backup", "regions", "rebuild", "check"]
)
def test_whatever_is_stopped_half_way_changes_nothing(busy, busy_office, tmp_path, name):
    before = everything(busy)
    shutil.copytree(busy_office, tmp_path / "other")
    other = bootstrap.open_context(tmp_path / "other", person="Sri")
    whole = Counting()
    operations(tmp_path)[name](other, whole)
    other.close()
    assert whole.asked > (0 if name == "backup" else 1)  # SQLite copies a small file in one go
    (tmp_path / "out.file").unlink(missing_ok=True)
    for beside in tmp_path.glob("out.*.file"):
        beside.unlink()
    with pytest.raises(Cancelled):
        operations(tmp_path)[name](busy, Counting(whole.asked // 2))
    assert everything(busy) == before
    assert sorted(path.name for path in tmp_path.glob("out*")) == []


def test_a_restore_stopped_half_way_leaves_the_data_and_its_identity(busy, tmp_path):
    upkeep.backup(busy, tmp_path / "copy.db")
    records.save(busy, slips.repair(busy))
    before, place = everything(busy), busy.place
    with busy.store.reading() as reader:
        site = reader.site().site_id
    busy.close()
    with pytest.raises(Cancelled):
        upkeep.restore(place, tmp_path / "copy.db", Counting(0))
    again = bootstrap.open_context(place)
    try:
        assert everything(again) == before
        with again.store.reading() as reader:
            assert reader.site().site_id == site
    finally:
        again.close()


def test_a_backup_brings_back_what_was_there_and_keeps_what_came_later_beside_it(busy, tmp_path):
    before, place = everything(busy), busy.place
    upkeep.backup(busy, tmp_path / "copy.db")
    assert "Cadangan teruji" in status(busy).backup.id
    records.save(busy, slips.repair(busy))
    assert everything(busy) != before
    with busy.store.reading() as reader:
        site = reader.site().site_id
    busy.close()
    kept = upkeep.restore(place, tmp_path / "copy.db")
    assert kept is not None
    assert kept.is_file()
    again = bootstrap.open_context(place)
    try:
        assert everything(again) == before
        with again.store.reading() as reader:
            assert reader.site().site_id != site  # exchange.md: whoever restores a backup is a new site
    finally:
        again.close()


def test_what_is_no_backup_is_refused_and_nothing_changes(busy, tmp_path):
    before, place = everything(busy), busy.place
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"SQLite format 3\0" + bytes(5000))
    busy.close()
    for file in (bad, tmp_path / "missing.db"):
        with pytest.raises(KnownError):
            upkeep.restore(place, file)
    again = bootstrap.open_context(place)
    try:
        assert everything(again) == before
    finally:
        again.close()


def test_nothing_is_restored_under_an_open_window(busy, tmp_path):
    upkeep.backup(busy, tmp_path / "copy.db")
    with PlaceLock(busy.place), pytest.raises(KnownError, match="sudah berjalan"):
        upkeep.restore(busy.place, tmp_path / "copy.db")


def test_a_backup_needs_a_folder(busy, tmp_path):
    with pytest.raises(KnownError, match="tidak ada"):
        upkeep.backup(busy, tmp_path / "nowhere" / "copy.db")


def test_a_check_of_sound_data_says_so(busy):
    report = upkeep.check(busy)
    assert report.sound, upkeep.told(report)
    assert report.records["streetlight_repair"] == Source(busy).count(Query("streetlight_repair"))
    assert upkeep.as_json(report)["troubles"] == []
    assert upkeep.told(report)[-1].id == "Semuanya baik."


def test_rebuilt_indexes_find_the_same(busy):
    query = Query("streetlight_repair", search="jl")
    before = Source(busy).all_ids(query)
    assert len(before)
    assert upkeep.rebuild(busy, Quiet()) > 300
    assert Source(busy).all_ids(query) == before
