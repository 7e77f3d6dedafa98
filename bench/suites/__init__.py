"""One file for each benchmark: what it measures, the table it makes of it, and what was promised."""
