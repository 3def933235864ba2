"""What this wing needs from above; the package sets it when it is imported.

This module imports nothing, not even ``typing``, so that ``import iotbaseline`` stays fast.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Protocol

    from iotbaseline._library.library import Library
    from iotbaseline._library.selection import HasElements

    class ProfileReader(Protocol):
        """The signature of :func:`iotbaseline.profile`."""

        def __call__(self, key: str, *, library: Library) -> HasElements: ...


version: str
"""The version of the code."""

profile: "ProfileReader"
"""Returns the profile with that key."""
