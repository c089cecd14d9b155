"""Papers printed from records: what each kind is of, what its template is filled with, and how it is written back (DOMAIN §10)."""
