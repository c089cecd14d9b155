"""Checks on records, one module a rule; the docstring of a rule is its page and its test (DOMAIN §7)."""
