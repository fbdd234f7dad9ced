"""Figures for machines, as Prometheus reads them (text format 0.0.4)."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Sample(NamedTuple):
    """One value and the labels that tell it from its neighbours."""

    value: float
    labels: Mapping[str, str] = {}


class Metric(NamedTuple):
    """One figure: its name without our prefix, what it says, and its values.

    A name that ends in `_total` only grows; every other figure goes up and down.
    """

    name: str
    said: str
    samples: tuple[Sample, ...]


def one(name: str, said: str, value: float) -> Metric:
    """Return a figure with a single value."""
    return Metric(name, said, (Sample(value),))


def by(name: str, said: str, label: str, values: Mapping[str, float]) -> Metric:
    """Return a figure with one value for each value of a label."""
    return Metric(name, said, tuple(Sample(value, {label: key}) for key, value in sorted(values.items())))


def written(metrics: Iterable[Metric]) -> str:
    """Return the figures in the text format; a figure without values is left out."""
    lines = []
    for metric in metrics:
        if not metric.samples:
            continue
        name = f"nachklang_{metric.name}"
        kind = "counter" if metric.name.endswith("_total") else "gauge"
        lines += [f"# HELP {name} {metric.said}", f"# TYPE {name} {kind}"]
        lines += [f"{name}{labelled(sample.labels)} {number(sample.value)}" for sample in metric.samples]
    return "\n".join(lines) + "\n"


def labelled(labels: Mapping[str, str]) -> str:
    """Return labels in braces with their values escaped, nothing when there are none."""
    if not labels:
        return ""
    escaped = {
        name: value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        for name, value in labels.items()
    }
    return "{" + ",".join(f'{name}="{value}"' for name, value in escaped.items()) + "}"


def number(value: float) -> str:
    """Return a value as briefly as it can be written without loss."""
    return str(int(value)) if value == int(value) else repr(float(value))
