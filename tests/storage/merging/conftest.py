"""Empty sites of the small world, to be copied: making a database takes longer than most tests."""

from __future__ import annotations

import shutil
from itertools import count

import pytest

from tests.storage.merging.tiny import OLDER, REGISTRY
from tests.storage.merging.world import CITY, Clock, Site, migrations_for


class World:
    """Makes sites."""

    def __init__(self, folder, templates):
        self.folder, self.templates, self.clock, self.sites = folder, templates, Clock(), []
        self._numbers = count()

    def site(self, code, registry=REGISTRY):
        template, migrations = self.templates[registry]
        folder = self.folder / f"site{next(self._numbers)}"
        shutil.copytree(template, folder)
        made = Site(folder, code, self.clock, migrations, registry)
        with made.store.writing("") as writer:
            writer.site_row = writer.site_row.renewed()
        self.sites.append(made.begin())
        return made

    def headquarters(self):
        return self.site(CITY)

    def close(self):
        for site in self.sites:
            site.close()


@pytest.fixture(scope="session")
def templates(tmp_path_factory):
    made = {}
    for registry in (REGISTRY, OLDER):
        folder = tmp_path_factory.mktemp("tiny")
        migrations = migrations_for(folder, registry)
        Site(folder / "data", "", Clock(), migrations, registry).close()
        made[registry] = (folder / "data", migrations)
    return made


@pytest.fixture
def world(tmp_path, templates):
    made = World(tmp_path, templates)
    yield made
    made.close()
