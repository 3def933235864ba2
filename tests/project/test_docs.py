"""The documentation is complete and names nothing that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline import assessments

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
if not DOCS.is_dir():
    pytest.skip("the documentation is not part of the package", allow_module_level=True)


def test_the_reference_has_every_public_name() -> None:
    reference = (DOCS / "reference.md").read_text("utf-8")
    documented = set(
        re.findall(r"^(?:   |\.\. (?:auto\w+|data):: )(?:iotbaseline\.relations\.)?(\w+)", reference, re.MULTILINE)
    )
    errors = {
        name for name, value in vars(ib.errors).items() if isinstance(value, type) and issubclass(value, Exception)
    }
    modules = {"assessments", "errors", "fleet", "formats", "kinds", "relations"}
    assert documented >= ({*ib.__all__} - modules) | {*ib.kinds.__all__} | {*assessments.__all__} | errors


@pytest.mark.parametrize("page", sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("*.md")))
def test_links_of_the_repository_lead_somewhere(page: str) -> None:
    """Sphinx checks those inside ``docs/``."""
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", (ROOT / page).read_text("utf-8"))
    files = [link for link in links if not link.startswith(("http:", "https:"))]
    assert [link for link in files if not (ROOT / link).exists()] == []


def test_every_page_is_reached() -> None:
    pages = {
        path.relative_to(DOCS).with_suffix("").as_posix()
        for path in DOCS.rglob("*")
        if path.suffix in (".md", ".ipynb")
    }
    reached = {"index"}
    for index in ("index", "decisions/index"):
        trees = re.findall(r"```\{toctree\}\n(.*?)```", (DOCS / f"{index}.md").read_text("utf-8"), re.DOTALL)
        lines = [line for tree in trees for line in tree.splitlines() if line and not line.startswith(":")]
        reached |= {(Path(index).parent / line).as_posix() for line in lines}
    assert pages == reached
