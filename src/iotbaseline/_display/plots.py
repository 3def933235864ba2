"""Pictures of results, for notebooks, slides and pages: readable on light and dark, each described in words."""

# The types of matplotlib leave most keyword arguments unknown.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from html import escape
from io import BytesIO, StringIO
from itertools import cycle, islice
from os import PathLike
from pathlib import PurePath
from textwrap import wrap
from typing import TYPE_CHECKING, Literal, TypeAlias, TypeVar

from attrs import field, frozen

from iotbaseline._display.extras import require
from iotbaseline._display.files import write
from iotbaseline.errors import UnknownNameError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Theme: TypeAlias = Literal["light", "dark"]

_INK = {"light": "#1b1f24", "dark": "#e6e8eb"}
_PAPER = {"light": "#ffffff", "dark": "#16191d"}
_SCALE = (
    "#0072b2", "#56b4e9", "#009e73", "#e69f00", "#d55e00", "#8c8c8c", "#cc79a7", "#f0e442", "#882255", "#999933",
    "#44aa99",
)  # fmt: skip
"""Colours that people with colour blindness tell apart (Okabe and Ito, then Tol), and a grey."""
_FORMATS = ("svg", "png")
_NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_FINE, _COARSE = 144, 96
"""Dots per inch: of a PNG to go on with, and of one that a notebook carries along."""
_UNTRUSTED = "iotbaseline-untrusted"
"""The class of what only a notebook that is not trusted shows."""
_ROW = 0.32
_STREAMS = 12
"""How many rows a picture of streams is high."""
_CALM = "#8c8c8c"
_CLEAR = 0.6
"""How opaque bands are, so that a number on them is as readable as on the background."""
_POST = 0.015
"""Half the width of a stage, where one stage is 1 from the next."""
_ROOM = 0.05
"""The share of the height that a number in a band needs."""
_STAGE_NAME = 16
"""How many characters a line of the name of a stage has at most."""
_WIDTH = 9.0
_LONGEST_NAME = 46
_TITLE = 90
_TITLE_LINES = 5
"""How many characters a line of a title has at most."""


def _visible(text: str) -> str:
    """A text with a space for what cannot be drawn, such as a control character."""
    return text if text.isprintable() else "".join(each if each.isprintable() else " " for each in text)


@frozen(kw_only=True, repr=False)
class Plot:
    """A picture: a notebook shows it in the colours of the page, ``save`` writes SVG or PNG, ``alt`` describes it.

    ``figure(theme)`` makes the figure of matplotlib to go on with.
    """

    title: str = field(converter=_visible)
    alt: str = field(converter=_visible)
    figure: Callable[[Theme], Figure] = field(eq=False)

    def to_svg(self, theme: Theme | None = None) -> str:
        """The picture as SVG; without a theme it has no background and takes the colour of the text around it."""
        return self._svg(theme, "none")

    def to_png(self, theme: Theme = "light") -> bytes:
        """The picture as PNG, on a background of its own."""
        return self._png(theme, _FINE)

    def _png(self, theme: Theme, dpi: int) -> bytes:
        with _settings("none"):
            data = BytesIO()
            self.figure(theme).savefig(
                data, format="png", dpi=dpi, metadata={"Software": None, "Title": self.title, "Description": self.alt}
            )
        return data.getvalue()

    def save(self, path: str | PathLike[str], theme: Theme = "light") -> None:
        """Write the picture to a file that ends in ``.svg`` or ``.png``.

        Raises :class:`~iotbaseline.errors.UnknownNameError` for another end, and :class:`OSError` if the file cannot
        be written.
        """
        suffix = PurePath(path).suffix.lower().lstrip(".")
        if suffix not in _FORMATS:
            raise UnknownNameError("format of a picture", suffix, _FORMATS)
        data = self.to_png(theme) if suffix == "png" else self.to_svg(theme).encode()
        write(path, data)

    def _svg(self, theme: Theme | None, letters: Literal["none", "path"]) -> str:
        """The picture as SVG, in which letters are text (``"none"``) or drawn."""
        with _settings(letters):
            figure, text = self.figure(theme or "light"), StringIO()
            figure.savefig(text, format="svg", transparent=theme is None, metadata=_NO_METADATA)
        svg = text.getvalue()[text.getvalue().index("<svg") :]
        svg = svg if theme else svg.replace(_INK["light"], "currentColor")
        label = f'<svg role="img" aria-label="{escape(self.alt)}" '
        return svg.replace("<svg ", label, 1)

    def _repr_html_(self) -> str:
        """The picture in the colours of the page, and one to show instead where a notebook is not trusted.

        JupyterLab and others take SVG and styles out of a notebook that somebody else has run, but leave its images and
        all text. So the SVG has no text, and the style that hides the image goes with it.
        """
        image = b64encode(self._png("light", _COARSE)).decode()
        return (
            f'<div style="max-width:{_WIDTH}in;overflow-x:auto"><style>.{_UNTRUSTED}{{display:none}}</style>'
            f'{self._svg(None, "path")}<img class="{_UNTRUSTED}" alt="{escape(self.alt)}" style="max-width:100%"'
            f' src="data:image/png;base64,{image}"></div>'
        )

    def __repr__(self) -> str:
        return f"<Plot {self.title}: {self.alt}>"


K = TypeVar("K", bound=str)


def stacked(title: str, counts: Mapping[str, Mapping[K, int]], named_colours: Mapping[K, str] | None = None) -> Plot:
    """A bar for each row, stacked by the counts of the row; without colours, by their order."""
    require("matplotlib")
    parts = list(dict.fromkeys(part for row in counts.values() for part in row))
    colours = named_colours or dict(zip(parts, _colours(len(parts)), strict=True))

    def draw(theme: Theme) -> Figure:
        from matplotlib.ticker import MaxNLocator

        figure, axes = _canvas(title, len(counts), theme)
        names = [_short(name) for name in counts]
        left = [0] * len(counts)
        for part in parts:
            sizes = [row.get(part, 0) for row in counts.values()]
            axes.barh(range(len(names)), sizes, left=left, color=colours[part], height=0.75)
            left = [begin + size for begin, size in zip(left, sizes, strict=True)]
        _rows(axes, names, theme)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
        _legend(figure, theme, colours)
        return figure

    rows = (f"{name}: {', '.join(f'{n} {part}' for part, n in row.items() if n)}" for name, row in counts.items())
    return Plot(title=title, alt=f"{title}. {'; '.join(rows)}.", figure=draw)


def matrix(title: str, rows: Mapping[str, Sequence[str]], columns: Sequence[str]) -> Plot:
    """A cell for each row and column, coloured and named by what stands in it."""
    require("matplotlib")
    words = list(dict.fromkeys(cell for cells in rows.values() for cell in cells))
    colours = dict(zip(words, _colours(len(words)), strict=True))

    def draw(theme: Theme) -> Figure:
        figure, axes = _canvas(title, len(rows), theme)
        for place, cells in enumerate(rows.values()):
            for column, cell in enumerate(cells):
                axes.barh(place, 0.96, left=column + 0.02, height=0.9, color=colours[cell])
                axes.text(column + 0.5, place, cell, ha="center", va="center", color=_on(colours[cell]))
        _rows(axes, [_short(name) for name in rows], theme)
        axes.set_xticks([place + 0.5 for place in range(len(columns))], [_short(name) for name in columns])
        axes.xaxis.tick_top()
        axes.tick_params(axis="both", length=0)
        axes.set_xlim(0, max(1, len(columns)))
        return figure

    said = (
        f"{name}: {', '.join(f'{column} {cell}' for column, cell in zip(columns, cells, strict=True))}"
        for name, cells in rows.items()
    )
    return Plot(title=title, alt=f"{title}. {'; '.join(said)}.", figure=draw)


Flow: TypeAlias = tuple[str | None, str | None, str]
"""From a name on the left to one on the right, either of which may be missing, and what happened."""


def flows(
    title: str, stages: tuple[str, str], names: tuple[Sequence[str], Sequence[str]], found: Sequence[Flow]
) -> Plot:
    """What became of each name on the left, as a line to a name on the right; ``names`` are those of each side."""
    require("matplotlib")
    left, right = names
    words = list(dict.fromkeys(word for _, _, word in found))
    colours = dict(zip(words, _colours(len(words)), strict=True))

    def draw(theme: Theme) -> Figure:
        figure, axes = _canvas(title, max(len(left), len(right)), theme)
        before, after = ({name: place for place, name in enumerate(names)} for names in (left, right))
        for start, end, word in found:
            ys = [before[start] if start else after[end or ""], after[end] if end else before[start or ""]]
            xs = [0.0 if start else 0.75, 1.0 if end else 0.25]
            axes.plot(xs, ys, color=colours[word], linewidth=2, marker="o", markersize=4)
        for stage, side, where, align in ((stages[0], left, -0.03, "right"), (stages[1], right, 1.03, "left")):
            axes.text(where, -1.1, stage, ha=align, va="center", color=_INK[theme], weight="bold")
            for place, name in enumerate(side):
                axes.text(where, place, _short(name), ha=align, va="center", color=_INK[theme])
        axes.set_xlim(-1.3, 2.3)
        axes.set_ylim(max(len(left), len(right)) - 0.4, -1.8)
        axes.axis("off")
        _legend(figure, theme, colours)
        return figure

    said = (f"{before or 'nothing'} to {after or 'nothing'}, {word}" for before, after, word in found)
    return Plot(title=title, alt=f"{title}. {'; '.join(said)}.", figure=draw)


@frozen
class Band:
    """What flows from one stage to the next: how many of something, how many that became, and what happened."""

    before: int
    after: int
    word: str

    def __str__(self) -> str:
        """In words; what only one side has is that many."""
        counts = [str(count) for count in dict.fromkeys((self.before, self.after)) if count]
        return f"{' to '.join(counts)} {self.word}"


def streams(
    title: str, stages: Sequence[tuple[str, int]], bands: Sequence[Sequence[Band]], unit: str, calm: str
) -> Plot:
    """Stages from left to right, each as high as its count, and the bands from each to the next (a Sankey diagram).

    Bands of the word ``calm`` are grey.
    """
    require("matplotlib")
    words = dict.fromkeys(band.word for step in bands for band in step)
    shades = cycle(colour for colour in _SCALE if colour != _CALM)
    colours = {word: _CALM if word == calm else next(shades) for word in words}
    arriving = [0, *(sum(band.after for band in step) for step in bands)]
    leaving = [*(sum(band.before for band in step) for step in bands), 0]
    heights = [max(count, come, go) for (_, count), come, go in zip(stages, arriving, leaving, strict=False)]
    highest = max(heights, default=0) or 1
    headings = [[*wrap(_visible(name), _STAGE_NAME), f"{count} {unit}"] for name, count in stages]

    def draw(theme: Theme) -> Figure:
        figure, axes = _canvas(title, _STREAMS, theme)
        for place, step in enumerate(bands):
            tops = [0.0, 0.0]
            for band in step:
                _band(axes, place, (tops[0], tops[1]), band, highest, colours[band.word], theme)
                tops = [tops[0] + band.before / highest, tops[1] + band.after / highest]
        for place, (height, lines) in enumerate(zip(heights, headings, strict=True)):
            axes.bar(place, height / highest, width=2 * _POST, bottom=0, color=_INK[theme])
            axes.text(place, -0.02, "\n".join(lines), ha="center", va="bottom", color=_INK[theme])
        axes.set_xlim(-0.5, max(1, len(stages)) - 0.5)
        axes.set_ylim(1.02, -_ROOM * max(map(len, headings), default=0))
        axes.axis("off")
        _legend(figure, theme, colours, _CLEAR)
        return figure

    steps = zip(stages, stages[1:], bands, strict=False)
    said = [f"{before} → {after}: {', '.join(map(str, step))}" for (before, _), (after, _), step in steps if step]
    held = ", ".join(f"{name} {count} {unit}" for name, count in stages)
    return Plot(title=title, alt=f"{title}. {'; '.join([held, *said])}.", figure=draw)


def _band(
    axes: Axes, place: int, tops: tuple[float, float], band: Band, highest: int, colour: str, theme: Theme
) -> None:
    """One band between two stages, with its counts where there is room; what ends or begins tapers off halfway."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    (left, right), high, low = tops, band.before / highest, band.after / highest
    start, end, at = place + _POST, place + 1 - _POST, place + 0.5
    if not band.before:
        start, left, at = place + 0.6, right + low / 2, place + 0.9
    if not band.after:
        end, right, at = place + 0.4, left + high / 2, place + 0.1
    half = (start + end) / 2
    corners = [
        (start, left), (half, left), (half, right), (end, right),
        (end, right + low), (half, right + low), (half, left + high), (start, left + high),
    ]  # fmt: skip
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve]
    axes.add_patch(PathPatch(Path(corners, codes), facecolor=colour, alpha=_CLEAR, linewidth=0))
    if max(high, low) >= _ROOM:
        middle = (left + right + (high + low) / 2) / 2
        axes.text(at, middle, str(band).removesuffix(f" {band.word}"), ha="center", va="center", color=_INK[theme])


def _settings(letters: str) -> AbstractContextManager[None]:
    from matplotlib import rc_context

    return rc_context(
        {"svg.fonttype": letters, "svg.hashsalt": "iotbaseline", "font.size": 9, "text.parse_math": False}
    )


def _canvas(title: str, rows: int, theme: Theme) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(_WIDTH, 1.6 + _ROW * max(1, rows)), layout="constrained", facecolor=_PAPER[theme])
    axes = figure.add_subplot(facecolor="none")
    figure.suptitle(
        "\n".join(wrap(_visible(title), _TITLE, max_lines=_TITLE_LINES, placeholder="…")),
        color=_INK[theme],
        x=0.01,
        ha="left",
    )
    axes.tick_params(colors=_INK[theme])
    for spine in axes.spines.values():
        spine.set_visible(False)
    return figure, axes


def _rows(axes: Axes, names: Sequence[str], theme: Theme) -> None:
    axes.set_yticks(range(len(names)), names, color=_INK[theme])
    axes.set_ylim(len(names) - 0.5, -0.5)


def _legend(figure: Figure, theme: Theme, colours: Mapping[K, str], alpha: float = 1.0) -> None:
    from matplotlib.patches import Patch

    handles = [Patch(label=word, color=colour, alpha=alpha) for word, colour in colours.items()]
    figure.legend(handles=handles, loc="outside lower center", ncols=5, frameon=False, labelcolor=_INK[theme])


def _colours(count: int) -> list[str]:
    return [*islice(cycle(_SCALE), count)]


def _on(colour: str) -> str:
    """Black or white, whichever is easier to read on a colour."""
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#000000" if 0.299 * red + 0.587 * green + 0.114 * blue > 120 else "#ffffff"


def _short(name: str) -> str:
    return _visible(name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…")
