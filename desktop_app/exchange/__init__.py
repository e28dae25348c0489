"""Exchange between offices and headquarters: packages as files, and the protocol that makes them merge (docs/exchange.md)."""
