"""From figures to sheets."""
