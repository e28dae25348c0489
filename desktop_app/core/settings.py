"""What differs from office to office is data: organisation, sections, periods, tariffs, the city's box. Defaults are Kota Metro's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

PRACTICE = "practice"
"""The line beside the settings that makes a data folder one for practice. No setting: it is written once, before anything else."""


def is_practice(lines: Mapping[str, str]) -> bool:
    """Whether these stored lines are those of a folder for practice."""
    return lines.get(PRACTICE) == "true"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Settings of this installation; each is kept as one line of text under its name (see services.settings).

    Sources of the defaults: domain.md sections 1, 2.4, 5.1, 6.4. `city_box` is (south, west, north, east) in degrees WGS84.
    """

    site_code: str = ""
    role: str = "office"
    office_name: str = ""
    installation_letter: str = ""
    language: str = "id"
    dark: bool = False
    timezone: str = "Asia/Jakarta"
    organisation: str = "Dinas Perumahan dan Kawasan Permukiman"
    letterhead: str = ""
    signatory_name: str = ""
    signatory_nip: str = ""
    responsible_agency: str = "PERKIM"
    sections: tuple[str, ...] = ("lighting", "parks", "cemeteries", "slums")
    city_code: str = "18.72"
    city_box: tuple[Decimal, Decimal, Decimal, Decimal] = (
        Decimal("-5.18"),
        Decimal("105.24"),
        Decimal("-5.06"),
        Decimal("105.36"),
    )
    city_area_ha: Decimal = Decimal("6874.00")
    idpel_prefixes: tuple[str, ...] = ()
    sla_hours: int = 24
    sla_hours_max: int = 72
    permit_validity_months: int = 36
    stacking_min_years: int = 3
    stacking_max: int = 3
    hectares_method: str = "COMPLETED"
    credit_road_work_to_buildings: bool = False
    part_megabytes: int = 15
    escrow_recipient: str = ""

    @property
    def zone(self) -> ZoneInfo:
        """The office's time zone; Lampung is WIB = Asia/Jakarta, +07:00."""
        return ZoneInfo(self.timezone)
