"""Every rule that looks at other records, broken in the real form by real keys: the words that stand at the field."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet
from pytestqt.qtbot import QtBot

from desktop_app.core.query import Query
from desktop_app.core.record import View
from desktop_app.core.spec import Rule
from desktop_app.services import drafts
from tests.journeys import city, rule_books
from tests.journeys.clerk import CTRL, KEY, Clerk


@dataclass(frozen=True)
class Case:
    """What is typed into a form (a new one, or the record called `open`), where a message stands then, and its words."""

    kind: str
    typed: dict[str, str]
    at: str
    severity: str
    words: str
    open: str = ""
    lines: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    then: dict[str, str] = field(default_factory=dict)
    """What is typed afterwards, going round once more."""
    waits: bool = True
    """For the lists to drop down: what stands first in them is taken."""


PURWOSARI = {"cemetery": "TPU Purwosari"}
STACKED = {**PURWOSARI, "burial_kind": "tumpang"}
TIMUR = "yosodadi timur"
DECREE = "413.21/38.1/2016"

CASES = {
    # --- streetlights
    "open report on the same lamp": Case("streetlight_repair", {"lamp": "PJU-42"}, "lamp", "warning", "Lampu ini sudah punya laporan terbuka 05/11/2026."),
    "a report as its own duplicate": Case("streetlight_repair", {"duplicate_of": "@duplicate"}, "duplicate_of", "error", "Laporan tidak bisa menjadi duplikat dari dirinya sendiri.", open="duplicate"),
    "a district where a village belongs": Case("streetlight_repair", {"village_code": "18.72.04"}, "village_code", "error", "Metro Timur bukan kelurahan atau desa.", waits=False),
    "a village of another city": Case("streetlight_repair", {"village_code": "titik"}, "village_code", "warning", "Kelurahan Titik di luar kota ini."),
    "lamp code taken": Case("light_point", {"lamp_code": "PJU-0042"}, "lamp_code", "error", "Kode lampu PJU-0042 sudah dipakai: PJU-0042."),
    "pole number taken": Case("light_point", {"lamp_code": "PJU-9001", "latitude": "-5,1203 105,3157", "coord_source": "gps", "pole_code": "T-042"}, "pole_code", "warning", "Nomor tiang T-042 sudah dipakai lampu PJU-0042."),
    "a panel in another city": Case("light_point", {"lamp_code": "PJU-9001", "panel": "panel kediri", "village_code": "yosodadi"}, "panel", "warning", "Panel PNL-KDR-1, Panel Kediri berada di kota lain."),
    "panel code taken": Case("power_panel", {"panel_code": "PNL-1872-0004"}, "panel_code", "error", "Kode panel PNL-1872-0004 sudah dipakai: PNL-1872-0004, Panel Mawar."),
    "double IDPEL": Case("power_panel", {"supply_type": "meterisasi", "idpel": "1715 0001 2345"}, "idpel", "warning", "ID Pelanggan PLN 171500012345 sudah dipakai: PNL-1872-0004, Panel Mawar."),
    # --- parks
    "park code taken": Case("park", {"park_code": "TMN-01"}, "park_code", "error", "Kode taman TMN-01 sudah dipakai: Taman Merdeka."),
    "work logged already": Case("park_work", {"park": "taman merdeka", "activity": "penyapuan", "work_date": "kemarin", "crew": "taman timur"}, "work_date", "warning", "Pekerjaan ini sudah dicatat untuk taman, tanggal dan regu yang sama (@sweeping)."),
    "work in a closed park": Case("park_work", {"park": "taman lama"}, "park", "warning", "Taman Taman Lama sudah ditutup."),
    # --- cemeteries
    "cemetery code taken": Case("cemetery", {"cemetery_code": "TPU01"}, "cemetery_code", "error", "Kode TPU TPU01 sudah dipakai: TPU Purwosari."),
    "plot code taken": Case("grave_plot", {"plot_code": "TPU01-A-03-011"}, "plot_code", "error", "Kode petak TPU01-A-03-011 sudah dipakai: TPU01-A-03-011."),
    "a block that is not for this cemetery": Case("grave_plot", {"cemetery": "tpu muslim", "block_religion": "hindu"}, "block_religion", "warning", "Agama blok Hindu tidak sesuai peruntukan TPU TPU Muslim."),
    "fewer levels than bodies": Case("grave_plot", {"max_stack": "1"}, "max_stack", "warning", "Kapasitas 1, tetapi sudah ada 2 jenazah.", open="Z-TWO"),
    "more levels than the site allows": Case("grave_plot", {"cemetery": "tpu muslim", "max_stack": "3"}, "max_stack", "warning", "Kapasitas 3 melebihi kebijakan TPU."),
    "a free plot in which somebody lies": Case("grave_plot", {"max_stack": "3"}, "max_stack", "warning", "Petak berstatus kosong, tetapi ada 1 jenazah: tekan Terisi.", open="Z-2025"),
    "a plot of another cemetery": Case("burial", {**PURWOSARI, "plot": "A-03-011"}, "plot", "error", "Petak TPU01-A-03-011 tidak terletak di TPU TPU Yosodadi.", then={"cemetery": "tpu yosodadi"}),
    "a blocked plot": Case("burial", {**PURWOSARI, "plot": "Z-BLOCKED"}, "plot", "warning", "Petak Z-BLOCKED sedang tidak dapat dipakai."),
    "a plot declared full": Case("burial", {**PURWOSARI, "plot": "Z-FULL"}, "plot", "warning", "Petak Z-FULL sudah dinyatakan penuh."),
    "a cemetery declared full": Case("burial", {"cemetery": "tpu penuh"}, "cemetery", "warning", "TPU TPU Penuh tidak aktif atau penuh."),
    "level taken": Case("burial", {**STACKED, "plot": "03-019", "stack_level": "1"}, "stack_level", "error", "Susun ke-1 di petak TPU01-A-03-019 sudah ditempati Sukirman."),
    "level above the plot's": Case("burial", {**STACKED, "plot": "03-019", "stack_level": "4"}, "stack_level", "error", "Susun ke-4 melebihi kapasitas petak TPU01-A-03-019: paling banyak 3."),
    "new on an occupied plot": Case("burial", {**PURWOSARI, "plot": "03-019", "burial_date": "5/11"}, "burial_kind", "error", "Di petak TPU01-A-03-019 sudah dimakamkan Sukirman: pilih Tumpang."),
    "stacked where nobody lies": Case("burial", {**STACKED, "plot": "03-011"}, "burial_kind", "warning", "Tumpang, tetapi belum ada jenazah tercatat di petak TPU01-A-03-011."),
    "stacked too early": Case("burial", {**STACKED, "plot": "Z-2025", "stack_level": "2", "burial_date": "5/11"}, "burial_date", "error", "Pemakaman terakhir 14/02/2025: tumpang baru boleh 14/02/2028 (3 tahun), kecuali diputuskan kepala."),
    "no consent of the heir when stacking": Case("burial", {**STACKED, "plot": "03-019", "stack_level": "2", "burial_date": "5/11", "consent_letter_no": ""}, "consent_letter_no", "error", "Nomor surat persetujuan belum diisi."),
    "another religion than the block's": Case("burial", {**PURWOSARI, "plot": "K-01-002", "deceased_religion": "islam"}, "deceased_religion", "warning", "Agama Islam, sedangkan blok petak TPU01-K-01-002 untuk Kristen Protestan."),
    "the NIK of another": Case("burial", {"deceased_nik": "1872011203450001"}, "deceased_nik", "warning", "NIK ini sudah tercatat pada pemakaman Sukirman."),
    "a burial in another plot": Case("plot_permit", {**PURWOSARI, "plot": "03-019", "burial": "sukirman"}, "burial", "error", "Pemakaman Sukirman tidak di petak TPU01-A-03-011.", then={"plot": "A-03-011"}),
    "a permit for an exhumed plot": Case("plot_permit", {**PURWOSARI, "plot": "Z-EXHUMED", "burial": "tumini"}, "plot", "error", "Tumini sudah dipindahkan dari petak Z-EXHUMED: izin tidak dapat diberikan."),
    "a reserved plot in which somebody lies": Case("plot_permit", {"permit_type": "cadangan", **PURWOSARI, "plot": "03-019"}, "plot", "warning", "Cadangan untuk petak TPU01-A-03-019 yang sudah ditempati Sukirman."),
    "a gap in the renewals' numbers": Case("plot_permit", {"permit_type": "perpanjangan", "previous_permit": "IPTM-001", "renewal_seq": "3"}, "renewal_seq", "error", "Perpanjangan ke-3 tidak menyambung izin sebelumnya: seharusnya ke-1."),
    "a renewal of another plot": Case("plot_permit", {"permit_type": "perpanjangan", "previous_permit": "IPTM-001", **PURWOSARI, "plot": "03-011"}, "previous_permit", "error", "Izin sebelumnya IPTM-001 untuk petak lain."),
    "renewed twice": Case("plot_permit", {"permit_type": "perpanjangan", "previous_permit": "IPTM-002"}, "previous_permit", "error", "Izin IPTM-002 sudah diperpanjang: IPTM-002/1."),
    "a gap between two permits": Case("plot_permit", {"permit_type": "perpanjangan", "previous_permit": "IPTM-001", "valid_from": "1/1/2023"}, "valid_from", "error", "Izin lama berakhir 14/02/2022: perpanjangan mulai 15/02/2022, bukan 01/01/2023."),
    "permit number taken": Case("plot_permit", {"permit_no": "IPTM-001"}, "permit_no", "error", "Nomor IPTM IPTM-001 sudah dipakai: IPTM-001."),
    "a levy other than the tariff": Case("plot_permit", {"application_date": "1/6/2023", "cemetery": "tpu bertarif", "plot": "Z-TARIFF"}, "levies", "warning", "Baris 1: Tarif TPU untuk layanan ini Rp250.000, di sini Rp300.000.", lines={"levies": [{"service": "pemakaian", "legal_basis": "Perda 5/2019", "amount": "300 ribu"}]}),
    # --- slums
    "decree number taken": Case("slum_decree", {"decree_no": DECREE}, "decree_no", "warning", f"Nomor SK {DECREE} sudah dipakai: {DECREE}."),
    "units that don't add up": Case("slum_decree", {"total_area_ha": "9"}, "total_area_ha", "warning", "Jumlah luas lokasi 5 ha, berselisih -4 ha dari SK 9 ha.", open=DECREE),
    "a decree older than the one it supersedes": Case("slum_decree", {"decree_date": "1/1/2014", "supersedes": DECREE}, "decree_date", "warning", "SK yang digantikan bertanggal 04/01/2016, sesudah 01/01/2014."),
    "a decree due for review": Case("slum_decree", {"decree_date": "1/2/2016"}, "decree_date", "warning", "SK ini lebih dari 5 tahun: harus ditinjau kembali (Permen PUPR 14/2018 Pasal 38)."),
    "RT already in the decree": Case("slum_unit", {"decree": DECREE, "village_code": "yosodadi", "rt": "1/2"}, "rt", "error", "RT 001/RW 002 Yosodadi sudah ada dalam SK ini."),
    "a decree no longer in force": Case("slum_unit", {"decree": "032/97-C"}, "decree", "warning", "SK 032/97-C/1/2014 sudah tidak berlaku."),
    "assessed twice": Case("slum_assessment", {"unit": TIMUR, "year": "2020"}, "year", "error", "Yosodadi Timur RT 001/RW 002 sudah punya penilaian Awal tahun 2020."),
    "a final assessment without a first": Case("slum_assessment", {"unit": "yosodadi barat", "stage": "akhir"}, "stage", "warning", "Belum ada penilaian awal untuk Yosodadi Barat RT 002/RW 002."),
    "a final assessment before the first": Case("slum_assessment", {"unit": TIMUR, "year": "2019", "stage": "akhir"}, "year", "warning", "Penilaian akhir 2019 sebelum penilaian awal 2020."),
    "a criterion above the whole": Case("slum_assessment", {"unit": TIMUR, "year": "2023"}, "criteria", "error", "Ketidakteraturan bangunan (unit): volume 101 melebihi jumlah seluruhnya 100.", lines={"criteria": [{"volume": "101"}]}),
    "more handled than was found": Case("slum_intervention", {"unit": TIMUR, "year": "2021", "criterion": "2b", "volume": "61", "volume_unit": "m"}, "volume", "warning", "Volume 61 melebihi yang dinilai kurang: 60."),
    "the same handling twice": Case("slum_intervention", {"unit": TIMUR, "year": "2021", "criterion": "2b", "activity": "Paving jalan"}, "activity", "warning", "Kegiatan yang sama sudah dicatat untuk Yosodadi Timur RT 001/RW 002 tahun 2021."),
    "a target above what remains": Case("slum_target", {"decree": DECREE, "year": "2023", "target_ha": "12"}, "target_ha", "warning", "Target 12 ha melebihi sisa 8,5 ha, lebih 3,5 ha."),
    "a paper that says otherwise": Case("slum_target", {"decree": DECREE, "year": "2022", "reported_handled_ha": "9"}, "reported_handled_ha", "warning", "Surat menyebut 9 ha, penilaian 1,5 ha."),
    "two targets of one year": Case("slum_target", {"decree": DECREE, "year": "2021"}, "year", "error", "Target tahun 2021 untuk SK ini sudah ada."),
    # --- shared
    "crew's name taken": Case("crew", {"name": "Regu PJU 1"}, "name", "warning", "Nama regu Regu PJU 1 sudah dipakai: Regu PJU 1, Mobil tangga BE 9042 F."),
    "material's code taken": Case("material", {"code": "LED-90"}, "code", "error", "Kode LED-90 sudah dipakai: Lampu LED 90 W Philips."),
}  # fmt: skip


FIRST = {
    "open report on the same lamp", "pole number taken", "double IDPEL", "a panel in another city", "work logged already", "level taken",
    "stacked too early", "no consent of the heir when stacking", "a permit for an exhumed plot", "a gap in the renewals' numbers",
    "RT already in the decree", "a criterion above the whole", "a target above what remains",
}  # fmt: skip
"""Those that the description of the records names; the others are shown in the long run of tests."""


@pytest.fixture(scope="module")
def office(books: tuple[Path, city.Names], tmp_path_factory: pytest.TempPathFactory):
    """One office for all of them, with records for every rule to find; and the uids by name."""
    folder = tmp_path_factory.mktemp("rules") / "office"
    shutil.copytree(books[0], folder)
    ctx = city.opened(folder)
    yield ctx, books[1] | rule_books.build(ctx, folder)
    ctx.close()


@pytest.fixture(scope="module")
def at_desk(office, qapp, request) -> Iterator[Clerk]:
    clerk = Clerk(office[0], qapp, QtBot(request))
    yield clerk
    clerk.close()


def record_no(clerk: Clerk, kind: str, uid: str) -> str:
    with clerk.ctx.store.reading() as reader:
        record = reader.get(kind, uid)
    assert record is not None
    assert record.record_no is not None
    return record.record_no


def cases() -> list[ParameterSet]:
    return [
        pytest.param(case, id=name, marks=() if name in FIRST else pytest.mark.heavy)
        for name, case in CASES.items()
    ]


@pytest.mark.parametrize("case", cases())
def test_a_rule_about_other_records_speaks_at_its_field(at_desk: Clerk, office, case: Case):
    clerk, names = at_desk, office[1]

    def numbered(text: str) -> str:
        """ "@name" as the register number of the record of that name."""
        before, sign, name = text.partition("@")
        return (
            before + record_no(clerk, case.kind, names[name.strip(").")]) + name[len(name.strip(").")) :]
            if sign
            else text
        )

    clerk.go(case.kind)
    if case.open:
        clerk.open(names[case.open])
    else:
        clerk.begin()
    clerk.fill({name: numbered(text) for name, text in case.typed.items()}, case.lines, waits=case.waits)
    for name, text in case.then.items():
        clerk.walk_to(name)
        clerk.fill({name: text}, {}, waits=True)
    clerk.settle()
    assert clerk.message(case.at) == (case.severity, numbered(case.words)), clerk.complaints()

    before = clerk.view().draft
    assert before is not None
    if case.severity == "error":
        clerk.key(KEY.Key_S, CTRL)
        clerk.settle()
        assert clerk.view().draft is before, "nothing is stored"
        assert before.changed()
    clerk.key(KEY.Key_Escape)
    clerk.settle()
    for kept in drafts.all_kept(clerk.ctx):  # the next case begins with what is stored
        drafts.throw(clerk.ctx, kept)


STEPS = {
    "confirmed by the crew's own leader": ("streetlight_repair", "done repair", "confirm", "Konfirmasi harus oleh orang lain daripada kepala regu dan yang mencatat selesai.", "Suryanto"),
    "occupied without a burial": ("grave_plot", "TPU01-A-03-011", "occupy", "Belum ada pemakaman di petak ini.", ""),
    "full with levels left": ("grave_plot", "Z-TWO", "fill", "Petak masih dapat ditumpang 1 kali.", ""),
    "vacated while somebody lies there": ("grave_plot", "Z-TWO", "vacate", "Masih ada 2 jenazah di petak ini: catat dulu pemindahannya.", ""),
    "renewed without a renewal": ("plot_permit", "IPTM-001", "renew", "Catat dulu izin perpanjangannya dengan izin ini sebagai izin sebelumnya.", ""),
    "reassessed without a final assessment": ("slum_unit", "other unit", "reassess", "Catat dulu penilaian akhirnya.", ""),
    "resolved while it is still a slum": ("slum_unit", "third unit", "resolve", "Penilaian akhir belum Tidak kumuh: pilih Belum tuntas.", ""),
}  # fmt: skip
"""Kind, record, move, words, person (else the one at the desk)."""


@pytest.mark.heavy
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS.keys())
def test_a_step_that_other_records_forbid_is_refused_in_words(at_desk: Clerk, office, step):
    kind, name, move, words, person = step
    clerk, uid = at_desk, office[1][name]
    usual = clerk.ctx.person
    try:
        clerk.ctx.person = person or usual
        clerk.go(kind)
        clerk.open(uid)
        status = clerk.view().draft.record.status
        clerk.make_move(move)
        assert clerk.refusal() == words
        with clerk.ctx.store.reading() as reader:
            assert reader.get(kind, uid).status == status
        clerk.key(KEY.Key_Escape)
        clerk.settle()
    finally:
        clerk.ctx.person = usual


def test_a_locked_assessment_stays_as_it_is(at_desk: Clerk, office):
    clerk, uid = at_desk, office[1]["final"]
    clerk.go("slum_assessment")
    clerk.open(uid)
    clerk.fill({"households": "121"}, {}, waits=True)
    clerk.key(KEY.Key_S, CTRL)
    clerk.settle()
    assert clerk.refusal() == "Penilaian ini terkunci: minta kepala membuka kuncinya dahulu."
    with clerk.ctx.store.reading() as reader:
        assert reader.get("slum_assessment", uid).values["households"] == 120


class Spy:
    """A lookup that notes whether it was asked for another record."""

    def __init__(self, reader) -> None:
        self._reader, self.asked = reader, False

    def get(self, kind, uid):
        self.asked = True
        return self._reader.get(kind, uid)

    def find(self, kind, **equal):
        self.asked = True
        return self._reader.find(kind, **equal)

    def title(self, kind, uid):
        return self._reader.title(kind, uid)

    def is_asked_by(self, rule: Rule, view: View) -> bool:
        self.asked = False
        rule.broken(view)
        return self.asked


def test_no_rule_about_other_records_is_left_out(office):
    """Whatever asks for other records, anywhere in the declarations, is broken by one of the cases above."""
    ctx = office[0]
    asking: set[str] = set()
    with ctx.store.reading() as reader:
        spy = Spy(reader)
        for kind in ctx.registry:
            moves = kind.life_cycle.moves if kind.life_cycle else ()
            rules = (*kind.rules, *(guard for move in moves for guard in move.guards))
            for row in reader.stream_rows(Query(kind.name)):
                view = View(kind, reader.get(kind.name, row.uid), ctx.where(spy))
                asking |= {rule.words.id for rule in rules if spy.is_asked_by(rule, view)}
    told = [case.words for case in CASES.values()] + [step[3] for step in STEPS.values()]
    told.append("Penilaian ini terkunci: minta kepala membuka kuncinya dahulu.")
    assert len(asking) > 35
    assert [words for words in sorted(asking) if not any(_fits(words, one) for one in told)] == []


def _fits(words: str, told: str) -> bool:
    pattern = ".+".join(map(re.escape, re.split(r"\{\w+\}", words)))
    return re.fullmatch(f"(Baris 1: )?{pattern}", told) is not None
