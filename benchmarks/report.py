"""How a benchmark says what it measured: a table for people, JSON for whoever compares runs."""

import os
from dataclasses import asdict, dataclass
from pathlib import Path

import orjson

FOLDER = Path(os.environ.get("LUMENHALL_BENCH_FOLDER", "benchmarks/results"))


@dataclass(frozen=True)
class Figure:
    """One measured figure; `at_most` says on which side of `limit` it should be."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    at_most: bool = True

    @property
    def verdict(self) -> str:
        if self.limit is None:
            return "reported"
        kept = self.value <= self.limit if self.at_most else self.value >= self.limit
        return "kept" if kept else "MISSED"


def report(benchmark: str, figures: list[Figure]) -> None:
    """Print the figures and write them to `benchmarks/results/<benchmark>.json`."""
    for figure in figures:
        sign = "≤" if figure.at_most else "≥"
        promise = f"  promised {sign} {figure.limit:g}" if figure.limit is not None else ""
        print(f"{figure.name:<64}{figure.value:>10.3f} {figure.unit:<4}{promise}  {figure.verdict}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    rows = [asdict(figure) | {"verdict": figure.verdict} for figure in figures]
    (FOLDER / f"{benchmark}.json").write_bytes(orjson.dumps(rows, option=orjson.OPT_INDENT_2))
