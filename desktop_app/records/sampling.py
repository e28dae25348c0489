"""A made-up city: plausible names, streets, positions and dates for samples. The same seed gives the same city, on every machine.

The samples beside the kinds draw from a `World`; demo data and tests use the same samples.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal as Number
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from desktop_app.core.fields import Value
from desktop_app.core.record import UTC, Line, Moved, Record
from desktop_app.core.spec import LifeCycle

T = TypeVar("T")

BEGIN = "begin"
"""The name of the first step of a history: the record was begun."""

Step = tuple[str, dt.datetime, str | None]
"""One step along the life cycle: the move's name, when, and the reason given."""


class Village(NamedTuple):
    """A village with a point about its middle, in millionths of a degree."""

    code: str
    name: str
    lat: int
    lon: int


class Made(NamedTuple):
    """A record made before, with what those that refer to it need to know."""

    uid: str
    facts: Mapping[str, Any]


METRO = tuple(
    Village(f"18.72.{code}", name, -5_000_000 - lat, 105_000_000 + lon)
    for code, name, lat, lon in (
        ("01.1001", "Metro", 114_000, 306_000),
        ("01.1002", "Hadimulyo Timur", 108_000, 312_000),
        ("01.1003", "Imopuro", 117_000, 310_000),
        ("01.1004", "Hadimulyo Barat", 107_000, 303_000),
        ("01.1005", "Yosomulyo", 112_000, 318_000),
        ("02.1001", "Banjarsari", 84_000, 308_000),
        ("02.1002", "Purwosari", 89_000, 321_000),
        ("02.1003", "Karangrejo", 76_000, 318_000),
        ("02.1004", "Purwoasri", 81_000, 333_000),
        ("03.1001", "Mulyojati", 128_000, 291_000),
        ("03.1002", "Ganjar Agung", 118_000, 285_000),
        ("03.1003", "Mulyosari", 138_000, 279_000),
        ("03.1004", "Ganjar Asri", 125_000, 299_000),
        ("04.1001", "Yosodadi", 116_000, 326_000),
        ("04.1002", "Tejosari", 130_000, 343_000),
        ("04.1003", "Iring Mulyo", 121_000, 318_000),
        ("04.1004", "Yosorejo", 125_000, 325_000),
        ("04.1005", "Tejo Agung", 133_000, 331_000),
        ("05.1001", "Rejomulyo", 150_000, 306_000),
        ("05.1002", "Margorejo", 144_000, 298_000),
        ("05.1003", "Sumbersari Bantul", 158_000, 315_000),
        ("05.1004", "Margodadi", 153_000, 290_000),
    )
)
"""The villages of Kota Metro (Kepmendagri 300.2.2-2430/2025); the points are rough, all within the city's box."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split("|"))


MEN = _words(
    "Agus|Ahmad|Andi|Arif|Bambang|Budi|Dedi|Eko|Fajar|Gunawan|Hadi|Hendra|Heri|Imam|Iwan|Joko|Kurniawan|Mulyadi|Nur|Rahmat|Rudi"
    "|Slamet|Sugeng|Sukirman|Supri|Suryanto|Sutrisno|Teguh|Tri|Wahyudi|Yanto|Yusuf|Zainal|Made|Ketut|Nyoman"
)
WOMEN = _words(
    "Aisyah|Ani|Dewi|Dian|Eka|Endang|Fitri|Hartini|Indah|Kartini|Lestari|Lilis|Maryam|Nining|Nur|Puji|Ratna|Rina|Rini|Siti|Sri"
    "|Sulastri|Sumiati|Suparmi|Suryani|Tuti|Wahyuni|Wati|Yuliana|Yuni|Wayan|Kadek"
)
FAMILY = _words(
    "Aminudin|Anwar|Basuki|Firmansyah|Handayani|Hartono|Hasan|Hidayat|Ibrahim|Kusuma|Lestari|Mahendra|Maulana|Nasution|Nugroho"
    "|Pratama|Prasetyo|Purnomo|Purwanto|Rahayu|Rahman|Ramadhan|Saputra|Setiawan|Setyowati|Siregar|Sitompul|Susanto|Suwarno"
    "|Utami|Wibowo|Wijaya|Yulianto"
)
STREETS = _words(
    "Jl. Jenderal Sudirman|Jl. Ki Hajar Dewantara|Jl. A.H. Nasution|Jl. Tongkol|Jl. Mawar|Jl. Kakap|Jl. Raya Stadion|Jl. Raden Intan"
    "|Jl. Budi Utomo|Jl. Imam Bonjol|Jl. Diponegoro|Jl. Hasanudin|Jl. Yos Sudarso|Jl. Pattimura|Jl. Soekarno Hatta|Jl. Alamsyah R.P.N."
    "|Jl. Ade Irma Suryani|Jl. Wolter Monginsidi|Jl. Veteran|Jl. Sutan Syahrir|Jl. W.R. Supratman|Jl. Khairbras|Jl. Cut Nyak Dien"
    "|Jl. Hang Tuah|Jl. Teratai|Jl. Kenanga|Jl. Anggrek|Jl. Dahlia|Jl. Gurame|Jl. Tenggiri|Jl. Nangka|Jl. Rambutan|Jl. Manggis"
    "|Jl. Banteng|Jl. Kutilang|Jl. Merpati|Jl. Cendrawasih|Jl. Rawa Bangun|Gg. Melati|Gg. Flamboyan|Gg. Cempaka|Gg. Bougenville"
    "|Gg. Pisang|Gg. Masjid"
)
LANDMARKS = _words(
    "Depan masjid Al-Ikhlas|Dekat gapura RT|Samping SD Negeri|Seberang pasar|Dekat jembatan|Simpang empat|Depan balai kelurahan"
    "|Belakang puskesmas|Dekat lapangan|Depan mushola An-Nur"
)
CLERKS = ("Sri Wahyuni", "Agus Prasetyo", "Dewi Lestari", "Bambang Nugroho")


@dataclass
class World:
    """Where samples come from. `made` remembers the records that others refer to, by kind; `numbers` the running numbers in use;
    `taken` what may be there once only (an open report on a lamp).
    """

    rng: random.Random
    site_code: str
    today: dt.date
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jakarta"))
    villages: Sequence[Village] = METRO
    made: dict[str, list[Made]] = field(default_factory=lambda: defaultdict(list))
    numbers: Counter[str] = field(default_factory=Counter)
    taken: set[tuple[str, ...]] = field(default_factory=set)
    marked: bool = False
    """Whether codes and numbers name the office, so that those of several offices of the city are never the same."""

    @property
    def office_no(self) -> int:
        """A number below 100 of its own for each office of the city: 0 is the first district."""
        district, _, village = self.site_code[6:].partition(".")
        return (int(district) - 1) * 10 + int(village[-1:] or 0) if district else 99

    @property
    def mark(self) -> str:
        """What stands in the codes of an office before the running number; nothing for the first district."""
        return f"{self.office_no:02d}-" if self.marked and self.office_no else ""

    def serial(self, name: str) -> int:
        """The next running number, beginning elsewhere in each office."""
        return self.number(name) + (self.office_no * 100_000 if self.marked else 0)

    @classmethod
    def begin(
        cls,
        site_code: str = "18.72.04",
        *,
        today: dt.date,
        seed: int = 1,
        villages: Sequence[Village] = METRO,
    ) -> World:
        """A new city of an office: only the villages that it is responsible for (all when none of them is its own)."""
        own = [village for village in villages if village.code.startswith(site_code)]
        return cls(random.Random(seed), site_code, today, villages=tuple(own or villages))  # noqa: S311  (not a secret)

    def number(self, name: str) -> int:
        """The next running number of this name, from 1."""
        self.numbers[name] += 1
        return self.numbers[name]

    def uid(self, at: dt.datetime) -> str:
        """A UUIDv7 of that moment."""
        bits = self.rng.getrandbits(74)
        value = (
            int(at.timestamp() * 1000) << 80 | 7 << 76 | (bits >> 62) << 64 | 2 << 62 | bits & (1 << 62) - 1
        )
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"

    def chance(self, share: float) -> bool:
        """Yes in this share of the cases (0 to 1)."""
        return self.rng.random() < share

    def take(self, *key: str) -> bool:
        """Whether this combination is still free; it is taken from now on."""
        free = key not in self.taken
        self.taken.add(key)
        return free

    def one(self, things: Sequence[T]) -> T:
        """One of these."""
        return things[int(self.rng.random() * len(things))]

    def number_in(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.rng.random() * (high - low + 1))

    def decimal(self, low: float, high: float, scale: int) -> Number:
        """A decimal between low and high with `scale` digits behind the point."""
        return Number(round((low + self.rng.random() * (high - low)) * 10**scale)).scaleb(-scale)

    def day(self, oldest: int, newest: int = 1) -> dt.date:
        """A day between `oldest` and `newest` days ago."""
        return self.today - dt.timedelta(days=self.number_in(newest, oldest))

    def moment(self, day: dt.date, first: int = 8, last: int = 15) -> dt.datetime:
        """A moment of that day between these hours of the office, to the minute, in UTC; never after `now`."""
        hours, minutes = self.number_in(first, last), self.number_in(0, 59)
        return min(
            self.now,
            dt.datetime(day.year, day.month, day.day, hours, minutes, tzinfo=self.zone).astimezone(UTC),
        )

    @property
    def now(self) -> dt.datetime:
        """The moment of sampling: today at noon, in UTC."""
        return dt.datetime(
            self.today.year, self.today.month, self.today.day, 12, tzinfo=self.zone
        ).astimezone(UTC)

    def sex(self) -> str:
        """M or F."""
        return "F" if self.rng.random() < 0.5 else "M"

    def name(self, sex: str = "") -> str:
        """A person's name."""
        given = WOMEN if (sex or self.sex()) == "F" else MEN
        return f"{self.one(given)} {self.one(FAMILY)}" if self.rng.random() < 0.85 else self.one(given)

    def clerk(self) -> str:
        """One of the office's own people."""
        return self.one(CLERKS)

    def nik(self, sex: str, born: dt.date) -> str:
        """A NIK that fits sex and birth date (domain.md 2.3); no two are the same for the first 9,999 of a day."""
        day = born.day + (40 if sex == "F" else 0)
        return f"18720{self.number_in(1, 5)}{day:02d}{born:%m%y}{self.number_in(1, 9999):04d}"

    def phone(self) -> str:
        """A mobile number."""
        return f"+628{self.one(('12', '13', '21', '52', '53', '57', '78', '95'))}{self.number_in(10_000_000, 99_999_999)}"

    def idpel(self) -> str:
        """A PLN customer number; each is given once."""
        office = 30 + self.office_no if self.marked else 30
        return f"175{office % 100:02d}{self.number('idpel'):07d}"

    def village(self) -> Village:
        """One of the office's villages."""
        return self.one(self.villages)

    def point_in(self, village: Village) -> tuple[Number, Number]:
        """Latitude and longitude within about 400 m of the village's middle, 6 decimals."""
        spread = self.rng.random
        lat, lon = village.lat + round(7200 * (spread() - 0.5)), village.lon + round(7200 * (spread() - 0.5))
        return Number(lat).scaleb(-6), Number(lon).scaleb(-6)

    def place(self) -> dict[str, Value]:
        """The fields of `common.place()`."""
        village = self.village()
        lat, lon = self.point_in(village)
        return {
            "street_name": self.one(STREETS),
            "address_detail": self.one(LANDMARKS) if self.rng.random() < 0.4 else None,
            "village_code": village.code,
            "rt": f"{self.number_in(1, 12):03d}",
            "rw": f"{self.number_in(1, 8):03d}",
            "latitude": lat,
            "longitude": lon,
            "coord_source": "GPS" if self.rng.random() < 0.7 else "PHONE_PHOTO",
        }

    def administration(self) -> dict[str, Value]:
        """The fields of the closing section."""
        return {"responsible_agency": "PERKIM", "from_old_register": False}

    def keep(self, record: Record, *facts: str, **more: str) -> Record:
        """Remember the record for those that will refer to it, with these of its values and what else is to be known."""
        known = {name: record.values.get(name) for name in facts}
        self.made[record.kind].append(Made(record.uid, {**known, **more}))
        return record

    def pick(self, kind: str) -> Made | None:
        """One of the records of this kind made before; None when there are none."""
        made = self.made[kind]
        return self.one(made) if made else None

    def line(self, at: dt.datetime, **values: Value) -> Line:
        """A child line."""
        return Line(self.uid(at), values)

    def materials(self, at: dt.datetime, trade: str, most: int = 3) -> list[Line]:
        """Lines of used materials, from none to `most`, of what this trade uses (see `shared.samples`)."""
        lines = []
        for _ in range(self.number_in(0, most)):
            used = self.pick("material")
            if used is not None and used.facts["trade"] == trade:
                price = self.number_in(5, 900) * 1000
                lines.append(
                    self.line(
                        at,
                        material=used.uid,
                        qty=Number(self.number_in(1, 20)),
                        unit=used.facts["unit"],
                        unit_price=price,
                        source=self.one(("STOCK", "STOCK", "PURCHASE")),
                        old_part_returned=self.chance(0.5),
                    )
                )
        return lines

    def record(
        self,
        kind: str,
        at: dt.datetime,
        values: dict[str, Value],
        *,
        cycle: LifeCycle | None = None,
        steps: Sequence[Step] = (),
    ) -> Record:
        """A record entered at that moment by one of the clerks, walked along its life cycle by these steps.

        A step whose time lies before the one before it (or ahead of now) is taken at the same moment as that one.
        """
        by = self.clerk()
        made = Record(
            kind,
            self.uid(at),
            values,
            site_code=self.site_code,
            entry_by=by,
            entry_at=at,
            updated_by=by,
            updated_at=at,
        )
        if cycle is not None:
            made.status = cycle.start
            made.moves.append(Moved(self.uid(at), BEGIN, None, cycle.start, at, by))
            for name, wanted, reason in steps:
                when = min(max(wanted, made.moves[-1].at), self.now)
                move = cycle.move(name)
                if move is None:
                    raise KeyError(name)
                by = _other(by) if move.by == "second_person" else self.clerk()
                made.moves.append(Moved(self.uid(when), name, made.status, move.to, when, by, reason))
                made.status, made.updated_at, made.updated_by = move.to, when, by
        return made


def _other(person: str) -> str:
    return CLERKS[CLERKS.index(person) - 1]
