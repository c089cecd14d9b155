"""Queues: what waits for somebody on a day, each found from records by one small pure function (DOMAIN §12.2)."""
