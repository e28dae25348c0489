"""Practice: a folder of its own, that says of itself that nothing in it is real, and never meets what is."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from desktop_app import bootstrap
from desktop_app.__main__ import main
from desktop_app.core import words
from desktop_app.core.errors import Cancelled, KnownError, PlaceTakenError
from desktop_app.core.progress import Quiet
from desktop_app.core.query import Query
from desktop_app.services import practice, receiving, sending, settings, start, starting_files, upkeep
from desktop_app.storage.place_lock import PlaceLock

FEW = 120


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office just set up ("real"), with practice in it, and headquarters' practice ("dinas")."""
    folder = tmp_path_factory.mktemp("practice")
    ctx = opened(folder / "real")
    start.begin(ctx, "18.72.01", "office", "Kec. Metro Pusat", "Sri Wahyuni", "id")
    wanted = practice.wanted_by(ctx)
    ctx.close()
    practice.make(opened, folder / "real", wanted, Quiet(), FEW)
    at_head = practice.Wanted("18.72", "headquarters", "Dinas Perkim")
    practice.make(opened, folder / "dinas", at_head, Quiet(), FEW)
    return folder


@pytest.fixture
def place(base: Path, tmp_path: Path) -> Path:
    """The office with its practice."""
    return shutil.copytree(base / "real", tmp_path / "real")


@pytest.fixture
def alone(base: Path, tmp_path: Path) -> Path:
    """The office without practice."""
    return shutil.copytree(base / "real", tmp_path / "real", ignore=shutil.ignore_patterns(practice.FOLDER))


def opened(folder: Path):
    return bootstrap.open_context(folder, person="Sri Wahyuni")


def total(ctx) -> int:
    with ctx.store.reading() as reader:
        return sum(reader.count(Query(kind.name)) for kind in ctx.registry if kind.name != "region")


def seen(folder: Path) -> dict[str, bytes]:
    return {
        str(one.relative_to(folder)): one.read_bytes()
        for one in folder.rglob("*")
        if one.is_file() and practice.FOLDER not in one.relative_to(folder).parts
    }


def test_it_lies_beside_the_real_data_is_the_same_office_and_knows_what_it_is(place):
    assert practice.is_there(place)
    ctx = opened(practice.folder_of(place))
    assert ctx.practice
    assert (ctx.settings.site_code, ctx.settings.role) == ("18.72.01", "office")
    assert ctx.settings.office_name == "Latihan – Kec. Metro Pusat"
    assert total(ctx) == FEW
    with pytest.raises(KnownError, match="practice"):
        settings.change(ctx, {"practice": "false"})
    ctx.close()
    assert practice.real_of(practice.folder_of(place)) == place
    assert practice.real_of(place) is None
    real = opened(place)
    assert (real.practice, total(real)) == (False, 0)
    real.close()
    with pytest.raises(KnownError, match="sudah ada"):
        practice.make(opened, place, practice.Wanted("18.72.01"), Quiet(), FEW)


def test_it_is_known_at_a_glance_and_what_is_real_never_becomes_practice(place):
    ctx, lock = bootstrap.open_for_window(practice.folder_of(place))
    assert ctx.practice
    lock.release()
    real, lock = bootstrap.open_for_window(place)
    assert not real.practice
    lock.release()
    again = opened(place)
    with pytest.raises(KnownError, match="Latihan perlu folder sendiri"):
        start.init(again, "18.72.01", practice=True)
    assert not again.practice
    again.close()


@pytest.mark.parametrize(
    ("role", "code", "at"),
    [
        ("office", "18.72.01.1003", "18.72.01.1003"),
        ("office", "35.06.01", "18.72.04"),
        ("headquarters", "35.06", "18.72"),
        ("office", "", "18.72.04"),
        ("headquarters", "18.72", "18.72"),
    ],
)
def test_who_is_elsewhere_practises_in_the_city_that_has_samples(role, code, at):
    assert practice.site_of(practice.Wanted(code, role)) == at


class Impatient(Quiet):
    """Stops it halfway."""

    def at(self, done, total=None, doing=None):
        if done > FEW // 2:
            raise Cancelled


def test_stopped_halfway_there_is_nothing_and_the_language_is_as_before(alone):
    place, before = alone, seen(alone)
    words.use("en")
    with pytest.raises(Cancelled):
        practice.make(opened, place, practice.Wanted("18.72.01"), Impatient(), FEW)
    assert words.language() == "en"
    words.use("id")
    assert seen(place) == before
    assert not practice.folder_of(place).exists()


def test_clearing_takes_the_practice_and_nothing_else(place):
    before = seen(place)
    (place / "latihan-baru-0123").mkdir()  # an interrupted making
    practice.clear(place)
    assert not practice.folder_of(place).exists()
    assert seen(place) == before
    practice.clear(place)  # there is nothing to clear: nothing happens
    assert seen(place) == before


def test_it_is_not_cleared_while_somebody_is_in_it(place):
    with PlaceLock(practice.folder_of(place)), pytest.raises(PlaceTakenError):
        practice.clear(place)
    assert practice.is_there(place)


def test_real_records_in_a_folder_of_that_name_are_not_cleared(alone, tmp_path):
    alone.rename(tmp_path / practice.FOLDER)
    with pytest.raises(KnownError, match="data sungguhan"):
        practice.clear(tmp_path)
    assert (tmp_path / practice.FOLDER / "pelita.db").exists()


def test_a_package_of_practice_says_so_and_no_real_place_takes_it(place, tmp_path):
    ctx = opened(practice.folder_of(place))
    sent = sending.send(ctx, tmp_path)
    ctx.close()
    (file,) = sent.files
    assert file.name.startswith("LATIHAN_18.72.01_1_")
    with zipfile.ZipFile(file) as inside:
        assert json.loads(inside.read("datapackage.json"))["pelita"]["purpose"] == "practice"
    head = opened(tmp_path / "head")
    start.init(head, "18.72", "headquarters", "Dinas Perkim")
    before = total(head)
    (told,) = receiving.receive(head, [file])
    assert told.state == "refused"
    assert told.problem is not None
    assert "paket latihan" in told.problem.id
    assert "practice package" in told.problem.en
    assert (total(head), receiving.inbox(head)) == (before, [])
    head.close()


def test_headquarters_in_practice_takes_what_is_for_practice_and_nothing_real(base, place, tmp_path):
    head = opened(shutil.copytree(base / "dinas" / practice.FOLDER, tmp_path / "dinas"))
    office = opened(practice.folder_of(place))
    real = opened(place)
    for_practice = sending.send(office, tmp_path).files[0]
    in_earnest = sending.send(real, tmp_path).files[0]
    taken, refused = receiving.receive(head, [for_practice, in_earnest])
    assert (taken.state, taken.new > 0) == ("merged", True)
    assert refused.state == "refused"
    assert refused.problem is not None
    assert "sungguhan" in refused.problem.id
    with pytest.raises(KnownError, match="latihan"):
        starting_files.make(head, "18.72.01", tmp_path)
    for ctx in (head, office, real):
        ctx.close()


def test_a_folder_for_practice_is_made_from_the_command_line_and_filled_there(tmp_path, capsys):
    words_of_folder = ["--data-dir", str(tmp_path / "kelas")]
    site = ["--site", "18.72.02", "--role", "office"]
    assert main([*words_of_folder, "init", *site, "--practice"]) == 0
    assert main([*words_of_folder, "demo", "--records", "30"]) == 0
    assert main([*words_of_folder, "send", "--out", str(tmp_path)]) == 0
    assert [file.name[:16] for file in tmp_path.glob("*.zip")] == ["LATIHAN_18.72.02"]
    assert "30 data" in capsys.readouterr().err


def test_a_backup_of_practice_never_takes_the_place_of_the_real_data(place, tmp_path):
    real, played = place / "pelita.db", practice.folder_of(place) / "pelita.db"
    before = real.read_bytes()
    with pytest.raises(KnownError, match="latihan"):
        upkeep.restore(place, played)
    with pytest.raises(KnownError, match="latihan"):
        upkeep.restore(practice.folder_of(place), real)
    assert real.read_bytes() == before
    assert (
        upkeep.restore(practice.folder_of(place), Path(shutil.copy(played, tmp_path / "cadangan.db")))
        is not None
    )
