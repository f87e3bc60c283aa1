"""Data flows one way: corpus -> index -> bot."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path for package in ("corpus", "index", "bot") for path in (ROOT / package).rglob("*.py"))
MAY_IMPORT = {"corpus": {"corpus"}, "index": {"corpus", "index"}, "bot": {"corpus", "index", "bot"}}
ONLY_IN = {
    "faiss": ("index/",),
    "sentence_transformers": ("index/",),
    "openvino": ("index/",),
    "tokenizers": ("index/",),
    "torch": ("index/",),
    "transformers": ("index/",),
    "slack_bolt": ("bot/slack/",),
    "slack_sdk": ("bot/slack/",),
}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_point_left_and_libraries_stay_in_their_room(path):
    where = path.relative_to(ROOT).as_posix()
    names = imported(path)
    assert names & set(MAY_IMPORT) <= MAY_IMPORT[where.split("/")[0]]
    for library, rooms in ONLY_IN.items():
        assert library not in names or where.startswith(rooms)


def test_the_reading_order_names_no_module_that_is_gone():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    order = readme[readme.index("To read it in order:") : readme.index("## Commands")]
    named = re.findall(r"`([\w/]+\.py)`", order)
    there = {path.relative_to(ROOT).as_posix() for path in MODULES}
    assert len(named) > 50
    assert [name for name in named if not any(f"/{path}".endswith(f"/{name}") for path in there)] == []
