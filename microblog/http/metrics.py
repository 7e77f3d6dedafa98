"""Figures for Prometheus: of this process alone, since each worker is asked by itself."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Metrics:
    """The registry of one process. `gauge` adds a figure that is read when it is asked for."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._requests = Counter(
            "microblog_requests",
            "Requests answered, by method and status.",
            ("method", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "microblog_request_seconds",
            "Time from a request's head to the end of its answer.",
            ("method",),
            buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
            registry=self._registry,
        )

    def request(self, method: str, status: int, seconds: float) -> None:
        """Count one request; status 0 is one whose client left before it was answered."""
        method = method if method in _METHODS else "other"
        self._requests.labels(method, status).inc()
        self._seconds.labels(method).observe(seconds)

    def gauge(self, name: str, meaning: str, read: Callable[[], float]) -> None:
        """Add `microblog_NAME`, read by calling `read` whenever the figures are asked for."""
        Gauge(f"microblog_{name}", meaning, registry=self._registry).set_function(read)

    def exposition(self) -> tuple[bytes, bytes]:
        """The figures as text, and its content type."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST.encode()
