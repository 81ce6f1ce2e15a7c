"""Children, parents and carers, their names, addresses, identifiers and universal services."""
