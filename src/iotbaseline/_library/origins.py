"""Functions for what the data come from: the source texts, and the errors found in them.

They stand apart from the other look-ups so that these need not import the types.
"""

from __future__ import annotations

from iotbaseline._display.results import Listing
from iotbaseline._library.library import DEFAULT, Library
from iotbaseline._model import arguments
from iotbaseline._model.errata import Erratum
from iotbaseline._model.sources import SourceText


@arguments.checked
def errata(name: str | None = None, *, library: Library = DEFAULT) -> Listing[Erratum]:
    """The errors found in the publications, or in one of them: see :meth:`Library.errata`."""
    return library.errata(name)


@arguments.checked
def sources(*, library: Library = DEFAULT) -> Listing[SourceText]:
    """The texts that the records were made from."""
    return Listing(library.sources)
