"""microblog: a real-time microblogging server for one organisation."""

__version__ = "0.1.0"
