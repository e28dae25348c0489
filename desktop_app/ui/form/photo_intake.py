"""What is dropped or pasted, as pictures to be added: files first, else the picture itself."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt
from PySide6.QtGui import QImage

from desktop_app.core.errors import KnownError
from desktop_app.core.words import Words

_LONGEST = 3200
"""A pasted picture is handed on with at most so many pixels on its longer side: what is kept is smaller still."""


@dataclass(frozen=True)
class Source:
    """A file, or a picture that never was one."""

    name: str
    file: Path | None = None
    image: QImage | None = None

    def content(self) -> Path | bytes:
        """What `services.photos.add` takes; for a worker. Raises `KnownError` when the clipboard's picture can't be used."""
        if self.file is not None:
            return self.file
        image = self.image or QImage()
        if max(image.width(), image.height()) > _LONGEST:
            ratio, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(_LONGEST, _LONGEST, ratio, smooth)
        out = QBuffer()
        out.open(QIODevice.OpenModeFlag.WriteOnly)
        if image.isNull() or not image.save(out, "PNG"):  # type: ignore[call-overload]
            raise KnownError(
                Words(
                    "Gambar yang disalin tidak bisa dibaca. Simpan dahulu sebagai berkas, lalu tambahkan berkasnya.",
                    "The copied picture can't be read. Save it as a file first, then add the file.",
                )
            )
        return bytes(out.data().data())


def may_have(mime: QMimeData) -> bool:
    """Whether there is something to look at. Cheap: it is asked while something is dragged over the window."""
    return mime.hasUrls() or mime.hasImage()


def sources(mime: QMimeData) -> list[Source]:
    """The pictures in what was dropped or pasted. Raises `KnownError` for what lies on the web, and where there is nothing."""
    files = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    if files:
        return [Source(file.name, file=file) for file in files]
    if mime.hasImage():
        image = mime.imageData()
        if isinstance(image, QImage):
            return [Source("", image=image)]
    if mime.hasUrls():
        raise KnownError(
            Words(
                "Foto ini masih di internet. Unduh dahulu, lalu seret berkasnya ke sini.",
                "This photo is still on the web. Download it first, then drop the file here.",
            )
        )
    raise KnownError(
        Words(
            "Tidak ada foto di papan klip. Salin dahulu fotonya atau berkasnya.",
            "There is no photo on the clipboard. Copy the photo or its file first.",
        )
    )
