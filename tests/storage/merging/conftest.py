"""Empty sites of the small world, to be copied: making a database takes longer than most tests."""

from __future__ import annotations

from itertools import count

import pytest

from tests.storage.merging.tiny import OLDER, REGISTRY
from tests.storage.merging.world import CITY, Clock, Site
from tests.storage.own import own_migrations


class World:
    """Makes sites."""

    def __init__(self, engine, folder, templates):
        self.engine = engine
        self.folder, self.templates, self.clock, self.sites = folder, templates, Clock(), []
        self._numbers = count()

    def site(self, code, registry=REGISTRY):
        template, migrations = self.templates[registry]
        base = self.engine.copy(template, self.folder / f"site{next(self._numbers)}")
        made = Site(base, code, self.clock, migrations, registry)
        with made.store.writing("") as writer:
            writer.site_row = writer.site_row.renewed()
        self.sites.append(made.begin())
        return made

    def headquarters(self):
        return self.site(CITY)

    def close(self):
        for site in self.sites:
            site.close()
            self.engine.drop(site.base)


@pytest.fixture(scope="session")
def templates(engine, tmp_path_factory):
    made = {}
    for registry in (REGISTRY, OLDER):
        folder = tmp_path_factory.mktemp("tiny")
        migrations = own_migrations(folder, registry)
        base = engine.new(folder / "data")
        Site(base, "", Clock(), migrations, registry).close()
        made[registry] = (base, migrations)
    return made


@pytest.fixture
def world(engine, tmp_path, templates):
    made = World(engine, tmp_path, templates)
    yield made
    made.close()
