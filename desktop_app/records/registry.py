"""All sections and kinds, in the order of the sidebar."""

from __future__ import annotations

from desktop_app.core.spec import Registry, SectionOfWork
from desktop_app.core.words import Words
from desktop_app.records.cemeteries import burial, cemetery, grave_plot, plot_permit
from desktop_app.records.lighting import light_point, power_panel, streetlight_repair
from desktop_app.records.parks import park, park_work, tree_request
from desktop_app.records.shared import attachment, conflict, crew, material, proposal, region
from desktop_app.records.slums import slum_assessment, slum_decree, slum_intervention, slum_target, slum_unit

SECTIONS = (
    SectionOfWork("lighting", "Penerangan Jalan", "Street lighting", "post-lamp", Words("Lampu", "Lights")),
    SectionOfWork("parks", "Taman", "Parks", "tree-outline", Words("Taman", "Parks")),
    SectionOfWork("cemeteries", "Pemakaman", "Cemeteries", "grave-stone", Words("Makam", "Graves")),
    SectionOfWork("slums", "Kawasan Kumuh", "Slum areas", "home-group", Words("Kumuh", "Slums")),
    SectionOfWork("shared", "Data acuan", "Reference data", "book-open-variant", Words("Acuan", "Reference")),
)

KINDS = (
    streetlight_repair.KIND,
    light_point.KIND,
    power_panel.KIND,
    park_work.KIND,
    park.KIND,
    tree_request.KIND,
    burial.KIND,
    grave_plot.KIND,
    plot_permit.KIND,
    cemetery.KIND,
    slum_unit.KIND,
    slum_assessment.KIND,
    slum_intervention.KIND,
    slum_target.KIND,
    slum_decree.KIND,
    crew.KIND,
    material.KIND,
    region.KIND,
    attachment.KIND,
    conflict.KIND,
    proposal.KIND,
)

REGISTRY = Registry(SECTIONS, KINDS)
