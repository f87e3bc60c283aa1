"""What building an index costs beside the encoding of its texts in bulk, and finding it current beside reading it.

`python -m benchmarks.building`, a part of `make bench`. The corpus is made up (benchmarks/corpora.py).
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import documents
from benchmarks.latency import timed
from bot.settings import Settings
from corpus.submission import find_submissions, read_expanded
from index.encoder import Encoder, load_encoder
from index.shard import prepare
from index.upkeep import Upkeep

PASSAGES = 1500


def main() -> None:
    """Print the ratios."""
    encoder = load_encoder("", Settings().data / "model", print)
    encoder.encode(["The model is loaded."] * 100)
    with tempfile.TemporaryDirectory() as folder:
        corpus, index = Path(folder, "corpus"), Path(folder, "index")
        _write(corpus)
        texts = _texts(corpus)
        bulk = timed(lambda: encoder.encode(texts))
        whole = timed(lambda: _build(corpus, index, encoder))
        count = len(find_submissions(corpus))
        print(f"floor: encoding {len(texts):,} texts in bulk")
        print(f"building the index of their {count} submissions: {whole / bulk:.2f} times the floor")
        with (corpus / "SYN00003" / "source.txt").open("a", encoding="utf-8") as changed:
            changed.write("\nOne sentence was added in the end.\n")
        again = timed(lambda: _build(corpus, index, encoder))
        print(f"bringing it up to date after one sentence: {again / bulk:.2f} times the floor")
        reading = timed(lambda: [path.read_bytes() for path in index.glob("build-*/*")])
        loading = timed(lambda: Upkeep(corpus, index, encoder).load())
        print(f"finding it current: {loading / reading:.1f} times reading its files")


def _write(corpus: Path) -> None:
    for document in documents(PASSAGES):
        place, meta = corpus / document.reference, document.metadata
        place.mkdir(parents=True)
        known = f'reference = "{meta.reference}"\ntitle = "{meta.title}"\nsubmitter = "{meta.submitter}"\n'
        (place / "submission.toml").write_text(known, encoding="utf-8")
        (place / "source.txt").write_text(document.text, encoding="utf-8")


def _texts(corpus: Path) -> Sequence[str]:
    """What is encoded for the corpus, each text once."""
    read = (prepare(*read_expanded(place)) for place in find_submissions(corpus))
    return list(dict.fromkeys(row.text for prepared in read for row in prepared.rows))


def _build(corpus: Path, index: Path, encoder: Encoder) -> None:
    Upkeep(corpus, index, encoder).build()


if __name__ == "__main__":
    main()
