"""Single steps of the hot path, by pytest-benchmark: `python -m pytest bench/micro`."""
