"""The file as a whole: cut off, damaged, locked for others, signed by others, empty, renamed (bad input 6 to 10, 12, 43, 48)."""

from __future__ import annotations

import io
import os
import threading
from dataclasses import replace
from tempfile import SpooledTemporaryFile

import pytest

from desktop_app.exchange.package.guard import LIMITS
from desktop_app.exchange.package.refusing import Refused, TooNewError
from desktop_app.exchange.package.sealing import seal, unseal
from tests.exchange.package import packing
from tests.exchange.package.packing import HEAD, OFFICE, STRANGER, Forged


@pytest.fixture
def sealed(tmp_path):
    file = tmp_path / "18.72.01_7_2026-11-22.pelita"
    packing.write(file, rows=[packing.row(n, notes=os.urandom(60).hex()) for n in range(3000)])
    assert file.stat().st_size > 200_000  # several pieces of age
    return file


def cut(file, kept):
    file.write_bytes(file.read_bytes()[:kept])
    return file


def changed(file, at):
    data = bytearray(file.read_bytes())
    data[at] ^= 0x10
    file.write_bytes(data)
    return file


# 6


def test_a_sealed_package_that_is_cut_off_anywhere_is_refused_as_such(sealed, refused):
    whole = sealed.read_bytes()
    for kept in (5, 100, 3000, 70_000, 65_552 * 2 + 400, len(whole) - 1):
        sealed.write_bytes(whole[:kept])
        said = refused(sealed, "truncated", "flipped")
        assert "Salin lagi" in said.words.id
    assert refused(cut(sealed, 100_000), "truncated").words.id.startswith("Berkas ini terpotong")


@pytest.mark.parametrize("kept", [4, 25, 200, 0.5, -23, -1])
def test_a_bare_package_that_is_cut_off_is_refused(good, refused, kept):
    size = good.stat().st_size
    refused(cut(good, int(size * kept) if isinstance(kept, float) else kept % size), "truncated")


# 7


@pytest.mark.parametrize("at", [30, 150, 5_000, 100_000, -40, -1])
def test_one_bit_in_a_sealed_package_is_found(sealed, refused, at):
    refused(changed(sealed, at), "flipped", "truncated", "other_recipient")


def test_one_bit_in_a_table_of_a_bare_package_is_found(good, refused):
    said = refused(changed(good, 60), "flipped", "lying")
    assert "data/park_work.csv" in said.words.id


# 8, 10, 12


def test_a_package_for_another_recipient_can_not_be_opened(sealed, refused):
    refused(sealed, "other_recipient", keys=(STRANGER,))
    refused(sealed, "other_recipient", keys=())


@pytest.mark.parametrize("keys", [HEAD, OFFICE], ids=["recipient", "sender"])
def test_recipient_and_sender_can_each_open_it_alone(sealed, work, keys):
    with packing.opening(sealed, work, (STRANGER, keys)) as opened:
        assert len(list(opened.rows(opened.tables[0]))) == 3000


def test_the_header_tells_who_it_is_for(good, work):
    with packing.opening(good, work) as opened:
        assert opened.header.to is not None
        assert opened.header.to.site_id == packing.HEAD_ID


def test_who_signed_it_is_told_with_the_whole_key_card(tmp_path, good, forged, work):
    with packing.opening(good, work) as opened:
        assert opened.key == OFFICE.card
    # Anybody can sign in anybody's name with a key of his own: that shows in the card, and is for those to judge who know the sender.
    forged.keys = STRANGER
    forged.pelita["from"]["key_id"] = STRANGER.fingerprint
    with packing.opening(forged.put(tmp_path / "x.zip"), work) as opened:
        assert (opened.key, opened.header.sender.site_id) == (STRANGER.card, packing.OFFICE_ID)


# 9


def test_an_unsigned_package_is_refused(tmp_path, good, refused):
    inside = [one for one in packing.members(good) if one[0] != "signature.json"]
    refused(packing.zipped(tmp_path / "x.zip", inside), "unsigned")


def test_a_signature_of_something_else_is_refused(tmp_path, forged, refused):
    signature = forged.signature()
    forged.pelita["number"] = 8
    inside = [*forged.inside.items(), ("datapackage.json", forged.manifest()), ("signature.json", signature)]
    refused(packing.zipped(tmp_path / "x.zip", inside), "signature")


@pytest.mark.parametrize("name", ["from", "to"])
def test_sender_and_recipient_are_in_what_is_signed(tmp_path, forged, refused, name):
    signature = forged.signature()
    forged.pelita[name]["site_id"] = "019a0000-0000-7000-8000-000000000001"
    inside = [*forged.inside.items(), ("datapackage.json", forged.manifest()), ("signature.json", signature)]
    refused(packing.zipped(tmp_path / "x.zip", inside), "signature")


def test_a_package_signed_again_by_somebody_else_does_not_pass_for_the_sender_s(tmp_path, forged, refused):
    forged.keys = STRANGER
    refused(forged.put(tmp_path / "x.zip"), "signature")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"Ed25519"', '"none"'),
        ('"Ed25519"', "5"),
        ('"key"', '"keys"'),
        ('"signature"', '"sig"'),
        ("age1", "age2"),
        ('"sign": "', '"sign": "AAAA'),
        ('"signature": "', '"signature": "!'),
    ],
)
def test_a_malformed_signature_is_refused(tmp_path, forged, refused, old, new):
    signature = forged.signature().decode()
    assert old in signature
    inside = [*forged.members()[:-1], ("signature.json", signature.replace(old, new, 1).encode())]
    refused(packing.zipped(tmp_path / "x.zip", inside), "signature", "header")


def test_a_key_card_that_is_not_the_signer_s_is_refused(tmp_path, forged, refused):
    forged.pelita["key_card"] = STRANGER.card._asdict()
    refused(forged.put(tmp_path / "x.zip"), "signature")


# 43


def test_a_package_of_a_newer_program_is_set_aside_not_refused(tmp_path, forged, work):
    forged.pelita.update(format=9, min_reader=9, program="9.1", surprise={"new": [1, 2]})
    with pytest.raises(TooNewError) as wrong, packing.opening(forged.put(tmp_path / "x.zip"), work):
        pass
    assert isinstance(wrong.value, Refused)
    assert wrong.value.case == "too_new"
    assert "9.1" in wrong.value.words.id
    assert (wrong.value.header.number, wrong.value.key) == (7, OFFICE.card)
    assert len(wrong.value.pid) == 64


def test_a_newer_format_that_older_programs_can_read_is_read(tmp_path, forged, work):
    forged.pelita.update(format=9, surprise=True)
    forged.table["schema"]["fields"][5]["surprise"] = 1
    with packing.opening(forged.put(tmp_path / "x.zip"), work) as opened:
        assert (opened.header.format, opened.tables[0].rows) == (9, 2)


# 48


def test_an_empty_file_is_refused(tmp_path, refused):
    (tmp_path / "x.pelita").touch()
    assert "0 bita" in refused(tmp_path / "x.pelita", "empty").words.id


@pytest.mark.parametrize(
    "data",
    [b"\0" * 5000, b"hello", b"%PDF-1.7\n...", b"-----BEGIN AGE ENCRYPTED FILE-----\n", b"GIF89a" * 99],
)
def test_any_other_file_is_refused(tmp_path, refused, data):
    (tmp_path / "x.pelita").write_bytes(data)
    refused(tmp_path / "x.pelita", "not_a_package")


def test_a_workbook_is_refused_as_no_package(tmp_path, refused):
    file = packing.zipped(
        tmp_path / "x.pelita", [("[Content_Types].xml", b"<x/>"), ("xl/workbook.xml", b"<x/>")]
    )
    refused(file, "not_a_package")


def test_name_and_folder_make_no_difference(tmp_path, good, sealed, work):
    folder = tmp_path / "Flashdisk (E)" / "dari Pak Budi" / "baru"
    folder.mkdir(parents=True)
    for file, name in ((good, "Paket (1).pelita.zip.txt"), (sealed, "dokumen")):
        copy = folder / name
        copy.write_bytes(file.read_bytes())
        copy.chmod(0o444)
        folder.chmod(0o555)
        with packing.opening(copy, work) as opened:
            assert opened.header.number == 7
        folder.chmod(0o755)


def test_what_is_not_there_or_is_a_folder_is_said(tmp_path, work):
    for file in (tmp_path / "no.pelita", tmp_path):
        with pytest.raises(Refused, match="tidak bisa dibaca"), packing.opening(file, work):
            pass


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_the_file_is_read_from_a_pipe_that_can_not_go_back(tmp_path, sealed, work):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(sealed.read_bytes()))
    writer.start()
    with packing.opening(pipe, work) as opened:
        assert sum(1 for _ in opened.rows(opened.tables[0])) == 3000
    writer.join()


# 15: what is too large is given up while it is read


def test_a_file_over_the_limit_is_given_up(sealed, refused):
    refused(sealed, "too_large", limits=replace(LIMITS, file=100_000))


def test_what_comes_out_of_the_envelope_is_limited_while_it_comes():
    sealed = io.BytesIO()
    seal(io.BytesIO(bytes(4_000_000)), sealed, (HEAD.card.age,))
    size = sealed.tell()
    sealed.seek(0)
    with SpooledTemporaryFile() as buffer:
        with pytest.raises(Refused) as wrong:
            unseal(sealed, size, (HEAD.identity,), buffer, 1_000_000)
        assert wrong.value.case == "too_large"
        assert buffer.tell() <= 1_000_000


def test_an_envelope_with_something_else_in_it_is_refused(tmp_path, refused):
    with (tmp_path / "x.pelita").open("wb") as target:
        seal(io.BytesIO(bytes(400_000)), target, (HEAD.card.age,))
    refused(tmp_path / "x.pelita", "not_a_package")


def test_a_very_large_package_goes_through_an_unnamed_file_in_the_work_folder(sealed, work, watch):
    limits = replace(LIMITS, in_memory=10_000)
    with watch, packing.opening(sealed, work, limits=limits) as opened:
        assert sum(1 for _ in opened.rows(opened.tables[0])) == 3000
        assert list(work.iterdir()) == [] or os.name == "nt"
    assert watch.seen
    assert [line for line in watch.seen if str(work) not in line] == []
    assert list(work.iterdir()) == []


def test_the_envelope_of_another_program_is_opened(tmp_path, good, work):
    # What `age` writes with a recipient of its own kind beside ours (it may add what it calls grease).
    import pyrage

    data = pyrage.encrypt(good.read_bytes(), [pyrage.x25519.Recipient.from_str(HEAD.card.age)])
    (tmp_path / "y.pelita").write_bytes(data)
    with packing.opening(tmp_path / "y.pelita", work) as opened:
        assert Forged.like(good).pelita["number"] == opened.header.number
