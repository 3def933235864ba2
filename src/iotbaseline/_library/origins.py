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
    """The errors found in the publications, or in one of them: see :meth:`Library.errata`.

    >>> print(ib.errata("sp800-213a")[0])
    sp800-213a, Appendix B, p. 79, row PM-26: unknown-reference: EA: CSC(2e), expected EA: CSC(2d)
    """
    return library.errata(name)


@arguments.checked
def sources(*, library: Library = DEFAULT) -> Listing[SourceText]:
    """The texts that the records were made from.

    >>> ib.sources()[0].name
    'glossary/csrc-glossary-iot-terms.json'
    """
    return Listing(library.sources)
