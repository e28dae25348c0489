"""Histories that Hypothesis makes up, on the program's own code, files and databases: five offices' computers and headquarters.

People edit the same records on both sides, clocks jump, files are lost, doubled, reordered and split, computers are put back from
backups, copied and stolen. In the end everybody exchanges until nothing is left to say; then all copies must agree, nothing that was
acknowledged may be lost, and no writing may have been overwritten in silence. What happened is counted: a run in which something never
happened proves nothing about it.
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from desktop_app.core import stamps, travel
from desktop_app.exchange import own
from desktop_app.services.receiving import Received
from desktop_app.storage import exchanging
from desktop_app.storage.exchanging import Peer
from tests.engines import Server
from tests.exchange.judging import Writings
from tests.exchange.kinds import REGISTRY
from tests.exchange.world import HEAD, Site, World, copy_of, fold

ANY = st.integers(0, 10**6)
FIELDS = st.sampled_from(["a", "a", "b", "n", "removed"])
MOST_COMPUTERS = 5
WANTED = (
    *(
        "edit",
        "removal",
        "edit on both sides",
        "line",
        "move",
        "moved",
        "merged",
        "acknowledged",
        "conflict",
        "refused row",
    ),
    *("split", "lost on the way", "again", "clock", "2099", "restore known", "restore silent", "copy known"),
    *(
        "copy silent",
        "stolen",
        "head restored",
        "merged",
        "same",
        "ignored",
        "refused",
        "quarantine",
        "reid",
        "dead",
    ),
    *("writings judged", "healed"),
)
"""What a run of some length must have met."""


@dataclass
class Told:
    """What happened in all the histories of a run."""

    counted: Counter[str] = field(default_factory=Counter)


TOLD = Told()


def note(what: str) -> None:
    TOLD.counted[what] += 1


class Histories(RuleBasedStateMachine):
    """One history. `server`: where headquarters' database is, if not in its folder."""

    server: Server | None = None

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="pelita-history-"))
        self.world = World.settled(self.root / "world", self.server)
        self.writings = Writings()
        for site in (self.world.head, *self.world.offices):
            for uid in self.jobs(site):  # who writes into them later knows what they were made with
                self.writings.note_new(site, uid)
        self.post: list[tuple[Path, Site | None]] = []
        self.late: list[Path] = []
        self.backups: dict[Site, Path] = {}
        self.head_backup: Path | None = None
        self.sure: dict[tuple[str, str], stamps.Copy] = {}
        self.value = 0

    # ---- who and what

    def office(self, number: int) -> Site:
        return self.world.offices[number % len(self.world.offices)]

    def site(self, number: int) -> Site:
        both = [self.world.head, *self.world.offices]
        return both[number % len(both)]

    def is_known(self, office: Site) -> bool:
        """Whether headquarters has telephoned with that computer, and remembers it."""
        known = self.world.head.peers().get(office.id)
        return known is not None and known.is_trusted

    def jobs(self, site: Site, *, of: str = "") -> list[str]:
        codes = {of} if of else {site.code, HEAD} if site.is_head else {site.code}
        rows = site.rows()
        return [
            uid
            for (part, uid), cells in rows.items()
            if part == "job" and (cells["site_code"] in codes or (site.is_head and not of))
        ]

    def write(self, site: Site, uid: str, name: str, *, empty: bool = False) -> None:
        self.value += 1
        value: object = None if empty else self.value if name == "n" else f"v{self.value}"
        site.edit(uid, name, value)
        self.writings.note(site, uid, name)
        note("removal" if name == "removed" else "edit")

    # ---- people

    @rule(i=ANY, minutes=st.integers(0, 3))
    def create(self, i: int, minutes: int) -> None:
        self.world.pass_time(minutes)
        site = self.site(i)
        self.writings.note_new(site, site.create(f"new{i % 7}"))

    @rule(i=ANY, j=ANY, name=FIELDS, empty=st.booleans(), minutes=st.integers(0, 3))
    def edit(self, i: int, j: int, name: str, empty: bool, minutes: int) -> None:
        self.world.pass_time(minutes)
        site = self.site(i)
        uids = self.jobs(site)
        if uids:
            self.write(site, uids[j % len(uids)], name, empty=empty)

    @rule(i=ANY, j=ANY, name=FIELDS, other=FIELDS, first=st.booleans())
    def edit_on_both_sides(self, i: int, j: int, name: str, other: str, first: bool) -> None:
        office = self.office(i)
        at_head = set(self.jobs(self.world.head, of=office.code))
        uids = [uid for uid in self.jobs(office) if uid in at_head]
        if not uids:
            return
        uid = uids[j % len(uids)]
        self.world.pass_time(1)
        for site, what in ((office, name), (self.world.head, other))[:: 1 if first else -1]:
            self.write(site, uid, what)
        note("edit on both sides")

    @rule(i=ANY, j=ANY)
    def line(self, i: int, j: int) -> None:
        site = self.office(i)
        uids = self.jobs(site)
        if uids:
            site.add_line(uids[j % len(uids)], f"part{j % 5}", j % 9)
            note("line")

    @rule(i=ANY, j=ANY)
    def move(self, i: int, j: int) -> None:
        site = self.site(i)
        uids = [uid for uid in self.jobs(site) if site.record(uid).status == "REPORTED"]
        if uids:
            site.finish(uids[j % len(uids)])
            note("move")

    @rule(i=ANY, j=ANY, rest=st.booleans())
    def make_another_responsible(self, i: int, j: int, rest: bool) -> None:
        """Headquarters moves a job to another office, or takes it over; the office before may be writing it at that moment."""
        head = self.world.head
        uids, codes = self.jobs(head), [HEAD, *dict.fromkeys(one.code for one in self.world.offices)]
        if not uids:
            return
        uid = uids[j % len(uids)]
        writers = [one for one in self.world.offices if uid in self.jobs(one)]
        self.world.pass_time(1)
        for office in writers[:1]:
            self.write(office, uid, "b")
        with head.writing() as writer:
            writer.give("job", [uid], codes[i % len(codes)])
        for office in writers[:1] if rest else ():
            if uid in self.jobs(office):
                office.add_line(uid, f"part{j % 5}", 1)
        note("moved")

    # ---- clocks

    @rule(i=ANY, minutes=st.integers(-700, 700))
    def clock(self, i: int, minutes: int) -> None:
        self.site(i).skew = dt.timedelta(minutes=minutes)
        note("clock")

    @rule(i=ANY, k=st.integers(0, 3))
    def clock_of_2099(self, i: int, k: int) -> None:
        if k == 0:
            self.office(i).skew = dt.timedelta(days=365 * 73)
            note("2099")

    # ---- the post

    @rule(i=ANY, split=st.booleans())
    def send_up(self, i: int, split: bool) -> None:
        sent = self.world.send(self.office(i), split=split)
        self.post += [(file, None) for file in sent.files]
        if len(sent.files) > 1:
            note("split")

    @rule(i=ANY, split=st.booleans())
    def send_down(self, i: int, split: bool) -> None:
        office = self.office(i)
        if self.is_known(office):
            sent = self.world.send(self.world.head, office, split=split)
            self.post += [(file, office) for file in sent.files]

    @rule(i=ANY)
    def round_trip(self, i: int) -> None:
        office = self.office(i)
        self.take(self.world.head, self.world.send(office).files)
        if self.is_known(office):
            self.take(office, self.world.send(self.world.head, office).files)

    @rule(i=ANY)
    def twice(self, i: int) -> None:
        """The stick is read, and read again."""
        files = self.world.send(self.office(i)).files
        self.take(self.world.head, [*files, *files])
        note("again")

    @rule(i=ANY, split=st.booleans())
    def lost(self, i: int, split: bool) -> None:
        """A package never arrives, or all but its first file."""
        files = self.world.send(self.office(i), split=split).files
        if len(files) > 1:
            self.take(self.world.head, files[:1])
        note("lost on the way")

    @rule(i=ANY, j=ANY)
    def to_the_wrong_office(self, i: int, j: int) -> None:
        """An answer is read at another office."""
        office = self.office(i)
        others = [one for one in self.world.offices if one.code != office.code]
        if others and self.is_known(office):
            rows = others[j % len(others)].rows()
            self.take(others[j % len(others)], self.world.send(self.world.head, office).files)
            assert others[j % len(others)].rows() == rows

    @rule(i=ANY, j=ANY)
    def old_copy_put_back(self, i: int, j: int) -> None:
        """Somebody copies yesterday's folder back by hand, types on, and reads the answer to what was sent in between."""
        office = self.office(i)
        backup = self.world.snapshot(office)
        for _ in range(2):
            uids = self.jobs(office)
            if uids:
                self.write(office, uids[j % len(uids)], "b")
            self.take(self.world.head, self.world.send(office).files)
            self._be_sure(office)
        answer = self.world.send(self.world.head, office).files if self.is_known(office) else ()
        self.writings.fork(office)
        self.world.restore(office, backup, silent=True)
        note("restore silent")
        self.take(office, answer)

    @precondition(lambda self: self._beside())
    @rule(i=ANY)
    def read_beside(self, i: int) -> None:
        """An answer is read at the other computer of the office."""
        pairs = self._beside()
        office, other = pairs[i % len(pairs)]
        if self.is_known(office):
            self.take(other, self.world.send(self.world.head, office).files)

    def _beside(self) -> list[tuple[Site, Site]]:
        here = self.world.offices
        return [(one, other) for one in here for other in here if one is not other and one.code == other.code]

    @rule(i=ANY, j=ANY)
    def from_the_future(self, i: int, j: int) -> None:
        """Something is written and sent while the clock is in 2099."""
        office = self.office(i)
        office.skew = dt.timedelta(days=365 * 73)
        uids = self.jobs(office)
        if uids:
            self.write(office, uids[j % len(uids)], "b")
        self.take(self.world.head, self.world.send(office).files)
        note("2099")

    @precondition(lambda self: self.post)
    @rule(i=ANY, j=ANY, how=st.sampled_from(["once", "once", "once", "again", "lose", "another", "beside"]))
    def deliver(self, i: int, j: int, how: str) -> None:
        file, office = self.post[i % len(self.post)]
        if how != "again":
            self.post.remove((file, office))
        note({"again": "again", "lose": "lost on the way"}.get(how, "delivered"))
        if how == "lose":
            return
        if office is not None and how == "another":
            office = self.office(j)
        elif office is not None and how == "beside":
            beside = [one for one in self.world.offices if one.code == office.code]
            office = beside[j % len(beside)] if beside else office
        elif office is not None and office not in self.world.offices:
            return
        self.take(office or self.world.head, [file])

    @rule(i=ANY)
    def keep_for_later(self, i: int) -> None:
        self.late = [file for file, office in self.post if office is None][: i % 4]

    def take(self, site: Site, files: Iterable[Path]) -> None:
        before = site.id
        for one in self.world.receive(site, *files):
            self._note(one)
        if site.id != before:
            note("reid")

    def _note(self, one: Received) -> None:
        note({"waiting": "quarantine"}.get(one.state, one.state))
        for what, number in (("conflict", one.conflicts), ("refused row", one.refused_rows)):
            TOLD.counted[what] += number
        if one.acknowledged:
            note("acknowledged")
        assert one.state != "refused" or one.problem is not None

    # ---- accidents

    @rule(i=ANY)
    def backup(self, i: int) -> None:
        office = self.office(i)
        self.backups[office] = self.world.snapshot(office)

    @rule()
    def backup_headquarters(self) -> None:
        self.head_backup = self.world.snapshot(self.world.head)

    @precondition(lambda self: self.backups)
    @rule(i=ANY, silent=st.booleans())
    def restore(self, i: int, silent: bool) -> None:
        office = list(self.backups)[i % len(self.backups)]
        if office in self.world.offices:
            self._be_sure(office)
            if silent:
                self.writings.fork(office)
            self.world.restore(office, self.backups[office], silent=silent)
            note("restore silent" if silent else "restore known")

    @precondition(lambda self: self.head_backup)
    @rule(silent=st.booleans())
    def restore_headquarters(self, silent: bool) -> None:
        assert self.head_backup is not None
        if silent or self.server:
            self.writings.fork(self.world.head)
        self.world.restore(self.world.head, self.head_backup, silent=silent)
        self.sure = {}  # what only the lost headquarters had is lost with it
        note("head restored")

    @precondition(lambda self: len(self.world.offices) < MOST_COMPUTERS)
    @rule(i=ANY, j=ANY, silent=st.booleans())
    def copy(self, i: int, j: int, silent: bool) -> None:
        office = self.office(i)
        if silent:
            self.writings.fork(office)
        other = self.world.copy(office, silent=silent)
        other.skew = office.skew
        note("copy silent" if silent else "copy known")
        uids = self.jobs(office)
        if silent and uids:  # one id, one stamp, two values
            uid = uids[j % len(uids)]
            self.write(office, uid, "a")
            self.write(other, uid, "a")

    @rule(i=ANY)
    def steal(self, i: int) -> None:
        office = self.office(i)
        self._be_sure(office)
        self.backups.pop(office, None)
        self.world.lose(office)
        note("stolen")

    @rule(i=ANY, j=ANY)
    def write_what_is_not_ours(self, i: int, j: int) -> None:
        """An office with a row of another one's, changed."""
        office = self.office(i)
        foreign = [
            uid
            for (part, uid), row in self.world.head.rows().items()
            if part == "job" and row["site_code"] != office.code
        ]
        uids = [uid for uid in foreign if not office.has(uid)]
        if not uids:
            return
        theirs = self.world.head.record(uids[j % len(uids)])
        with office.writing() as writer:
            writer.add(theirs)
            writer.change("job", theirs.uid, {"a": "rogue"})
        self.rogue = theirs.uid
        before = {key: row for key, row in self.world.head.rows().items() if key[1] == theirs.uid}
        self.take(self.world.head, self.world.send(office).files)
        after = {key: row for key, row in self.world.head.rows().items() if key[1] == theirs.uid}
        assert before == after, "an office changed a row that is not its own"
        with office.writing() as writer:  # it never was there
            for name in ("job", "job_move", "job_parts"):
                key = "uid" if name == "job" else "parent_uid"
                writer.connection.exec_driver_sql(f"DELETE FROM {name} WHERE {key} = '{theirs.uid}'")

    def _be_sure(self, office: Site) -> None:
        """What headquarters acknowledged of this computer must be there in the end, though the computer forgets it."""
        head = office.head()
        if head is None:
            return
        with self.world.head.ctx.store.reading() as reader:
            if not head.mark_pid or not exchanging.is_acknowledged(reader, office.id, head.mark_pid):
                return  # the headquarters that read it lost its disk since
        known: dict[tuple[str, str], None] = {}
        with office.ctx.store.reading() as reader:
            for part in travel.parts(REGISTRY):
                sql = f'SELECT uid FROM "{part.table}" WHERE change_no <= {head.mark}'
                known |= {(part.name, uid): None for (uid,) in reader.connection.exec_driver_sql(sql).all()}
        rows = {
            key: row
            for key, row in office.rows((office.code,)).items()
            if key in known and key[0] != "conflict"
        }
        self.sure = fold_into(self.sure, rows)

    # ---- the end

    def _confirm(self, office: Site) -> None:
        """Headquarters that was put back forgot whom it had telephoned: it does so again."""
        known = self.world.head.peers().get(office.id)
        if known is None or not known.is_trusted:
            card = own.keys(office.ctx.store).card
            asked = known or Peer(office.id, office.code, "office", sign_key=card.sign, age_key=card.age)
            with self.world.head.writing() as writer:
                exchanging.put_peer(writer, asked._replace(trusted_at="2026-03-01T00:00:00Z"))

    def teardown(self) -> None:
        try:
            for office in self.world.offices:
                self._confirm(office)
            dead_before = {one.site_id for one in self.world.head.peers().values() if one.is_dead}
            self.world.heal(self.late)
            TOLD.counted["dead"] += len(dead_before)
            self.world.check()
            self.writings.judge(self.world.head, TOLD.counted)
            at_head = self.world.head.rows()
            for key, copy in self.sure.items():
                assert key in at_head, f"acknowledged, and lost: {key}"
                part = travel.part_named(REGISTRY, key[0])
                assert part is not None
                stored = copy_of(part, at_head[key])
                assert stamps.merge(stored, copy) == stored, f"acknowledged, and forgotten: {key}"
            note("healed")
        finally:
            self.world.forget()
            shutil.rmtree(self.root, ignore_errors=True)


def fold_into(
    known: dict[tuple[str, str], stamps.Copy], rows: dict[tuple[str, str], dict[str, str]]
) -> dict[tuple[str, str], stamps.Copy]:
    for key, copy in fold([rows]).items():
        known[key] = stamps.merge(known[key], copy) if key in known else copy
    return known


def run(
    count: int, *, steps: int = 25, shrink: bool = True, seeded: bool = True, server: Server | None = None
) -> Counter[str]:
    """So many histories (with headquarters on `server`); what happened in them. Raises what the first broken rule raises."""
    TOLD.counted.clear()
    machine = type("Histories", (Histories,), {"server": server})
    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=count,
            stateful_step_count=steps,
            deadline=None,
            database=None,
            derandomize=seeded,
            phases=phases,
            suppress_health_check=list(HealthCheck),
            print_blob=False,
            report_multiple_bugs=False,
        ),
    )
    return TOLD.counted
