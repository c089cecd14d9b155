"""Every figure, defined once in plain SQL over the spans (DOMAIN §4)."""
