"""A photo of a record, before, during or after the work. Source: records.md; exchange.md, "The package".

The picture itself lies in the database under its hash; this says which record it belongs to. Position and time come from the camera
(EXIF) and are taken out of the picture itself.
"""

from __future__ import annotations

from desktop_app.core.fields import Choice, Codes, Coordinate, Integer, Text, Timestamp
from desktop_app.core.spec import Column, Kind, Section
from desktop_app.core.words import Words
from desktop_app.records.common import closing

STAGE = Codes(
    BEFORE=("Sebelum", "Before"),
    DURING=("Saat dikerjakan", "During the work"),
    AFTER=("Sesudah", "After"),
    OTHER=("Lainnya", "Other"),
)

OF_WORK = ("streetlight_repair", "park_work", "tree_request", "slum_unit", "slum_intervention")
"""The kinds of which photos before, during and after the work are asked for; of others a photo is a photo."""
TIME_OF = {"DURING": "started_at", "AFTER": "finished_at"}
"""Which field of a record the time of a photo may be offered for, by the photo's stage."""
SOURCE_OF_POSITION = "PHONE_PHOTO"
"""What `coord_source` says of a position taken over from a photo (domain.md 2.2)."""

KIND = Kind(
    "attachment",
    "shared",
    "Foto",
    "Photo",
    plural=Words("Foto", "Photos"),
    short=Words("Foto", "Photos"),
    icon="image-multiple-outline",
    number="",
    own_page=False,
    title=("file_name",),
    form=(
        Section(
            "Foto",
            "Photo",
            Text("record_kind", "Jenis data", "Record kind", max_len=40, required=True, searched=False),
            Text("record_uid", "Data", "Record", max_len=36, required=True, indexed=True, searched=False),
            Choice("stage", "Tahap", "Stage", codes=STAGE, required=True, default="OTHER"),
            Text("file_name", "Nama berkas", "File name", max_len=200, required=True),
            Text("caption", "Judul foto", "Caption", max_len=200),
            Text("sha256", "Sidik berkas", "Hash", max_len=64, required=True, indexed=True, searched=False),
            Integer("size_bytes", "Ukuran", "Size", minimum=1, unit=Words("bita", "bytes")),
            Integer("width", "Lebar", "Width", minimum=1, unit=Words("piksel", "pixels")),
            Integer("height", "Tinggi", "Height", minimum=1, unit=Words("piksel", "pixels"), beside=True),
            Timestamp("taken_at", "Waktu pemotretan", "Taken at"),
            Coordinate("latitude", "Lintang", "Latitude", axis="lat", other="longitude", group="place"),
            Coordinate(
                "longitude", "Bujur", "Longitude", axis="lon", other="latitude", group="place", beside=True
            ),
        ),
        closing(),
    ),
    columns=(Column("file_name", 24), Column("stage", 16), Column("taken_at", 16)),
    sort="-taken_at",
    filters=("stage",),
    empty=Words("Seret foto ke sini.", "Drop photos here."),
    help=Words(
        "Foto sebelum, saat dan sesudah pekerjaan; ikut terkirim ke pusat.",
        "Photos before, during and after the work; they go to headquarters too.",
    ),
)
