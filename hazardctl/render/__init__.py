"""From sheets and diagnostics to text, one module a format."""
