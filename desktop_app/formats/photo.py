"""Photos: what cameras, phones and chats give is made a small, upright JPEG without any data of the camera in it.

A picture is looked at before it is unfolded: what it is by its first bytes, not by its name, and how large it says it is. Every
refusal is one sentence. Sources: records.md ("attachment"); exchange.md, "Bad input", 44.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal as Number
from pathlib import Path
from typing import Literal

from PIL import Image

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words
from desktop_app.formats import exif

LONGEST = 1600
"""So many pixels has the longer side at most: enough to read a pole number, some 300 kB."""
QUALITY = 80
LARGEST_FILE = 50_000_000  # bytes
LARGEST_ARRIVED = 10_000_000  # bytes; ours have a tenth of that
_EARLIEST = 2000  # years before are a camera whose clock was never set

# Pixels by format. A JPEG is made smaller while it is unfolded; the others stand in memory whole, four bytes a pixel.
_MOST_PIXELS = {"JPEG": 128_000_000, "PNG": 50_000_000, "WEBP": 50_000_000, "BMP": 50_000_000}
_MOST_PIXELS_ARRIVED = 50_000_000
# Pillow's own limit warns through Python's warnings, for the whole process; ours is asked before anything is unfolded.
Image.MAX_IMAGE_PIXELS = None

Code = Literal["empty", "too_large", "not_a_photo", "damaged", "hash", "camera_data"]

_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}

_USE = Words("Pakai JPG, PNG, WebP atau BMP.", "Use JPG, PNG, WebP or BMP.")
_COPY = Words("Salin ulang berkasnya, lalu tambahkan lagi.", "Copy the file again, then add it once more.")
_OTHERS: tuple[tuple[bytes, Words], ...] = (
    (b"GIF8", Words("gambar GIF", "a GIF")),
    (b"%PDF", Words("dokumen PDF", "a PDF document")),
    (b"PK\x03\x04", Words("berkas ZIP atau Office", "a ZIP or Office file")),
    (b"II*\0", Words("gambar TIFF", "a TIFF picture")),
    (b"MM\0*", Words("gambar TIFF", "a TIFF picture")),
)
_HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1")


class PhotoRefused(KnownError):  # noqa: N818  (what happened, in the words of the one who added it)
    """The picture can't be used; `code` says why in one word."""

    def __init__(self, code: Code, words: Words) -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: JPEG, upright, small, nothing of the camera in it; and what the camera said.

    `taken_at` has a zone; `latitude` and `longitude` are degrees WGS84. `notes` tell what was not taken over, and why.
    """

    data: bytes
    sha256: str
    width: int
    height: int
    taken_at: dt.datetime | None = None
    latitude: Number | None = None
    longitude: Number | None = None
    notes: tuple[Words, ...] = ()


def read_file(path: Path) -> bytes:
    """The bytes of a file. Raises `PhotoRefused` when it is empty or larger than `LARGEST_FILE`, `KnownError` when it can't be read."""
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise _too_heavy(path.name, size)
        return path.read_bytes()
    except OSError as wrong:
        raise KnownError(
            Words(
                f"{path.name} tidak bisa dibaca. Periksa apakah berkasnya masih ada dan flashdisk masih terpasang.",
                f"{path.name} can't be read. See whether the file is still there and the stick still in.",
            )
        ) from wrong


def prepare(data: bytes, name: str = "", *, zone: dt.tzinfo, now: dt.datetime) -> Picture:
    """Make of any photo what is kept of it. Raises `PhotoRefused`.

    `zone` is where the camera's clock is taken to stand when it does not say; `name` is what the sentences call the picture.
    """
    named = Words(name, name) if name else Words("Gambar ini", "This picture")
    if len(data) > LARGEST_FILE:
        raise _too_heavy(name, len(data))
    sort = _sort(data, named)
    camera = b""
    if sort == "JPEG":
        data, camera = _without_camera_data(data)
    try:
        with Image.open(io.BytesIO(data), formats=(sort,)) as image:
            _refuse_bomb(image, named, _MOST_PIXELS[sort])
            camera = camera or image.info.get("exif") or b""
            told = exif.read(camera.removeprefix(b"Exif\0\0")) if camera else exif.Exif()
            small = _small(image)
            if told.orientation in _UPRIGHT:
                small = small.transpose(_UPRIGHT[told.orientation])
    except PhotoRefused:
        raise
    except Exception as wrong:
        # Whatever broken bytes make a library raise, the file is the reason.
        raise _damaged(named) from wrong
    small.info.clear()
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    kept = out.getvalue()
    return _told(Picture(kept, hashlib.sha256(kept).hexdigest(), *small.size), told, zone, now)


def refuse_arrived(data: bytes, sha256: str) -> None:
    """Look at a picture that came in a package. Raises `PhotoRefused` unless it is one of ours, whole and under its own name.

    A program of ours never sends data of the camera: what still has some was put in by somebody else (exchange.md, 44).
    """
    named = Words(f"Foto {sha256[:8]}", f"Photo {sha256[:8]}")
    if len(data) > LARGEST_ARRIVED:
        raise _too_heavy(named.id, len(data))
    if hashlib.sha256(data).hexdigest() != sha256:
        words = Words(
            "{n} berubah di jalan: sidiknya tidak cocok.", "{n} was changed on its way: its hash differs."
        )
        raise PhotoRefused("hash", words.filled(n=named))
    if _sort(data, named) != "JPEG":
        raise PhotoRefused("not_a_photo", Words("{n} bukan JPEG.", "{n} is no JPEG.").filled(n=named))
    try:
        with Image.open(io.BytesIO(_without_camera_data(data)[0]), formats=("JPEG",)) as image:
            _refuse_bomb(image, named, _MOST_PIXELS_ARRIVED)
            image.draft(None, (1, 1))  # an eighth of the size: all bytes are read, few pixels are made
            image.load()
    except PhotoRefused:
        raise
    except Exception as wrong:
        raise _damaged(named) from wrong
    if any(_is_camera_data(marker) for marker, _ in _segments(data)):
        words = Words("{n} masih memuat data kamera.", "{n} still has data of the camera in it.")
        raise PhotoRefused("camera_data", words.filled(n=named))


# ---- what it is


def _sort(data: bytes, named: Words) -> str:
    """JPEG, PNG, WEBP or BMP; raises for everything else."""
    if not data:
        raise PhotoRefused(
            "empty", Words("{n} kosong (0 bita). {c}", "{n} is empty (0 bytes). {c}").filled(n=named, c=_COPY)
        )
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    if data[:2] == b"BM":
        return "BMP"
    raise PhotoRefused("not_a_photo", _other(data).filled(n=named, use=_USE))


def _other(data: bytes) -> Words:
    """The sentence for what is no photo of ours."""
    if data[4:8] == b"ftyp" and data[8:12] in _HEIC:
        return Words(
            "{n} adalah foto HEIC dari iPhone, yang belum bisa dibaca. Kirim fotonya lewat WhatsApp, atau setel di iPhone:"
            " Pengaturan > Kamera > Format > Paling Kompatibel.",
            "{n} is a HEIC photo of an iPhone, which can't be read yet. Send it through WhatsApp, or set the iPhone to"
            " Settings > Camera > Formats > Most Compatible.",
        )
    what = next((words for start, words in _OTHERS if data.startswith(start)), None)
    if data[4:8] == b"ftyp":
        what = Words("video", "a video")
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        what = Words("halaman web (HTML)", "a web page (HTML)")
    if what is None:
        return Words("{n} bukan foto. {use}", "{n} is no photo. {use}")
    return Words(
        f"{{n}} bukan foto, melainkan {what.id}. {{use}}", f"{{n}} is no photo but {what.en}. {{use}}"
    )


def _too_heavy(name: str, size: int) -> PhotoRefused:
    named, most = name or "Gambar ini", LARGEST_FILE // 1_000_000
    english = name or "This picture"
    weighs = -(-size // 1_000_000)
    return PhotoRefused(
        "too_large",
        Words(
            f"{named} berukuran {weighs} MB, terlalu besar untuk sebuah foto (paling besar {most} MB).",
            f"{english} has {weighs} MB, too much for a photo (at most {most} MB).",
        ),
    )


def _refuse_bomb(image: Image.Image, named: Words, most: int) -> None:
    """A few bytes can say that they are a picture of a million megapixels."""
    pixels = image.width * image.height
    if pixels > most:
        size = f"{image.width} × {image.height}"
        words = Words(
            f"{{n}} berukuran {size} piksel, terlalu besar untuk sebuah foto (paling besar {most // 1_000_000} megapiksel).",
            f"{{n}} has {size} pixels, too many for a photo (at most {most // 1_000_000} megapixels).",
        )
        raise PhotoRefused("too_large", words.filled(n=named))


def _damaged(named: Words) -> PhotoRefused:
    words = Words("{n} terpotong atau rusak. {c}", "{n} is cut off or damaged. {c}")
    return PhotoRefused("damaged", words.filled(n=named, c=_COPY))


# ---- the segments of a JPEG


def _segments(data: bytes) -> Iterator[tuple[int, slice]]:
    """The marker and the place of each segment before the picture itself, and last the rest of the file under the marker 0."""
    at = 2
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 4 > len(data):
            return
        marker = data[at + 1]
        if marker in (0xFF, 0x00, 0x01) or 0xD0 <= marker <= 0xD8:  # filling, or markers without a length
            at += 1 if marker == 0xFF else 2
            continue
        if marker in (0xDA, 0xD9):
            yield 0, slice(at, len(data))
            return
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        yield marker, slice(at, end)
        at = end


def _is_camera_data(marker: int) -> bool:
    """Comments and all APP segments, but APP0 (the sign of a JPEG) and APP14 (tells how its colours are to be read)."""
    return marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)


def _without_camera_data(data: bytes) -> tuple[bytes, bytes]:
    """The JPEG without what the camera wrote beside the picture, and the EXIF block that was in it (or nothing)."""
    kept, camera = [data[:2]], b""
    for marker, place in _segments(data):
        if not _is_camera_data(marker):
            kept.append(data[place])
        elif marker == 0xE1 and not camera and data[place][4:10] == b"Exif\0\0":
            camera = data[place][10:]
    return b"".join(kept), camera


# ---- the picture


def _small(image: Image.Image) -> Image.Image:
    """At most `LONGEST` on its longer side, in plain colours; what can be seen through becomes white."""
    if image.mode not in ("L", "RGB", "CMYK"):
        image = _on_white(image)
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    return image.convert("RGB") if image.mode != "RGB" else image.copy()


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # greys of 16 bits
        return image.point(lambda grey: grey * (1 / 256)).convert("L")
    if image.mode not in ("RGBA", "LA", "PA") and "transparency" not in image.info:
        return image.convert("RGB")
    clear = image.convert("RGBA")
    ground = Image.new("RGB", clear.size, "white")
    ground.paste(clear, mask=clear.getchannel("A"))
    return ground


def _told(picture: Picture, told: exif.Exif, zone: dt.tzinfo, now: dt.datetime) -> Picture:
    """The picture with what the camera said of place and time, as far as it can be."""
    notes: list[Words] = []
    if told.damaged:
        notes.append(
            Words(
                "Data kamera di foto rusak; posisi dan waktunya mungkin tidak terbaca.",
                "The camera's data in the photo are damaged; position and time may be missing.",
            )
        )
    if told.nowhere:
        notes.append(
            Words(
                "Posisi di foto 0, 0: GPS ponsel belum siap. Posisi tidak dipakai.",
                "The position in the photo is 0, 0: the phone's GPS was not ready. It is not used.",
            )
        )
    at = told.taken_at
    if at is not None and not _EARLIEST <= at.year <= now.year + 1:
        notes.append(_wrong_clock(at))
        at = None
    if at is not None:
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(dt.UTC)
    if at is not None and at > now + dt.timedelta(days=1):
        notes.append(_wrong_clock(at))
        at = None
    latitude, longitude = told.position or (None, None)
    return Picture(
        picture.data, picture.sha256, picture.width, picture.height, at, latitude, longitude, tuple(notes)
    )


def _wrong_clock(at: dt.datetime) -> Words:
    day = f"{at:%d/%m/%Y}"
    return Words(
        f"Jam kamera salah ({day}); waktu foto tidak dipakai.",
        f"The camera's clock is wrong ({day}); the photo's time is not used.",
    )
