"""Ledgers beyond one machine: their relations as Parquet files, several ledgers in one folder (DESIGN §5, docs/adr/0016).

    DIR/hazard/ledger=KEY/year=2026/part-0123456789ab.parquet     one folder a relation, then a ledger, then a year
    DIR/_ledgers/KEY.json                                         which files count, and all that is no relation

A file is named by its content. The page of a ledger is replaced last and in one step: whoever reads it sees the old export or the
new one whole. Files that no page names are those of an export that was cut short, and the next one sweeps them.
"""
