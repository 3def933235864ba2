"""How a product stands against a profile or publication, element by element."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from os import PathLike, fspath
from typing import ClassVar

from attrs import asdict, evolve, frozen

from iotbaseline._assessments.document import Component, FindingEvidence, FindingStatus, Product
from iotbaseline._assessments.scope import Against, name_of, scope_of
from iotbaseline._display.plots import Plot, stacked
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments, identifiers
from iotbaseline._model.element import Element
from iotbaseline.errors import QueryError, shorten

UNMET = (FindingStatus.NOT_MET, FindingStatus.PARTLY_MET)
EXPLAINED = (*UNMET, FindingStatus.NOT_APPLICABLE)
"""What needs a reason."""
COLOURS = {
    FindingStatus.MET: "#0072b2",
    FindingStatus.PARTLY_MET: "#56b4e9",
    FindingStatus.NOT_MET: "#d55e00",
    FindingStatus.NOT_ASSESSED: "#8c8c8c",
    FindingStatus.NOT_APPLICABLE: "#cc79a7",
}
"""The colours of pictures, in the order of their bars."""


@frozen(kw_only=True, repr=False)
class Finding(Item):
    """How a product, or one component of it, stands against one element.

    ``component`` is ``None`` where the finding holds for the whole product. Dates are ISO 8601 dates; the finding holds
    up to and including the day on which it ``expires``.
    """

    SHOWN: ClassVar[Shown] = {
        "element": ("element", "name"),
        "component": ("component",),
        "status": ("status",),
        "rationale": ("rationale",),
        "evidence": ("evidence",),
    }

    element: Element
    component: Component | None = None
    status: FindingStatus
    rationale: str | None = None
    assessor: str | None = None
    date: str | None = None
    expires: str | None = None
    evidence: tuple[FindingEvidence, ...] = ()

    @property
    def id(self) -> str:
        """The identifier of the element."""
        return self.element.id

    @property
    def component_key(self) -> str | None:
        """The key of the component, or ``None`` for the whole product."""
        return None if self.component is None else self.component.key

    def is_expired(self, on: str) -> bool:
        """Whether the finding no longer holds on an ISO 8601 date."""
        return self.expires is not None and self.expires < on

    def __str__(self) -> str:
        where = f" [{self.component_key}]" if self.component_key else ""
        return f"{self.element}{where}: {self.status}"

    def __repr__(self) -> str:
        return f"<Finding {self}>"

    def columns(self) -> tuple[Column[Finding], ...]:
        """Element, component, status, why, evidence, who and when."""
        return FINDING_COLUMNS


FINDING_COLUMNS: tuple[Column[Finding], ...] = (
    Column("element", lambda finding: finding.element.id),
    Column("name", lambda finding: finding.element.name),
    Column("component", lambda finding: finding.component_key),
    Column("status", lambda finding: finding.status, groups=tuple(FindingStatus)),
    Column("rationale", lambda finding: finding.rationale),
    Column(
        "evidence",
        lambda finding: tuple(map(str, finding.evidence)),
        separator="; ",
        in_json=lambda finding: [asdict(evidence) for evidence in finding.evidence],
    ),
    Column("assessor", lambda finding: finding.assessor),
    Column("date", lambda finding: finding.date),
    Column("expires", lambda finding: finding.expires),
)


class _Findings(Result[Finding, FindingStatus]):
    """What an assessment and a part of it have in common: a collection of findings."""

    __slots__ = ()

    HELD: ClassVar[str] = "findings"
    LISTED: ClassVar[str] = "findings"
    SHOWN: ClassVar[Shown] = Finding.SHOWN

    def columns(self) -> tuple[Column[Finding], ...]:
        """The columns of a finding."""
        return FINDING_COLUMNS

    def _explained(self, item: Finding) -> tuple[str, str]:
        told = (item.rationale, *map(str, item.evidence), item.assessor, item.date)
        return str(item), "; ".join(filter(None, told))


@frozen(kw_only=True, repr=False)
class Assessment(_Findings):
    """The findings about one product, in the order of what it is held against.

    ``against`` names a publication or profile, or the file of a profile from the folder of the assessment; ``level`` is
    one of the profile's. Every element that asks for something has a finding; what nobody looked into is
    ``not assessed``. ``data_version`` is the version of the data that it was written with, ``read_with`` that of the
    library that read it. ``above`` are the elements above these, ``widened`` the identifiers of those that the profile
    widens, so that meeting them is not known to meet them as published.
    """

    product: Product
    against: str
    level: str | None
    data_version: str
    read_with: str | None = None
    findings: tuple[Finding, ...]
    above: tuple[Element, ...] = ()
    widened: frozenset[str] = frozenset()

    @cached_property
    def status(self) -> dict[str, FindingStatus]:
        """The status of each element, by identifier: the worst of its findings that apply."""
        found: dict[str, FindingStatus] = {}
        for finding in self.findings:
            before = found.get(finding.id, FindingStatus.NOT_APPLICABLE)
            found[finding.id] = min(before, finding.status)
        return found

    @property
    def notice(self) -> str | None:
        """Says so if it was read with other data than it was written with, and what to do; else ``None``."""
        if self.read_with in (None, self.data_version):
            return None
        return (
            f"written with data {self.data_version} and read with {self.read_with}: see the change log of the data; if "
            f"the findings still hold, set data_version to {self.read_with}; if identifiers changed, use assess migrate"
        )

    @property
    def _caution(self) -> str | None:
        return self.notice

    @property
    def statement(self) -> Statement:
        """What is not met, only in part, or not applicable, with the reasons: the statement IR 8425 asks for."""
        return Statement(
            product=self.product,
            against=self._target,
            findings=tuple(finding for finding in self.findings if finding.status in EXPLAINED),
            open=len(self.unassessed),
        )

    @property
    def unassessed(self) -> Listing[Finding]:
        """What nobody has looked into yet."""
        return Listing(finding for finding in self.findings if finding.status is FindingStatus.NOT_ASSESSED)

    @cached_property
    def groups(self) -> dict[str, tuple[Finding, ...]]:
        """The findings by the name of the topmost element above each."""
        above = {element.id: element for element in self.above}
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            top = finding.element
            while top.parent in above:
                top = above[top.parent]
            found.setdefault(top.name, []).append(finding)
        return {name: tuple(findings) for name, findings in found.items()}

    def on(self, day: str) -> Assessment:
        """The assessment as it holds on an ISO 8601 date: expired findings are ``not assessed``.

        Raises :class:`~iotbaseline.errors.QueryError` for a text that is no such date.
        """
        if not is_date(identifiers.text(day, "day")):
            raise QueryError(f"{shorten(day)} is no date", "write it as YYYY-MM-DD")
        return evolve(
            self,
            findings=tuple(
                evolve(finding, status=FindingStatus.NOT_ASSESSED) if finding.is_expired(day) else finding
                for finding in self.findings
            ),
        )

    def plot(self) -> Plot:
        """A bar for each group, stacked by status.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        bars = {
            name: {status: sum(finding.status is status for finding in findings) for status in COLOURS}
            for name, findings in self.groups.items()
        }
        return stacked(str(self), bars, COLOURS)

    def to_html(self) -> str:
        """The report as a page that stands alone and can be printed, with a picture if matplotlib is installed."""
        from iotbaseline._assessments.report import page

        return page(self)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self.counts().items() if count)
        return f"{self.product.name} against {self._target}: {counts or 'no findings'}"

    def __repr__(self) -> str:
        return f"<Assessment {self}>"

    @property
    def _target(self) -> str:
        return f"{self.against} at {self.level}" if self.level else self.against

    @property
    def _name(self) -> str:
        return f"Assessment of {self.product.name}"

    def _head(self) -> Head:
        return {
            "product": self.product.name,
            "version": self.product.version,
            "maker": self.product.maker,
            "against": self.against,
            "level": self.level,
            "data_version": self.data_version,
            "components": [asdict(component) for component in self.product.components],
        }


@frozen(kw_only=True, repr=False)
class Statement(_Findings):
    """What a product does not meet, or only in part, or need not meet, and why.

    ``open`` counts the findings of the assessment that are still missing.
    """

    GROUPED: ClassVar[bool] = True
    IN_GROUP: ClassVar[tuple[str, ...]] = ("status",)

    product: Product
    against: str
    findings: tuple[Finding, ...]
    open: int

    def to_html(self) -> str:
        """The statement as a page that stands alone and can be printed."""
        from iotbaseline._assessments.report import statement_page

        return statement_page(self)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self.counts().items() if count)
        return f"{self.product.name} against {self.against}: {counts or 'nothing to explain'}"

    def __repr__(self) -> str:
        return f"<Statement {self}>"

    @property
    def _name(self) -> str:
        return f"What {self.product.name} does not meet, and why"

    @property
    def _caution(self) -> str | None:
        return f"not complete: {self.open} not assessed" if self.open else None

    def _head(self) -> Head:
        return {"product": self.product.name, "against": self.against, "open": self.open}

    def _explained(self, item: Finding) -> tuple[str, str]:
        where = f" [{item.component_key}]" if item.component_key else ""
        return f"{item.element}{where}", item.rationale or ""


@arguments.checked
def start(
    against: Against,
    product: Product | str,
    *,
    level: str | None = None,
    folder: str | PathLike[str] = ".",
    library: Library = DEFAULT,
) -> Assessment:
    """An assessment to fill in: a finding ``not assessed`` for each element of a publication or profile.

    ``against`` may be a file with a profile of your own in ``folder``, where the assessment is to be kept; ``product``
    may be just its name. Raises :class:`~iotbaseline.errors.UnknownIdentifierError`,
    :class:`~iotbaseline.errors.UnknownNameError` for an unknown level, :class:`~iotbaseline.errors.DataErrors` for a
    broken profile, and :class:`~iotbaseline.errors.QueryError` if nothing is asked for.
    """
    scope = scope_of(against, level, fspath(folder), library)
    return Assessment(
        product=Product(key=key_of(product), name=product) if isinstance(product, str) else product,
        against=name_of(against),
        level=level,
        data_version=library.data_version,
        read_with=library.data_version,
        findings=tuple(map(blank, scope.elements)),
        above=scope.above,
        widened=scope.widened,
    )


def blank(element: Element) -> Finding:
    """The finding of an element that nobody has looked into."""
    return Finding(element=element, status=FindingStatus.NOT_ASSESSED)


def key_of(name: str) -> str:
    """A key for a product or component of that name."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split()) or "product"


def is_date(text: str) -> bool:
    """Whether a text is an ISO 8601 date with dashes."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
