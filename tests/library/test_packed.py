"""A folder of data that is no folder of the file system is read the same way."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, cast

import pytest

import iotbaseline as ib
from iotbaseline._library.folder import FolderStore

if TYPE_CHECKING:
    from pathlib import Path

    from importlib_resources.abc import Traversable


def test_packed_folder(tmp_path: Path) -> None:
    archive = tmp_path / "data.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("data/notes.txt", "nothing else")
    store = FolderStore(cast("Traversable", zipfile.Path(archive, "data/")))
    assert store._content("notes.txt") == "nothing else"
    with pytest.raises(ib.errors.DataError, match="there is no such file"):
        _ = store.data_version
