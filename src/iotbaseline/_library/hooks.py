"""What a wing above does for this one: the face sets it when the package is imported.

This module imports nothing, not even ``typing``, so that importing the face stays free.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from iotbaseline._library.library import Library
    from iotbaseline._library.selection import HasElements

    class ProfileReader(Protocol):
        """As :func:`iotbaseline.profile`."""

        def __call__(self, key: str, *, library: Library) -> HasElements: ...


profile: "ProfileReader"
"""Returns the profile of a name."""
