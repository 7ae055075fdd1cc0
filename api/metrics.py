"""Metrics for Prometheus: requests and their latencies, entries, sizes of maps, restarts of the query engine.

With several server processes the counters are kept in files of a folder that all of them see
(`PROMETHEUS_MULTIPROC_DIR`), so that any of them can show the sums.
"""

import os
from collections.abc import Iterator

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from graphs.ledger import Ledger

CONTENT_TYPE = CONTENT_TYPE_LATEST
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)


class Metrics:
    """What this process counts."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._registry = CollectorRegistry()
        self.requests = Counter(
            "conceptmap_requests", "Requests answered.", ["method", "route", "status"], registry=self._registry
        )
        self.seconds = Histogram(
            "conceptmap_request_seconds",
            "Seconds until a request was answered.",
            ["method", "route"],
            buckets=_BUCKETS,
            registry=self._registry,
        )
        self.engine_starts = Counter(
            "conceptmap_sparql_worker_restarts",
            "How often the SPARQL worker was started again after it ended.",
            registry=self._registry,
        )

        self._of_route: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request. Finding what counts it is half of the cost, so that is kept."""
        key = (method, route, status)
        counts = self._of_route.get(key)
        if counts is None:
            counts = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._of_route[key] = counts
        counts[0].inc()
        counts[1].observe(seconds)

    def text(self) -> bytes:
        """All of it, as Prometheus reads it."""
        registry = self._registry
        if FOLDER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library does not annotate it
        return generate_latest(registry) + generate_latest(_StoreMetrics(self._ledger))


class _StoreMetrics(Collector):
    """What the store and this process's folds say now."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def collect(self) -> Iterator[Metric]:
        entries = GaugeMetricFamily("conceptmap_entries", "Entries of the log.", labels=["map"])
        for name, count in self._ledger.log.counts().items():
            entries.add_metric([name], count)
        yield entries
        nodes = GaugeMetricFamily("conceptmap_nodes", "Nodes of the maps read by this process.", labels=["map"])
        edges = GaugeMetricFamily("conceptmap_edges", "Edges of the maps read by this process.", labels=["map"])
        for name, (node_count, edge_count) in self._ledger.sizes().items():
            nodes.add_metric([name], node_count)
            edges.add_metric([name], edge_count)
        yield nodes
        yield edges
