"""Assessments to test with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from attrs import evolve

from iotbaseline.assessments import Assessment, Component, ComponentRole, FindingStatus, Product, start

PRODUCT = Product(
    key="t2",
    name="Brannhall T2",
    version="1.10",
    components=(
        Component(key="wall", role=ComponentRole.DEVICE, name="Wall unit"),
        Component(key="app", role=ComponentRole.APP, name="Mobile app", version="7"),
    ),
)


@pytest.fixture(scope="session")
def blank() -> Assessment:
    """The consumer profile with nothing filled in."""
    return start("consumer", PRODUCT)


@pytest.fixture(scope="session")
def filled() -> Callable[..., Assessment]:
    """What fills in the statuses of some elements, named without their publication, or of all."""

    def fill(assessment: Assessment, statuses: Mapping[str, str] | str) -> Assessment:
        def status(local: str, before: FindingStatus) -> FindingStatus:
            return FindingStatus(statuses if isinstance(statuses, str) else statuses.get(local, before))

        findings = (
            evolve(finding, status=status(finding.element.local, finding.status), rationale="because")
            for finding in assessment
        )
        return evolve(assessment, findings=tuple(findings))

    return fill


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], Path]:
    """What writes an assessment of a product with a wall unit as TOML: its findings are the argument."""

    def write(findings: str, head: str = 'against = "consumer"') -> Path:
        path = tmp_path / "t.toml"
        path.write_text(
            f'{head}\ndata_version = "2026.11.0"\nproduct.key = "t"\nproduct.name = "T"\n'
            f'[[product.components]]\nkey = "wall"\nrole = "device"\nname = "Wall unit"\n{findings}',
            "utf-8",
        )
        return path

    return write
