"""Libraries that are not always there, and the extras that install them."""

from __future__ import annotations

from iotbaseline.errors import MissingExtraError

EXTRAS = {
    "duckdb": ("duckdb", "fleet"),
    "jinja2": ("Jinja2", "site"),
    "matplotlib": ("matplotlib", "plot"),
    "mcp": ("mcp", "mcp"),
    "openpyxl": ("openpyxl", "excel"),
    "pandas": ("pandas", "pandas"),
    "polars": ("polars", "polars"),
    "pyarrow": ("pyarrow", "arrow"),
    "pydot": ("pydot", "dot"),
    "pypdfium2": ("pypdfium2", "pdf"),
    "rapidfuzz": ("rapidfuzz", "drafts"),
    "xlsxwriter": ("XlsxWriter", "excel"),
    "yaml": ("PyYAML", "ciso"),
}
"""Each module that is imported only where it is needed, the library it is of, and the extra that installs it."""


def require(module: str) -> None:
    """Make sure that a module of :data:`EXTRAS` can be imported, without importing it.

    Raises :class:`~iotbaseline.errors.MissingExtraError` if it is not installed.
    """
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise MissingExtraError(*EXTRAS[module])
