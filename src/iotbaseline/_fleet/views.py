"""The views over the tables of a fleet, in SQL that engines share."""

from __future__ import annotations

from functools import cache


@cache
def views() -> dict[str, str]:
    """The SQL of each view, by its name, in the order in which they are to be made.

    It is plain enough for DuckDB and Spark alike. The tables that it reads are those of ``TABLES``.
    """
    from importlib_resources import files

    found = files(__package__).joinpath("sql").iterdir()
    texts = {file.name: file.read_text("utf-8") for file in found if file.name.endswith(".sql")}
    return {name.removesuffix(".sql").partition("_")[2]: texts[name] for name in sorted(texts)}
