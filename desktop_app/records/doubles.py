"""Which kinds have possible doubles, and how they are told."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core.resembling import Plan
from desktop_app.records.cemeteries import doubles as cemeteries
from desktop_app.records.lighting import doubles as lighting
from desktop_app.records.parks import doubles as parks
from desktop_app.records.shared import doubles as shared
from desktop_app.records.slums import doubles as slums

PLANS: Mapping[str, Plan] = {
    "streetlight_repair": lighting.REPAIRS,
    "light_point": lighting.LAMPS,
    "power_panel": lighting.PANELS,
    "park_work": parks.WORK,
    "park": parks.PARKS,
    "tree_request": parks.REQUESTS,
    "burial": cemeteries.BURIALS,
    "grave_plot": cemeteries.PLOTS,
    "plot_permit": cemeteries.PERMITS,
    "cemetery": cemeteries.CEMETERIES,
    "slum_unit": slums.UNITS,
    "slum_assessment": slums.ASSESSMENTS,
    "slum_intervention": slums.INTERVENTIONS,
    "slum_target": slums.TARGETS,
    "slum_decree": slums.DECREES,
    "crew": shared.CREWS,
    "material": shared.MATERIALS,
}
"""Regions come from the decree, photos and conflicts from the program: they are never typed twice."""
