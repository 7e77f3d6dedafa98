"""The peers that are a few lines of Python: each takes a port for subscribers and one for publishing."""
