"""Words in, one use case, one renderer, text and an exit code out."""
