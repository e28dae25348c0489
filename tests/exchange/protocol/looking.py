"""What the tests of the rules look at."""

from __future__ import annotations

from desktop_app.exchange import own
from desktop_app.exchange.package.reading import open_package
from desktop_app.storage import exchanging
from tests.exchange.world import Site, World


def opened_header(site: Site, file):
    with open_package(file, (own.keys(site.ctx.store).identity,), site.folder) as opened:
        return opened.header


def untouched(site: Site):
    """Everything that receiving could change."""
    with site.ctx.store.reading() as reader:
        return (site.rows(), exchanging.peers(reader), exchanging.packages_in(reader), reader.site_id)


def distrust(world: World, office: Site) -> None:
    with world.head.writing() as writer:
        peer = exchanging.peer(writer, office.id)
        exchanging.put_peer(writer, peer._replace(trusted_at=None, trusted_by=None))
