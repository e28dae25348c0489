"""Cemeteries (tempat pemakaman umum): sites, plots, burials, plot permits."""
