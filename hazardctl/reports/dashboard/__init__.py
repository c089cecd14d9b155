"""The dashboard: the reports of a period on one page."""
