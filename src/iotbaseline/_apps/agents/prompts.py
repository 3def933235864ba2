"""Prompts for the three commonest jobs: what is asked of a product, what is left open, what a revision changes."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

_RULES = (
    "Use only what the tools of iotbaseline answer. Give with each statement the identifier, the locator, the url of "
    "the source and the basis, and at the end the data version. Repeat the cautions. Where an answer says NOTHING "
    "FOLLOWS, write that the data does not answer it."
)


def requirements(
    product: Annotated[str, Field(description="The product, in a few words.")],
    profile: Annotated[str, Field(description="A profile: consumer, federal, industrial ...")] = "consumer",
) -> str:
    """What a profile asks of a product."""
    return (
        f"List what the profile {profile} asks of this product: {product}\n"
        f"1. get {profile}, page by page. 2. Group the elements by what is above them; leave out nothing. "
        "3. Mark what depends on a property of the product that you were not told, and ask for it. "
        f"4. history of the publication, to say whether it is in force.\n{_RULES}"
    )


def gaps(
    selection: Annotated[str, Field(description="A profile or publication: what you have.")],
    target: Annotated[str, Field(description="A profile or publication: what you have to meet.")],
) -> str:
    """What one profile or publication leaves open of another, with reasons."""
    return (
        f"Tell what {selection} leaves open of {target}.\n"
        f"1. coverage of {target} by {selection}; if it refuses, follow its fix. 2. List the gaps; list what is not "
        "mapped apart from them, as unknown. 3. explain the five supported or covered elements that matter most. "
        f"4. Say how many levels rest on this project's judgement.\n{_RULES}"
    )


def new_revision(
    identifiers: Annotated[str, Field(description="Identifiers of the earlier revision, separated by commas.")],
    before: Annotated[str, Field(description="The earlier revision, such as sp800-53r4.")],
    after: Annotated[str, Field(description="The later revision, such as sp800-53r5.")],
) -> str:
    """Which identifiers still hold in a later revision."""
    return (
        f"These identifiers were written for {before}: {identifiers}\nSay which still hold in {after}.\n"
        "1. migrate the list. 2. Sort it: orphaned and not-understood first, then needs-review, renamed, kept. "
        f"3. get each element that needs review, in both revisions, and say what a person has to compare.\n{_RULES}"
    )


ALL = (requirements, gaps, new_revision)
