"""Photos as phones, chats and scanners give them, and what is kept of them."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import struct
import zlib
from decimal import Decimal as Number

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from desktop_app.core.errors import KnownError
from desktop_app.formats import exif, photo
from desktop_app.formats.photo import PhotoRefused
from tests.pictures import METRO, NOW, WIB, camera, file_of, markers, photo_of, scene


def prepared(data: bytes, name="IMG_1.jpg"):
    return photo.prepare(data, name, zone=WIB, now=NOW)


def refused(data: bytes, name="IMG_1.jpg"):
    with pytest.raises(PhotoRefused) as wrong:
        prepared(data, name)
    return wrong.value.code, wrong.value.words.id


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


# --- what is kept


def test_a_phones_photo_becomes_a_small_jpeg_without_the_phones_data():
    made = file_of(
        scene((4000, 3000)), exif=camera(), icc_profile=b"profile", comment=b"rumah Bu Siti", xmp=b"<x/>"
    )
    assert b"rumah Bu Siti" in made
    kept = prepared(made)
    assert (kept.width, kept.height) == (1600, 1200) == opened(kept.data).size
    assert opened(kept.data).format == "JPEG"
    assert len(kept.data) < 400_000
    assert kept.sha256 == hashlib.sha256(kept.data).hexdigest()
    assert (kept.latitude, kept.longitude) == (Number("-5.113"), Number("105.307"))
    assert kept.taken_at == dt.datetime(2026, 11, 1, 1, 15, 30, tzinfo=dt.UTC)
    assert kept.notes == ()
    # JFIF, tables and the frame; no APP1 and above, no comment
    assert set(markers(kept.data)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert not any(word in kept.data for word in (b"Exif", b"rumah", b"profile", b"2026"))


def test_a_small_photo_is_not_made_larger():
    assert (prepared(photo_of((320, 200))).width, prepared(photo_of((1, 1))).height) == (320, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation):
    upright = scene((400, 300))
    turned_back = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    lying = upright if turned_back is None else upright.transpose(turned_back)
    kept = opened(prepared(file_of(lying, exif=camera(orientation=orientation))).data)
    assert kept.size == (400, 300)
    for place in ((5, 5), (395, 295), (200, 55)):
        there = (*place, place[0] + 1, place[1] + 1)
        assert max(ImageStat.Stat(ImageChops.difference(kept.crop(there), upright.crop(there))).mean) < 30


@pytest.mark.parametrize("form", ["PNG", "WEBP", "BMP", "JPEG"])
@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LA", "RGBA", "I;16"])
def test_pictures_of_every_make_are_taken(form, mode):
    picture = (
        scene(mode="L").convert("I").point(lambda v: v * 256).convert("I;16")
        if mode == "I;16"
        else scene(mode=mode)
    )
    if (form, mode) == ("WEBP", "I;16"):
        return  # Pillow writes it white
    try:
        made = file_of(picture, form)
    except (OSError, ValueError):
        return  # there is no such file
    kept = opened(prepared(made).data)
    assert (kept.mode, kept.size) == ("RGB", (640, 480))
    sky, street = (
        ImageStat.Stat(kept.convert("L").crop(part)).mean[0] for part in ((0, 0, 60, 60), (0, 400, 60, 460))
    )
    assert sky - street > 50  # a picture of two colours has dots for grey


def test_a_scan_of_16_bits_keeps_its_greys():
    kept = opened(prepared(file_of(Image.new("I;16", (50, 50), 32768), "PNG")).data)
    assert kept.getpixel((25, 25)) == (128, 128, 128)


def test_what_can_be_seen_through_becomes_white():
    kept = opened(prepared(file_of(Image.new("RGBA", (50, 50), (255, 0, 0, 0)), "PNG")).data)
    assert kept.getpixel((25, 25)) == (255, 255, 255)


def test_exif_in_png_and_webp_is_read_too():
    for form in ("PNG", "WEBP"):
        kept = prepared(file_of(scene(), form, exif=camera().tobytes()))
        assert (kept.latitude, kept.taken_at.hour) == (Number("-5.113"), 1)


def test_a_photo_with_a_second_picture_and_a_film_behind_it():
    first, second = scene((800, 600)), scene((100, 100))
    made = file_of(first, "MPO", save_all=True, append_images=[second], exif=camera())
    assert (prepared(made).width, prepared(made + b"\0\0\0\x18ftypmp42" + bytes(5000)).width) == (800, 800)


# --- what is refused, in one sentence


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (b"", "empty", "IMG_1.jpg kosong"),
        (b"<!DOCTYPE html><html>login</html>", "not_a_photo", "halaman web (HTML)"),
        (b"\xef\xbb\xbf \r\n<html>", "not_a_photo", "halaman web (HTML)"),
        (file_of(scene(), "GIF"), "not_a_photo", "GIF"),
        (b"%PDF-1.7", "not_a_photo", "PDF"),
        (b"PK\x03\x04....", "not_a_photo", "ZIP"),
        (file_of(scene(), "TIFF"), "not_a_photo", "TIFF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "not_a_photo", "HEIC dari iPhone"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0", "not_a_photo", "video"),
        (b"apa saja", "not_a_photo", "bukan foto. Pakai JPG"),
        (b"\xff\xd8\xff", "damaged", "terpotong atau rusak"),
        (bytes(50_000_001), "too_large", "51 MB"),
    ],
)
def test_what_is_no_photo_is_refused_by_what_it_is_not_by_its_name(data, code, says):
    got, words = refused(data)
    assert got == code
    assert says in words
    assert words.startswith("IMG_1.jpg ")
    assert words.endswith((".", ")."))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "BMP"])
def test_a_photo_that_is_cut_off_anywhere_is_refused(form):
    whole = file_of(scene((300, 200)), form)
    for cut in range(1, 38):
        assert refused(whole[: len(whole) * cut // 40])[0] in ("damaged", "not_a_photo")


def test_where_only_the_last_bytes_are_missing_no_pixel_is_lost():
    whole = file_of(scene((300, 200)), "PNG")
    assert prepared(whole[:-4]).sha256 == prepared(whole).sha256
    assert refused(file_of(scene((300, 200)))[:-1])[0] == "damaged"


def test_a_progressive_photo_that_is_cut_off_is_refused():
    whole = file_of(scene((300, 200)), progressive=True)
    assert prepared(whole).width == 300
    assert refused(whole[:-200]) == (
        "damaged",
        "IMG_1.jpg terpotong atau rusak. Salin ulang berkasnya, lalu tambahkan lagi.",
    )


def png_that_says(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(1000)))
        + chunk(b"IEND", b"")
    )


def jpeg_that_says(width: int, height: int) -> bytes:
    made = bytearray(file_of(scene((16, 16))))
    frame = made.index(b"\xff\xc0")
    made[frame + 5 : frame + 9] = struct.pack(">HH", height, width)
    return bytes(made)


@pytest.mark.parametrize(
    "bomb",
    [png_that_says(30_000, 30_000), jpeg_that_says(30_000, 30_000), png_that_says(2**31 - 1, 2**31 - 1)],
)
def test_900_megapixels_are_refused_before_they_are_unfolded(bomb):
    code, words = refused(bomb)
    assert code in ("too_large", "damaged")
    assert "megapiksel" in words or "rusak" in words


def test_a_bomb_is_told_by_its_size():
    assert refused(jpeg_that_says(30_000, 30_000))[1] == (
        "IMG_1.jpg berukuran 30000 × 30000 piksel, terlalu besar untuk sebuah foto (paling besar 128 megapiksel)."
    )


def test_a_file_is_refused_by_its_size_before_it_is_read(tmp_path):
    heavy = tmp_path / "video.jpg"
    with heavy.open("wb") as out:
        out.truncate(50_000_001)
    with pytest.raises(PhotoRefused, match=r"video\.jpg"):
        photo.read_file(heavy)
    with pytest.raises(KnownError, match=r"hilang\.jpg"):
        photo.read_file(tmp_path / "hilang.jpg")
    (tmp_path / "map.jpg").mkdir()
    with pytest.raises(KnownError, match=r"map\.jpg"):
        photo.read_file(tmp_path / "map.jpg")


# --- what the camera says


def told(**more):
    kept = prepared(photo_of((40, 30), **more))
    return kept.taken_at, kept.latitude, [note.id for note in kept.notes]


def test_the_cameras_own_offset_counts_before_the_offices_zone():
    assert told(offset="+09:00")[0] == dt.datetime(2026, 10, 31, 23, 15, 30, tzinfo=dt.UTC)
    assert told(offset="-07:30")[0] == dt.datetime(2026, 11, 1, 15, 45, 30, tzinfo=dt.UTC)
    assert told(offset="kacau")[0] == dt.datetime(2026, 11, 1, 1, 15, 30, tzinfo=dt.UTC)


def test_the_time_of_the_file_is_taken_where_there_is_none_of_the_shutter():
    assert told(taken="", changed="2026:10:02 10:00:00")[0] == dt.datetime(2026, 10, 2, 3, tzinfo=dt.UTC)
    assert told(taken="0000:00:00 00:00:00", changed="2026:10:02 10:00:00")[0].month == 10
    assert told(taken="    :  :     :  :  ")[0] is None
    assert told(taken="")[2] == []


def test_nought_nought_is_no_position():
    zero = ("N", (0.0, 0.0, 0.0), "E", (0.0, 0.0, 0.0))
    at, latitude, notes = told(position=zero)
    assert (at.year, latitude) == (2026, None)
    assert notes == ["Posisi di foto 0, 0: GPS ponsel belum siap. Posisi tidak dipakai."]
    assert told(position=("N", (0.0, 0.0, 0.0), "E", (109.0, 20.0, 0.0)))[1] == 0, (
        "Pontianak lies on the equator"
    )


@pytest.mark.parametrize(
    "position",
    [
        ("S", (95.0, 0.0, 0.0), "E", (105.0, 0.0, 0.0)),
        ("S", (5.0, 61.0, 0.0), "E", (105.0, 0.0, 0.0)),
        ("", (5.0, 6.0, 0.0), "E", (105.0, 0.0, 0.0)),
        ("E", (5.0, 6.0, 0.0), "S", (105.0, 0.0, 0.0)),
    ],
)
def test_an_impossible_position_is_left_out_with_a_note(position):
    at, latitude, notes = told(position=position)
    assert (at.year, latitude, len(notes)) == (2026, None, 1)
    assert "rusak" in notes[0]


@pytest.mark.parametrize(
    ("taken", "day"),
    [
        ("1980:01:01 00:00:00", "01/01/1980"),
        ("2031:05:06 07:08:09", "06/05/2031"),
        ("2026:12:24 07:00:00", "24/12/2026"),
    ],
)
def test_a_clock_that_was_never_set_is_told(taken, day):
    assert told(taken=taken) == (
        None,
        Number("-5.113"),
        [f"Jam kamera salah ({day}); waktu foto tidak dipakai."],
    )


def test_a_position_without_a_fix_is_none_and_no_damage():
    block = bytearray(camera().tobytes()[6:])
    for rational in (struct.pack(">II", 5, 1), struct.pack("<II", 5, 1)):
        at = bytes(block).find(rational)
        if at >= 0:
            block[at : at + 8] = bytes(8)
    assert exif.read(bytes(block)).position is None
    assert not exif.read(bytes(block)).damaged


BLOCK = camera(orientation=6, offset="+07:00", changed="2026:11:01 08:15:30").tobytes()[6:]


def test_the_block_of_the_other_tests_is_read():
    read = exif.read(BLOCK)
    assert (read.orientation, read.damaged, read.position) == (
        6,
        False,
        (Number("-5.113"), Number("105.307")),
    )
    assert METRO[0] == "S"


@given(st.binary(max_size=300))
def test_any_bytes_are_read_as_exif_without_a_word(data):
    for block in (data, b"II*\0" + data, b"MM\0*\0\0\0\x08" + data):
        found = exif.read(block)
        assert 1 <= found.orientation <= 8
        assert found.position is None or (abs(found.position[0]) <= 90 and abs(found.position[1]) <= 180)


@given(
    st.lists(st.tuples(st.integers(0, len(BLOCK) - 1), st.integers(0, 255)), max_size=12),
    st.integers(0, len(BLOCK)),
)
def test_a_broken_block_never_spoils_the_photo(changes, cut):
    block = bytearray(BLOCK)
    for place, value in changes:
        block[place] = value
    made = file_of(scene((16, 12)), exif=b"Exif\0\0" + bytes(block[:cut]))
    kept = prepared(made)
    assert {kept.width, kept.height} == {16, 12}
    assert kept.taken_at is None or 2000 <= kept.taken_at.year <= 2026
    assert not set(markers(kept.data)) & {0xE1, 0xFE}
    if cut < 8 and cut:
        assert len(kept.notes) == 1


@given(st.data())
def test_a_photo_with_any_bytes_changed_is_taken_or_refused_and_nothing_else(data):
    form = data.draw(st.sampled_from(["JPEG", "PNG", "WEBP", "BMP"]))
    made = bytearray(file_of(scene((48, 36)), form))
    for _ in range(data.draw(st.integers(1, 8))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    try:
        kept = prepared(bytes(made))
    except PhotoRefused:
        return
    assert max(kept.width, kept.height) <= photo.LONGEST


# --- what comes in packages (bad input 44)


def arrived(data: bytes, sha: str = ""):
    try:
        photo.refuse_arrived(data, sha or hashlib.sha256(data).hexdigest())
    except PhotoRefused as wrong:
        return wrong.code
    return None


def test_our_own_pictures_come_through():
    assert arrived(prepared(photo_of((2000, 1500))).data) is None


def test_pictures_of_others_and_broken_ones_are_refused():
    ours = prepared(photo_of()).data
    assert arrived(ours, "0" * 64) == "hash"
    assert arrived(ours[: len(ours) // 2]) == "damaged"
    assert arrived(b"<html>") == "not_a_photo"
    assert arrived(file_of(scene(), "GIF")) == "not_a_photo"
    assert arrived(file_of(scene(), "PNG")) == "not_a_photo"
    assert arrived(jpeg_that_says(30_000, 30_000)) == "too_large"
    assert arrived(ours + bytes(10_000_000)) == "too_large"
    assert arrived(photo_of(position=("N", (0.0, 0.0, 0.0), "E", (0.0, 0.0, 0.0)))) == "camera_data"
    assert arrived(file_of(scene(), comment=b"x")) == "camera_data"
