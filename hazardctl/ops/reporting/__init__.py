"""The reports of a period: a report is one module here and one line in `names`."""
