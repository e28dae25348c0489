"""Long runs that the ordinary tests have a small sample of: `python -m tests.soak NAME [COUNT]`.

NAME is a module of this folder with a function `run(count)`; without COUNT it takes the module's own measure.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.soak

NAMES = sorted(
    module.name for module in pkgutil.iter_modules(tests.soak.__path__) if not module.name.startswith("_")
)


def main(words: list[str]) -> int:
    if not words or words[0] not in NAMES or not all(word.isdecimal() for word in words[1:2]):
        print(f"{__doc__}\nNAME: {', '.join(NAMES)}")
        return 2
    run = importlib.import_module(f"tests.soak.{words[0]}").run
    run(*map(int, words[1:2]))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
