"""The HTTP edge: rows of routes become requests that are read, checked, done in one hop and answered."""

from microblog.http.rows import Listing, Reply, Row

__all__ = ["Listing", "Reply", "Row"]
