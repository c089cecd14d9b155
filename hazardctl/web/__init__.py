"""The ledger in a browser of this machine: read only, on loopback (docs/guide/dashboard.md)."""
