"""What is wrong with a ledger: one module a rule (DOMAIN §7)."""
