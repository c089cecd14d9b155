"""Records and events as frozen values, and the registry of their kinds."""
