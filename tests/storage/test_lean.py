"""What SQLAlchemy imports and the program never uses is not loaded; whoever does use it gets the real thing."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

OPEN = """
import json, sys
from pathlib import Path
from desktop_app import bootstrap
ctx = bootstrap.open_context(Path(sys.argv[1]))
loaded = [name for name in ("sqlalchemy", "asyncio.events", "ssl", "email", "importlib.metadata") if name in sys.modules]
ctx.store.close()
import asyncio, importlib.metadata
import sqlalchemy.util.compat as compat
async def waited():
    return 7
print(json.dumps({
    "loaded": loaded,
    "waited": asyncio.run(waited()),
    "version": importlib.metadata.version("sqlalchemy"),
    "same": compat.asyncio.run is asyncio.run,
    "entries": [one.name for one in compat.importlib_metadata_get("console_scripts") if one.name == "alembic"],
}))
"""


def test_what_is_never_used_is_not_loaded(tmp_path: Path):
    def opened() -> dict[str, object]:
        command = [sys.executable, "-W", "error", "-c", OPEN, str(tmp_path / "data")]
        ran = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
        return json.loads(ran.stdout)

    opened()  # a new database is made by the migrations, which do ask for more
    told = opened()
    assert str(told.pop("version")).startswith("2.")
    assert told == {"loaded": ["sqlalchemy"], "waited": 7, "same": True, "entries": ["alembic"]}
