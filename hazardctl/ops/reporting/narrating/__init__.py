"""What a work summary is told of: the templates in force, the things its sections are repeated over, where the weak points are."""
