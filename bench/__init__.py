"""The benchmark suite: how fast what one person says is on every screen, beside the best that others do."""
