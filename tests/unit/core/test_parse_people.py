"""NIK, family card, NIP, IDPEL, phone. All numbers here are made up."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core import fields as f
from desktop_app.core import parse
from desktop_app.core.parse import NotUnderstood, Reading
from desktop_app.core.settings import Settings
from desktop_app.core.words import Words

READING = Reading(today=dt.date(2026, 11, 5))
NIK = f.Text("nik", "NIK", "NIK", max_len=16, reads="nik")
CARD = f.Text("family_card_no", "No. KK", "Family card", max_len=16, reads="family_card")
NIP = f.Text("nip", "NIP", "NIP", max_len=18, reads="nip")
IDPEL = f.Text("idpel", "ID Pelanggan", "Customer no.", max_len=12, reads="idpel")
PHONE = f.Text("phone", "Telepon", "Phone", max_len=16, reads="phone")
METER = f.Text("meter_no", "No. meter", "Meter no.", max_len=20, reads="code")


def read(field, typed, reading=READING):
    return parse.read(field, typed, reading)


def refusal(field, typed, reading=READING):
    with pytest.raises(NotUnderstood) as caught:
        read(field, typed, reading)
    return caught.value.words


@pytest.mark.parametrize(
    "typed",
    [
        "1872010509650012",
        "1872 0105 0965 0012",
        "1872.01.050965.0012",
        "187201-050965-0012",
        "'1872010509650012",
        "1872010509650012.0",
    ],
)
def test_a_nik_in_every_dress(typed):
    found = read(NIK, typed)
    assert found.value == "1872010509650012"
    assert found.doubts == ()
    assert (found.hint is None) == (typed == "1872010509650012")


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("187201050965001", "harus 16 angka, ini 15: 187201…"),
        ("18720105096500123", "harus 16 angka, ini 17: 187201…"),
        ("123456789101112", "harus 16 angka, ini 15: 123456…"),
        ("187201050965001.0", "harus 16 angka, ini 15: 187201…"),
        ("1872", "harus 16 angka, ini 4: 1872"),
        ("18720105O9650012", "hanya terdiri dari angka, ini ada 'O'"),
        ("1.87201E+15", "dipendekkan oleh Excel"),
        ("1,87201E+15", "dipendekkan oleh Excel"),
        ("1872010509650000", "tidak mungkin berakhir 0000: Excel"),
        ("9972010509650012", "tidak mungkin dimulai dengan 99"),
        ("0872010509650012", "tidak mungkin dimulai dengan 08"),
        ("1872013209650012", "32-09-65 yang tidak ada"),
        ("1872010513650012", "05-13-65 yang tidak ada"),
        ("1872010009650012", "00-09-65 yang tidak ada"),
        ("1872017209650012", "72-09-65 yang tidak ada"),
        ("1872012902010012", "29-02-01 yang tidak ada"),
        ("1872016902010012", "69-02-01 yang tidak ada"),
    ],
)
def test_a_wrong_nik_is_refused_with_the_reason(typed, because):
    words = refusal(NIK, typed)
    assert because in words.id
    assert words.id.startswith("NIK")


def test_a_leap_day_needs_a_leap_year_in_one_century_only():
    assert read(NIK, "1872012902000012").value  # 2000 was one, 1900 was not
    assert read(NIK, "1872016902960012").value


def test_what_may_be_odd_and_still_right_is_a_doubt():
    assert read(NIK, "1872010612260012").doubts == (
        Words("Tanggal lahir dalam NIK belum terjadi.", "The birth date in the NIK is still to come."),
    )
    assert read(NIK, "1872010511260012").doubts == ()
    assert len(read(NIK, "1800010509650012").doubts) == 1
    assert read(NIK, "3173010509650012").doubts == ()  # born elsewhere is no matter


born = st.dates(dt.date(1930, 1, 1), READING.today)


@given(born, st.booleans(), st.integers(1, 9999), st.sampled_from(["1872", "3173", "9601"]))
def test_every_birth_and_sex_makes_a_nik(day, woman, serial, region):
    number = f"{region}01{day.day + 40 * woman:02}{day:%m%y}{serial:04}"
    found = read(NIK, number)
    assert found.value == number
    assert found.doubts == ()


@given(st.text("0123456789", min_size=16, max_size=16))
def test_a_nik_stands_only_with_a_day_of_the_calendar(number):
    try:
        read(NIK, number)
    except NotUnderstood as refusal:
        if number.strip("0"):
            said = " ".join(refusal.words)
            assert number[6:] not in said
    else:
        day, month, year = int(number[6:8]) % 40, int(number[8:10]), int(number[10:12])
        assert not number.strip("0") or 1 <= day <= max(
            calendar.monthrange(century + year, month)[1] for century in (1900, 2000)
        )


def test_no_refusal_prints_a_whole_number():
    for field, typed in (
        (NIK, "18720105096500129"),
        (NIK, "1872013209650012"),
        (NIK, "1872010509650000"),
        (CARD, "18720105096500129"),
        (NIP, "1980010120050130019"),
        (PHONE, "0812345678901234567"),
        (PHONE, "08123456789x"),
    ):
        for said in refusal(field, typed):
            assert typed not in said
            assert typed[:10] not in said


def test_a_family_card_has_its_day_of_issue_and_no_forty():
    assert read(CARD, "1872010509120012").doubts == ()
    assert read(CARD, "1872 0105 0912 0012").value == "1872010509120012"
    assert len(read(CARD, "1872014509120012").doubts) == 1
    assert len(read(CARD, "9972010509120012").doubts) == 1
    assert len(read(CARD, "1872010509120000").doubts) == 1
    assert "harus 16 angka" in refusal(CARD, "18720105").id


def test_a_civil_servants_number():
    assert read(NIP, "19800101 200501 1 001").value == "198001012005011001"
    assert read(NIP, "198001012023212004").doubts == ()  # on contract: 21 stands for the month
    assert len(read(NIP, "198013012005011001").doubts) == 1
    assert len(read(NIP, "198001012005131001").doubts) == 1
    assert "harus 18 angka, ini 17" in refusal(NIP, "19800101200501100").id
    assert "angka ke-15, ini 3" in refusal(NIP, "198001012005013001").id
    assert "Excel" in refusal(NIP, "198001012005011000").id


def test_plns_customer_number():
    assert read(IDPEL, "514541419189").value == "514541419189"
    assert read(IDPEL, "5145 4141 9189").value == "514541419189"
    assert read(IDPEL, "514010609806.0").value == "514010609806"
    assert "ini 11" in refusal(IDPEL, "51401060980.0").id
    assert "ini 11" in refusal(IDPEL, "51401060980").id
    assert "Excel" in refusal(IDPEL, "5.14011E+11").id
    known = Reading(today=READING.today, settings=Settings(idpel_prefixes=("51454", "51458")))
    assert read(IDPEL, "514541419189", known).doubts == ()
    assert (
        read(IDPEL, "514010609806", known).doubts[0].id == "ID Pelanggan dimulai 51401, bukan 51454, 51458."
    )


def test_a_meters_number_has_no_rule_but_0_is_none():
    for typed in ("50904669640", "7", "A-12/3"):
        assert read(METER, typed).value == typed
    assert read(METER, "0").value is None


PHONES = [
    ("081234567890", "+6281234567890"),
    ("0812-3456-7890", "+6281234567890"),
    ("0812 3456 7890", "+6281234567890"),
    ("0812.3456.7890", "+6281234567890"),
    ("81234567890", "+6281234567890"),
    ("6281234567890", "+6281234567890"),
    ("+62 812 3456 7890", "+6281234567890"),
    ("+62 (0) 812-3456-7890", "+6281234567890"),
    ("0062 812 3456 7890", "+6281234567890"),
    ("'081234567890", "+6281234567890"),
    ("81234567890.0", "+6281234567890"),
    ("081234567890 (WA)", "+6281234567890"),
    ("HP: 081234567890", "+6281234567890"),
    ("(0725) 41234", "+6272541234"),
    ("0725-41234", "+6272541234"),
    ("021 5551234", "+62215551234"),
    ("+62 725 41234", "+6272541234"),
    ("62 725 41234", "+6272541234"),
    ("021-47483647", "+622147483647"),
    ("0", None),
    ("-", None),
]


def test_phones_are_kept_one_way():
    found = {typed: read(PHONE, typed) for typed, _ in PHONES}
    assert {typed: one.value for typed, one in found.items()} == dict(PHONES)
    assert not any(one.doubts for one in found.values())


def test_what_a_spreadsheet_did_to_a_land_line_is_doubted():
    found = read(PHONE, "725 41234")
    assert found.value == "+6272541234"
    assert found.doubts[0].id == "Dibaca 072541234: angka 0 di depan hilang?"


def test_a_number_abroad_is_doubted():
    found = read(PHONE, "+60 12-345 6789")
    assert found.value == "+60123456789"
    assert len(found.doubts) == 1


@pytest.mark.parametrize(
    "typed",
    ["0812-3456-7890/0857 1234 5678", "0812 3456 7890 atau 0857 1234 5678", "081234567890, 0857 1234 5678"],
)
def test_of_two_phones_the_first_is_kept_and_the_other_named(typed):
    found = read(PHONE, typed)
    assert found.value == "+6281234567890"
    assert found.doubts == (
        Words(
            "Ada 2 nomor; hanya yang pertama disimpan. Catat 0857 1234 5678 di keterangan.",
            "There are 2 numbers; only the first is kept. Put 0857 1234 5678 into the notes.",
        ),
    )


@pytest.mark.parametrize(
    ("typed", "because"),
    [
        ("2147483647", "sisa program yang rusak"),
        ("8.12E+10", "Excel"),
        ("41234", "kode wilayah"),
        ("0812345", "kode wilayah"),
        ("081234567890123", "bukan nomor telepon"),
        ("0812x456789", "bukan nomor telepon"),
        ("Pak RT", "bukan nomor telepon"),
        ("0812-3456-7890/Pak RT", "bukan nomor telepon"),
        ("+0812345678", "bukan nomor telepon"),
        ("٠٨١٢٣٤٥٦٧٨٩", "bukan nomor telepon"),
    ],
)
def test_what_is_no_phone_is_refused(typed, because):
    assert because in refusal(PHONE, typed).id


@given(
    st.from_regex(r"\A8[0-9]{8,11}\Z"),
    st.sampled_from(["0{}", "{}", "62{}", "+62{}", "+62 {}", "(0{})", "0{} "]),
)
def test_every_mobile_number_in_every_dress(number, dress):
    assert read(PHONE, dress.format(number)).value == f"+62{number}"
