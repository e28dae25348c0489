"""Make the update package, which travels to the offices like any package, from a program folder that was built.

python3 packaging/update.py --program build/windows/program-0.5.0 --key FILE [--out dist]
python3 packaging/update.py --new-key FILE

The key is the release key (Ed25519, 32 bytes in base64): whoever has it can change the program in every office. It never lies in the
repository. Its public half is pinned in the program when it is built (`build.py --release-key FILE`). How it is kept: docs/updates.md.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import lzma
import os
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from desktop_app.exchange import program_package  # noqa: E402

PINNED = Path("resources") / "release.pub"
_THROWAWAY = "throwaway-release.key"
_PIECE = 1024 * 1024
_LEFT_OUT = "proven"
"""What a program that has run leaves in its folder."""
_PRESET = 7
"""16 MiB to inflate it: what an old PC can spare."""


def new_key(file: Path) -> None:
    """Write a new release key that only its owner may read. Raises FileExistsError rather than replace one."""
    text = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode("ascii") + "\n"
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.write(text)


def read_key(file: Path) -> Ed25519PrivateKey:
    """The release key in a file. Raises ValueError when there is none in it."""
    return Ed25519PrivateKey.from_private_bytes(
        base64.b64decode(file.read_text("ascii").strip(), validate=True)
    )


def pin(app: Path, key: Path | None, work: Path) -> Path:
    """Pin the public half of the release key in a program; the key used.

    Without a key a throwaway one is made in the work folder and used again there: such a program takes updates from this builder only.
    """
    if key is None:
        key = work / _THROWAWAY
        if not key.exists():
            key.parent.mkdir(parents=True, exist_ok=True)
            new_key(key)
        print(f"No --release-key: a throwaway key is pinned ({key}). Never publish this build.", flush=True)
    public = base64.b64encode(read_key(key).public_key().public_bytes_raw()).decode("ascii")
    target = app / PINNED
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{public}\n", encoding="ascii", newline="\n")
    return key


def make(version: Path, out: Path, key: Path, *, system: str = "windows", preset: int = _PRESET) -> Path:
    """Write `pelita-<version>.pelita` into the folder `out` from a version folder (`P/versions/<version>`); the same bytes each time."""
    files = [
        (path.relative_to(version).as_posix(), path)
        for path in sorted(version.rglob("*"))
        if path.is_file() and path != version / _LEFT_OUT
    ]
    steps = sorted((version / "app" / "migrations" / "versions").glob("[0-9][0-9][0-9][0-9]_*.py*"))
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"pelita-{version.name}.pelita"
    with TemporaryFile() as packed:
        members, digest = _packed(files, packed, preset)
        manifest = json.dumps(
            {
                "format": 1,
                "version": version.name,
                "system": system,
                "schema": steps[-1].name[:4],
                "archive": {"sha256": digest, "size": packed.tell()},
                "files": members,
            },
            separators=(",", ":"),
        ).encode("ascii")
        signature = base64.b64encode(read_key(key).sign(program_package.SIGNED + manifest))
        packed.seek(0)
        with target.open("wb") as whole:
            whole.write(program_package.MAGIC + signature + b"\n%d\n" % len(manifest) + manifest)
            while piece := packed.read(_PIECE):
                whole.write(piece)
    return target


def _packed(
    files: list[tuple[str, Path]], packed: IO[bytes], preset: int
) -> tuple[list[dict[str, object]], str]:
    """Compress the files one after the other; what the manifest tells of them, and the archive's SHA-256."""
    members: list[dict[str, object]] = []
    whole, deflater = hashlib.sha256(), lzma.LZMACompressor(lzma.FORMAT_XZ, preset=preset)

    def write(piece: bytes) -> None:
        whole.update(piece)
        packed.write(piece)

    for name, file in files:
        if not program_package.is_harmless(name):
            raise ValueError(f"{name}: the program would refuse a file with this name")
        content = file.read_bytes()
        members.append({"path": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()})
        write(deflater.compress(content))
    write(deflater.flush())
    return members, whole.hexdigest()


def main(words: list[str] | None = None) -> int:
    """Make a key or a package; the exit code."""
    reader = argparse.ArgumentParser(
        prog="update.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("--program", type=Path, help="a program folder that build.py made")
    reader.add_argument("--key", type=Path, help="the release key")
    reader.add_argument(
        "--pin", type=Path, metavar="APP", help="pin the key's public half in this program and end"
    )
    reader.add_argument("--work", type=Path, default=ROOT / "build", help="where a throwaway key is kept")
    reader.add_argument(
        "--out", type=Path, default=ROOT / "dist", help="where the package goes (default: dist)"
    )
    reader.add_argument("--new-key", type=Path, metavar="FILE", help="make a release key and end")
    asked = reader.parse_args(words)
    if asked.new_key is not None:
        new_key(asked.new_key)
        print(f"{asked.new_key}: keep it off the network, with a copy in another safe place.")
        return 0
    if asked.pin is not None:
        pin(asked.pin, asked.key, asked.work)
        return 0
    if asked.program is None or asked.key is None:
        reader.error("--program and --key are needed")
    versions = [one for one in (asked.program / "versions").iterdir() if one.is_dir()]
    if len(versions) != 1:
        reader.error(f"{asked.program} must have one version in it")
    made = make(versions[0], asked.out, asked.key)
    pinned = program_package.public_keys((versions[0] / "app" / PINNED).read_text("ascii"))
    if read_key(asked.key).public_key().public_bytes_raw() not in pinned:
        print(
            "update.py: the program pins another release key: it will refuse what comes after",
            file=sys.stderr,
        )
        return 1
    digest = hashlib.sha256(made.read_bytes()).hexdigest()
    print(f"{made.stat().st_size / 1e6:.1f} MB  {made}\n{digest} *{made.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
