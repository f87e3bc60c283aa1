"""Draws recall against time, one panel for each size of corpus."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any


def draw(figures: list[dict[str, Any]], path: Path) -> None:
    """Write the picture as PNG, or say in one line what is missing for it."""
    try:
        from matplotlib import pyplot
    except ImportError:
        print("no picture without matplotlib: pip install matplotlib", file=sys.stderr)
        return
    sizes = sorted({row["size"] for row in figures})
    colours: dict[str, str] = {}
    figure, panels = pyplot.subplots(1, len(sizes), figsize=(5 * len(sizes), 4.6), sharey=True, squeeze=False)
    for panel, size in zip(panels[0], sizes, strict=True):
        for kind in dict.fromkeys(row["kind"] for row in figures if row["size"] == size):
            rows = [row for row in figures if (row["size"], row["kind"]) == (size, kind)]
            colour = colours.setdefault(_family(kind), f"C{len(colours)}")
            label = f"{kind}, {rows[0]['file_mb']:,.0f} MB"
            panel.plot(
                [row["ms"] for row in rows], [row["rescored"] for row in rows], "o-", ms=4, label=label, c=colour
            )
        panel.axhline(0.98, color="grey", lw=0.8, ls=":")
        panel.set(title=f"{size:,} passages", xscale="log", ylim=(0.7, 1.01))
        panel.set_xlabel("ms for a query on one thread (median)")
        panel.xaxis.set_major_formatter("{x:g}")
        panel.xaxis.set_minor_formatter("")
        panel.legend(fontsize=7, loc="lower right")
    panels[0][0].set_ylabel("recall@10, the 256 rows found scored exactly")
    figure.tight_layout()
    figure.savefig(path, dpi=110)


def _family(kind: str) -> str:
    """A kind without the number of its lists."""
    name, _, code = kind.partition(",")
    return f"{name.rstrip('0123456789') if name.startswith('IVF') else name},{code}"
