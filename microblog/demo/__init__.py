"""A made-up consultancy on a throwaway store: `microblog serve --demo`."""

from microblog.demo.throwaway import Demo, throwaway

__all__ = ["Demo", "throwaway"]
