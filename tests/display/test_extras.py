"""The one place that knows which extra installs an optional library."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

import iotbaseline as ib
from iotbaseline._display.extras import EXTRAS, require
from iotbaseline.errors import MissingExtraError

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DECLARED = {
    extra: {re.split(r"[<>=]", requirement)[0] for requirement in requirements}
    for extra, requirements in PROJECT["optional-dependencies"].items()
}
MODULES = {path: ast.parse(path.read_text("utf-8")) for path in Path(ib.__file__).parent.rglob("*.py")}


@pytest.mark.parametrize("module", sorted(EXTRAS))
def test_the_extra_installs_the_library(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    library, extra = EXTRAS[module]
    assert library in DECLARED[extra]
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError) as caught:
        require(module)
    assert str(caught.value) == f"{library} is not installed; run: pip install 'iotbaseline[{extra}]'"


def test_what_is_there_is_not_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "jinja2", raising=False)
    require("jinja2")
    assert "jinja2" not in sys.modules


def test_every_optional_library_is_asked_for_here() -> None:
    """Click and rich are not: ``__main__`` says without them what to install."""
    optional = set().union(*DECLARED.values()) - {"click", "rich"}
    assert {library for library, _ in EXTRAS.values()} == optional
    called = [node for tree in MODULES.values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [(node.func.id, node.args) for node in called if isinstance(node.func, ast.Name)]
    assert {ast.literal_eval(arguments[0]) for name, arguments in names if name == "require"} == set(EXTRAS)
    assert [name for name, _ in names].count("MissingExtraError") == 1
