"""How a product stands against a profile or publication, element by element."""

from __future__ import annotations

from functools import cached_property
from typing import ClassVar

from attrs import asdict, evolve, frozen

from iotbaseline._assessments.document import Component, FindingEvidence, FindingStatus, Product
from iotbaseline._display import html
from iotbaseline._display.plots import Plot, stacked
from iotbaseline._display.records import Column
from iotbaseline._display.results import Head, Item, Listing, Result, Shown
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._library.selection import elements_of
from iotbaseline._mappings.items import asking
from iotbaseline._model.element import Element
from iotbaseline._profiles.reader import profile
from iotbaseline.errors import QueryError

PARTS = (FindingStatus.NOT_MET, FindingStatus.PARTLY_MET)


@frozen(kw_only=True, repr=False)
class Finding(Item):
    """How a product, or one component of it, stands against one element.

    ``component`` is ``None`` where the finding holds for the whole product. Dates are ISO 8601 dates.
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


@frozen(kw_only=True, repr=False)
class Assessment(Result[Finding, FindingStatus]):
    """The findings about one product, in the order of what it is held against.

    ``against`` is the name of a publication or profile, ``level`` one of the profile's. Every element that asks for
    something has a finding; what nobody looked into is ``not assessed``.
    """

    HELD: ClassVar[str] = "findings"
    LISTED: ClassVar[str] = "findings"
    SHOWN: ClassVar[Shown] = Finding.SHOWN

    product: Product
    against: str
    level: str | None
    data_version: str
    findings: tuple[Finding, ...]

    @cached_property
    def status(self) -> dict[str, FindingStatus]:
        """The status of each element, by identifier: the worst of its findings that apply."""
        found: dict[str, FindingStatus] = {}
        for finding in self.findings:
            before = found.get(finding.id, FindingStatus.NOT_APPLICABLE)
            found[finding.id] = min(before, finding.status)
        return found

    @property
    def unmet(self) -> Assessment:
        """What is not met or only partly met, with the reasons: the statement that IR 8425 asks for."""
        return self.where(lambda finding: finding.status in PARTS)

    @property
    def unassessed(self) -> Listing[Finding]:
        """What nobody has looked into yet."""
        return Listing(finding for finding in self.findings if finding.status is FindingStatus.NOT_ASSESSED)

    def on(self, date: str) -> Assessment:
        """The assessment as it holds on an ISO 8601 date: expired findings are ``not assessed``."""
        return evolve(
            self,
            findings=tuple(
                evolve(finding, status=FindingStatus.NOT_ASSESSED) if finding.is_expired(date) else finding
                for finding in self.findings
            ),
        )

    def to_html(self) -> str:
        """The report as an HTML page that stands alone."""
        facts = [(name, str(value)) for name, value in self._head().items() if isinstance(value, str)]
        table = html.table(tuple(self._shown), self._cells(self.findings, self._shown))
        return html.page(self._name, html.card(self._name, str(self), self._badges(), facts, table))

    def plot(self) -> Plot:
        """A bar for each element above the findings, stacked by status.

        Raises :class:`~iotbaseline.errors.MissingExtraError` if matplotlib is not installed.
        """
        bars: dict[str, dict[FindingStatus, int]] = {}
        for finding in self.findings:
            bar = bars.setdefault(finding.element.local.partition(".")[0], dict.fromkeys(FindingStatus, 0))
            bar[finding.status] += 1
        return stacked(str(self), bars)

    def __str__(self) -> str:
        counts = ", ".join(f"{count} {status}" for status, count in self.counts().items() if count)
        return f"{self.product.name} against {self.against}{f' at {self.level}' if self.level else ''}: {counts}"

    def __repr__(self) -> str:
        return f"<Assessment {self}>"

    def columns(self) -> tuple[Column[Finding], ...]:
        """The columns of a finding."""
        return FINDING_COLUMNS

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

    def _explained(self, item: Finding) -> tuple[str, str]:
        told = (item.rationale, *map(str, item.evidence), item.assessor, item.date)
        return str(item), "; ".join(filter(None, told))


def wanted(against: str, level: str | None, library: Library) -> tuple[Element, ...]:
    """The elements of a publication or profile that a product is held against: those that ask for something.

    Raises :class:`~iotbaseline.errors.UnknownIdentifierError` or :class:`~iotbaseline.errors.UnknownNameError` for an
    unknown name or level, and :class:`~iotbaseline.errors.QueryError` if nothing is asked for.
    """
    selected = against if level is None else profile(against, library=library).resolve(level)
    elements = {element.id: element for element in elements_of(library, selected, "against") if element.is_in_force}
    found = tuple(asking(library, elements))
    if not found:
        raise QueryError(f"{against} asks for nothing that is held", "name a publication or profile with elements")
    return found


def start(
    against: str,
    product: Product | str,
    *,
    level: str | None = None,
    library: Library = DEFAULT,
) -> Assessment:
    """An assessment to fill in: a finding ``not assessed`` for each element of a publication or profile.

    ``product`` may be just its name. Raises what :func:`iotbaseline.coverage` raises for a name, and
    :class:`~iotbaseline.errors.QueryError` if the publication or profile asks for nothing.
    """
    made = Product(key=_key(product), name=product) if isinstance(product, str) else product
    return Assessment(
        product=made,
        against=against,
        level=level,
        data_version=library.data_version,
        findings=tuple(blank(element) for element in wanted(against, level, library)),
    )


def blank(element: Element) -> Finding:
    """The finding of an element that nobody has looked into."""
    return Finding(element=element, status=FindingStatus.NOT_ASSESSED)


def _key(name: str) -> str:
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split()) or "product"
