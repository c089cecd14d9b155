"""Use cases, one module a verb or family: the only floor that sees files, rules and reports together."""
