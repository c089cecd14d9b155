"""The measures of every family but hazards, one module a family (DOMAIN §4.6)."""
