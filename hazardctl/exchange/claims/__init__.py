"""Claims: what the text of a work summary says in figures, each with the measure it speaks of and where it stands."""
