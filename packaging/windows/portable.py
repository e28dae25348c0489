"""The portable ZIP, and the file with the SHA-256 sums of what is published."""

from __future__ import annotations

import hashlib
import os
import time
import zipfile
from pathlib import Path

from windows.layout import Layout

_READ_ME = """\
PELITA {version} - versi jinjing / portable version

INDONESIA
  Salin folder Pelita ini ke PC (misalnya ke Dokumen), lalu klik dua kali Pelita.exe. Tidak ada yang dipasang dan hak admin tidak perlu.
  Stik USB hanya membawa programnya: data kantor tetap di PC, di %LOCALAPPDATA%\\Pelita (atau %ProgramData%\\Pelita bila dipakai bersama).
  Folder data di sini untuk berkas yang dibawa: paket .pelita dari dan ke kantor pusat, daftar wilayah.
  Jangan menyimpan data kantor di stik: stik yang dicabut saat menyimpan merusak data.

ENGLISH
  Copy this folder Pelita onto the PC (into Documents, say) and double-click Pelita.exe. Nothing is installed; no administrator rights are needed.
  The stick carries the program only: the office's data stay on the PC, in %LOCALAPPDATA%\\Pelita (or %ProgramData%\\Pelita where shared).
  The folder data here is for files that travel: .pelita packages to and from headquarters, lists of regions.
  Don't keep the office's data on a stick: pulled out while saving, it damages them.
"""


def make(layout: Layout, out: Path) -> Path:
    """Write `Pelita-<version>-portable.zip`: the program folder, with an empty folder `data` beside it for what is carried."""
    when = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))[:6]
    target = out / f"Pelita-{layout.version}-portable.zip"

    def entry(name: str) -> zipfile.ZipInfo:
        one = zipfile.ZipInfo(name, when)
        one.create_system = 0  # the same on every computer that builds
        one.external_attr = 0x10 if name.endswith("/") else 0
        one.compress_type = zipfile.ZIP_STORED if name.endswith("/") else zipfile.ZIP_DEFLATED
        return one

    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr(entry("Pelita/"), b"")
        packed.writestr(entry("Pelita/data/"), b"")
        note = _READ_ME.format(version=layout.version).replace("\n", "\r\n").encode("ascii")
        packed.writestr(entry("Pelita/BACA-SAYA.txt"), note)
        for file in sorted(path for path in layout.program.rglob("*") if path.is_file()):
            name = f"Pelita/{file.relative_to(layout.program).as_posix()}"
            packed.writestr(entry(name), file.read_bytes(), compresslevel=9)
    return target


def write_sums(out: Path, files: list[Path]) -> Path:
    """`SHA256SUMS`, in the form that `sha256sum --check` and PowerShell's readers understand."""
    target = out / "SHA256SUMS"
    lines = [f"{hashlib.sha256(file.read_bytes()).hexdigest()} *{file.name}\n" for file in sorted(files)]
    target.write_text("".join(lines), encoding="ascii", newline="\n")
    return target
