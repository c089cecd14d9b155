"""From sheets and boards to pages for a browser: one file each, no request, a strict policy (EXPERIENCE §8.7)."""
