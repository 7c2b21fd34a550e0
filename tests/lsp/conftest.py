"""One server for the tests of a file: it holds as many projects as there are tests, as an editor's would."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.lsp.editor_client import Script, editing


@pytest.fixture(scope="module")
def edit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Script], None]]:
    with editing(tmp_path_factory.mktemp("anywhere")) as run:
        yield run
