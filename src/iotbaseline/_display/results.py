"""The base of every result: a collection of items that shows itself as rows, frames, text, Markdown, JSON and HTML.

A type says what its columns are; how they are drawn is in :mod:`iotbaseline._display.html`,
:mod:`iotbaseline._display.markdown` and :mod:`iotbaseline._display.records`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, ClassVar, Generic, Self, SupportsIndex, TypeAlias, TypeVar, cast, overload

from attrs import evolve

from iotbaseline._display import html, markdown
from iotbaseline._display.records import Cell, Column, Named, Record, Tabular, Value
from iotbaseline.errors import ArgumentTypeError, UnknownIdentifierError

T = TypeVar("T")
K = TypeVar("K", bound=str)

Shown: TypeAlias = dict[str, tuple[str, ...]]
"""What a report shows: each heading with the name of a column, or with those of identifiers and of their names."""
Head: TypeAlias = dict[str, object]
"""What identifies a result in JSON."""
MOST_ROWS = 100
"""How many rows of a table a notebook shows."""


class Text(str):
    """A text that a notebook shows line by line."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return html.text(self)


class Item(Tabular):
    """One thing that is a row by itself."""

    __slots__ = ()

    SHOWN: ClassVar[Shown] = {}
    """What a table of several shows of each."""

    def to_records(self) -> list[Record]:
        """Return one flat row of plain values; lists are joined."""
        return [{column.name: column.flat(self) for column in columns_of(self)}]

    def to_json(self) -> str:
        """The row as a JSON object; lists stay lists."""
        return dumped({column.name: column.nested(self) for column in columns_of(self)})

    def _repr_html_(self) -> str:
        [row] = self.to_records()
        facts = [(name, str(value)) for name, value in row.items() if value is not None]
        return html.card(type(self).__name__, str(self), (), facts)


I = TypeVar("I", bound=Item)  # noqa: E741


class Result(Tabular, Generic[T, K]):
    """A read-only collection of items.

    ``HELD`` is the field that holds the items, ``LISTED`` their name in reports and JSON. Items are counted by one
    column, whose values have the type ``K``; if ``GROUPED``, reports are grouped by it too, and the headings of
    ``IN_GROUP`` need no column of their own there.
    """

    __slots__ = ()

    HELD: ClassVar[str]
    LISTED: ClassVar[str]
    SHOWN: ClassVar[Shown] = {}
    GROUPED: ClassVar[bool] = False
    IN_GROUP: ClassVar[tuple[str, ...]] = ()

    def columns(self) -> tuple[Column[T], ...]:
        """The columns of the table."""
        raise NotImplementedError

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, key: slice, /) -> Self: ...
    def __getitem__(self, key: SupportsIndex | slice, /) -> T | Self:
        """An item by its place, or the result with only the items of a slice.

        Raises ``IndexError`` for a place beyond the last, and :class:`~iotbaseline.errors.ArgumentTypeError` for a key
        of another type.
        """
        if isinstance(key, slice):
            return self._part(self._items[key])
        try:
            return self._items[key]
        except TypeError:
            expected = "a whole number, a slice or, where items have names, a name; where() finds others"
            raise ArgumentTypeError("the key", type(key).__name__, expected) from None

    def counts(self) -> dict[K, int]:
        """The number of items in each group: by kind, level or whatever the result is counted by, empty groups too."""
        known, groups_of = self._grouping()
        counted = Counter(group for item in self._items for group in groups_of(item))
        return {cast("K", group): counted[group] for group in dict.fromkeys((*known, *counted))}

    def where(self, condition: Callable[[T], bool] | str) -> Self:
        """The result with only the items that satisfy a condition, or that are of one of the groups in :meth:`counts`.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` for an unknown group, and
        :class:`~iotbaseline.errors.ArgumentTypeError` for what is neither.
        """
        if not isinstance(condition, str) and not callable(condition):
            raise ArgumentTypeError("condition", type(condition).__name__, "a function or the name of a group")
        keep = self._is_in(condition) if isinstance(condition, str) else condition
        return self._part(tuple(filter(keep, self._items)))

    def to_records(self) -> list[Record]:
        """Return one flat row of plain values per item; lists are joined."""
        columns = self.columns()
        return [{column.name: column.flat(item) for column in columns} for item in self._items]

    def to_text(self) -> str:
        """A report in plain text."""
        groups = ((name, [self._explained(item) for item in items]) for name, items in self._groups())
        return markdown.text(self._opening, groups)

    def to_markdown(self) -> str:
        """A report in Markdown."""
        shown = {heading: names for heading, names in self._shown.items() if heading not in self.IN_GROUP}
        groups = ((name, self._cells(items, shown)) for name, items in self._groups())
        return markdown.markdown(self._name, self._opening, tuple(shown), groups)

    def to_json(self) -> str:
        """The result as JSON: what it is of, the counts, and an object per item; lists stay lists."""
        columns = self.columns()
        items = [self._nested(item, columns) for item in self._items]
        return dumped({**self._head(), **self._noticed, "counts": self._counts_in_json(), self.LISTED: items})

    def _repr_html_(self) -> str:
        badges = [*self._badges(), *self._noticed.values()]
        return html.card(self._name, self._title, badges, self._facts(), self._body())

    def _about(self) -> list[tuple[str, str]]:
        told = ((name, value) for name, value in self._head().items() if isinstance(value, str | int))
        facts = ((name, str(value)) for name, value in told)
        return [("what", self._summary), *self._noticed.items(), *facts, ("rows", str(len(self)))]

    # What a subclass may override

    @property
    def _items(self) -> tuple[T, ...]:
        return cast("tuple[T, ...]", getattr(self, self.HELD))

    @property
    def _name(self) -> str:
        """The heading of a report."""
        raise NotImplementedError

    @property
    def _summary(self) -> str:
        """The line below the heading."""
        return str(self)

    @property
    def _caution(self) -> str | None:
        """What every output has to say of the result as a whole."""
        return None

    @property
    def _noticed(self) -> dict[str, str]:
        return {"notice": self._caution} if self._caution else {}

    @property
    def _opening(self) -> str:
        """What a report begins with."""
        return "\n\n".join((self._summary, *self._noticed.values()))

    @property
    def _title(self) -> str:
        """The title in a notebook."""
        return self._summary

    @property
    def _shown(self) -> Shown:
        return self.SHOWN

    def _part(self, items: tuple[T, ...]) -> Self:
        """The result with only some of its items."""
        return cast("Self", evolve(cast("Any", self), **{self.HELD: items}))

    def _head(self) -> Head:
        """What identifies the result in JSON."""
        return {}

    def _counts_in_json(self) -> object:
        return self.counts()

    def _facts(self) -> Iterable[tuple[str, str | None]]:
        """Facts about the whole result, for a notebook."""
        return ()

    def _badges(self) -> list[str]:
        return [f"{group} {count}" for group, count in self.counts().items() if count]

    def _body(self) -> str:
        """A table of the first items, and how to get the others."""
        items = [item for _, group in self._groups() for item in group]
        table = html.table(tuple(self._shown), self._cells(items[:MOST_ROWS], self._shown))
        left_out = len(items) - MOST_ROWS
        return table + (html.note(f"… and {left_out} more: to_pandas() or to_records()") if left_out > 0 else "")

    def _explained(self, item: T) -> tuple[str, str]:
        """An item in words, and why; for text."""
        return str(item), ""

    def _nested(self, item: T, columns: tuple[Column[T], ...]) -> dict[str, object]:
        """An item as JSON has it."""
        return {column.name: column.nested(item) for column in columns}

    def _grouping(self) -> tuple[tuple[str, ...], Callable[[T], tuple[str, ...]]]:
        """The known groups in order, and a function that returns the groups of an item; others follow as they come."""
        [column] = [column for column in self.columns() if column.groups is not None]
        return column.groups or (), lambda item: _listed(column.value(item))

    def _groups(self) -> list[tuple[str, Sequence[T]]]:
        """The parts of a report, without those that are empty; an item is listed under the first of its groups."""
        if not self.GROUPED:
            return [(self.LISTED, self._items)] if self._items else []
        known, groups_of = self._grouping()
        parts: dict[str, list[T]] = {group: [] for group in known}
        for item in self._items:
            parts[groups_of(item)[0]].append(item)
        return [(group, items) for group, items in parts.items() if items]

    def _is_in(self, group: str) -> Callable[[T], bool]:
        known = self.counts()
        if known and group not in known:
            raise UnknownIdentifierError("group", group, [str(name) for name in known])
        _, groups_of = self._grouping()
        return lambda item: group in groups_of(item)

    def _cells(self, items: Iterable[T], shown: Shown) -> list[list[Cell]]:
        columns = {column.name: column for column in self.columns()}
        chosen = [[columns[name] for name in names] for names in shown.values()]
        return [[_cell(of, item) for of in chosen] for item in items]


def _listed(value: Value) -> tuple[str, ...]:
    if isinstance(value, tuple):
        return value
    return () if value is None else (cast("str", value),)


def _cell(columns: Sequence[Column[T]], item: T) -> Cell:
    if len(columns) == 1:
        return columns[0].flat(item)
    identifiers, names = (_listed(column.value(item)) for column in columns)
    return Named(tuple(zip(identifiers, names or (None,) * len(identifiers), strict=True)))


class Lookup(Result[T, K]):
    """A result whose items have names: ``found[name]`` is one of them, and ``name in found`` says whether it is."""

    __slots__ = ()

    @overload
    def __getitem__(self, key: str | SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, key: slice, /) -> Self: ...
    def __getitem__(self, key: str | SupportsIndex | slice, /) -> T | Self:
        """An item by its name or its place, or the result with only the items of a slice.

        Raises :class:`~iotbaseline.errors.UnknownIdentifierError` with suggestions for an unknown name.
        """
        return self._named(key) if isinstance(key, str) else super().__getitem__(key)

    def _named(self, name: str) -> T:
        raise NotImplementedError


class Listing(tuple[I, ...], Result[I, str]):
    """A tuple of things that displays and exports like every result; ``print`` shows one on each line."""

    __slots__ = ()

    LISTED: ClassVar[str] = "items"

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or f"no {self.LISTED}"

    def columns(self) -> tuple[Column[I], ...]:
        """The columns of all its items."""
        return united(self)

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> I: ...
    @overload
    def __getitem__(self, key: slice, /) -> Self: ...
    def __getitem__(self, key: SupportsIndex | slice, /) -> I | Self:
        item = super().__getitem__(key)
        return type(self)(cast("tuple[I, ...]", item)) if isinstance(key, slice) else cast("I", item)

    def _grouping(self) -> tuple[tuple[str, ...], Callable[[I], tuple[str, ...]]]:
        return super()._grouping() if self else ((), lambda _: ())

    @property
    def _items(self) -> tuple[I, ...]:
        return self

    @property
    def _name(self) -> str:
        return self.LISTED

    @property
    def _summary(self) -> str:
        return ", ".join(f"{count} {group}" for group, count in self.counts().items() if count) or f"no {self.LISTED}"

    @property
    def _shown(self) -> Shown:
        return self[0].SHOWN if self else {}

    def _part(self, items: tuple[I, ...]) -> Self:
        return type(self)(items)


def notice_of(result: Result[T, K]) -> str | None:
    """What every output has to say of a result as a whole."""
    return result._caution  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]


def columns_of(item: I) -> tuple[Column[I], ...]:
    """The columns of one item, which are columns of its own type."""
    return cast("tuple[Column[I], ...]", item.columns())


def united(items: Iterable[I]) -> tuple[Column[I], ...]:
    """The columns of items of several types, each once."""
    return tuple({column.name: column for item in items for column in columns_of(item)}.values())


def dumped(document: object) -> str:
    """A document as JSON; what JSON has no type for becomes text."""
    return json.dumps(document, indent=1, ensure_ascii=False, default=str)
