"""Immutable declarations that are cheap to define.

The vocabulary has some thirty classes of up to twenty attributes, and every start defines them all. A frozen dataclass writes and
compiles six methods for each, which together is a tenth of a hello-world start; these share one set of methods instead. In every
other respect they are frozen dataclasses, to the type checker too. Two of them are equal only when they are the same object.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass
from functools import cache
from typing import Any, TypeVar, dataclass_transform

_C = TypeVar("_C", bound=type)


class _Methods:
    """What all declarations share; `declared` copies it into the class."""

    def __init__(self, *by_place: Any, **by_name: Any) -> None:
        cls: Any = type(self)
        places, defaults, names = _attributes(cls)
        given = dict(zip(places, by_place, strict=False))
        twice, values = given.keys() & by_name.keys(), given | by_name
        known = values.keys() | defaults
        if len(by_place) > len(places) or twice or known != names:
            raise TypeError(
                f"{cls.__name__}: missing, unknown or given twice: {sorted((known ^ names) | twice) or by_place}"
            )
        self.__dict__.update(values)  # what is not given is the class's

    def __repr__(self) -> str:
        cls: Any = type(self)
        told = ", ".join(f"{name}={getattr(self, name)!r}" for name in sorted(_attributes(cls)[2]))
        return f"{cls.__name__}({told})"

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"cannot assign to {name!r}")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"cannot delete {name!r}")


_SHARED = ("__init__", "__repr__", "__setattr__", "__delattr__")


@dataclass_transform(frozen_default=True, eq_default=False)
def declared(cls: _C, /) -> _C:
    """Make the annotated class a declaration, as `@dataclass(frozen=True, eq=False)` would."""
    dataclass(init=False, repr=False, eq=False, match_args=False)(cls)
    for name in _SHARED:
        setattr(cls, name, _Methods.__dict__[name])
    return cls


@cache
def _attributes(cls: Any) -> tuple[list[str], frozenset[str], frozenset[str]]:
    """The names that can be given by place, those that need not be given, and all names."""
    fields = list(cls.__dataclass_fields__.values())
    by_place = [field.name for field in fields if not field.kw_only]
    defaults = frozenset(field.name for field in fields if field.default is not MISSING)
    return by_place, defaults, frozenset(field.name for field in fields)
