"""What a benchmark found, as a table to read, JSON to keep and a chart to look at."""

from bench.report.chart import Chart, Series
from bench.report.outcome import Check, Outcome, at_least, at_most, holds
from bench.report.table import Column, Table

__all__ = ["Chart", "Check", "Column", "Outcome", "Series", "Table", "at_least", "at_most", "holds"]
