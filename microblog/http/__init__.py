"""The HTTP edge: rows of routes become requests that are read, checked, done in one hop and answered."""

from microblog.http.metrics import Metrics
from microblog.http.origin import Origins
from microblog.http.policy import Erasure
from microblog.http.request import Authenticate, Request
from microblog.http.rows import Listing, Reply, Row
from microblog.http.surface import application, build, site

__all__ = [
    "Authenticate",
    "Erasure",
    "Listing",
    "Metrics",
    "Origins",
    "Reply",
    "Request",
    "Row",
    "application",
    "build",
    "site",
]
