"""What is made of the documents and of the code for readers: a folder for the site, and the picture of the imports."""

from __future__ import annotations

import tomllib
from pathlib import Path

from scripts.documents import documentation_site, imports_picture

ROOT = Path(__file__).parents[1]


def project(folder: Path, **documents: str) -> Path:
    (folder / "docs").mkdir(parents=True)
    for name, text in documents.items():
        (folder / f"{name.replace('__', '/')}.md").write_text(text, "utf-8")
    return folder


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_site_has_the_documents_and_the_files_that_they_link_to(tmp_path: Path) -> None:
    root = project(
        tmp_path / "repository",
        README='[a](docs/a.md#part) <img src="docs/b.png" alt="">',
        docs__a="[up](../README.md), [code](../tool%20box.py), [web](https://example.org), [here](#part)",
    )
    for name in ("docs/b.png", "tool box.py", "docs/unused.png"):
        (root / name).write_text("x", "utf-8")
    assert documentation_site.prepare(root, tmp_path / "site") == []
    assert files(tmp_path / "site") == ["README.md", "docs/a.md", "docs/b.png", "tool box.py"]


def test_a_document_that_is_gone_leaves_the_site(tmp_path: Path) -> None:
    root = project(tmp_path / "repository", README="one", docs__a="two")
    documentation_site.prepare(root, tmp_path / "site")
    (root / "docs/a.md").unlink()
    documentation_site.prepare(root, tmp_path / "site")
    assert files(tmp_path / "site") == ["README.md"]


def test_a_link_to_no_file_of_the_repository_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "private.txt").write_text("x", "utf-8")
    root = project(tmp_path / "repository", README="one\n\n[a](docs/none.md), [b](../private.txt), [c](docs)")
    assert documentation_site.prepare(root, tmp_path / "site") == [
        "README.md:3: docs/none.md is no file of this repository",
        "README.md:3: ../private.txt is no file of this repository",
        "README.md:3: docs is no file of this repository",
    ]


def test_links_in_code_are_text(tmp_path: Path) -> None:
    root = project(
        tmp_path / "repository", README="`[a](b.md)`\n\n~~~markdown\n[a](b.md)\n```\n[a](b.md)\n~~~\n\n[c](d.md)\n"
    )
    assert documentation_site.prepare(root, tmp_path / "site") == ["README.md:9: d.md is no file of this repository"]


def test_every_document_is_in_the_menu_of_the_site() -> None:
    def pages(menu: list[dict[str, object]]) -> list[str]:
        values = [value for entry in menu for value in entry.values()]
        return [page for value in values for page in (pages(value) if isinstance(value, list) else [str(value)])]

    menu = pages(tomllib.loads((ROOT / "zensical.toml").read_text("utf-8"))["project"]["nav"])
    assert sorted(menu) == sorted(str(path.relative_to(ROOT)) for path in documentation_site.documents(ROOT))


def test_the_picture_of_the_imports_is_current() -> None:
    assert (ROOT / "docs/imports.svg").read_text("utf-8") == imports_picture.picture(), "run `make docs`"


def test_the_picture_has_a_dot_for_each_import_between_parts(tmp_path: Path) -> None:
    for name, text in {
        "__init__": "",
        "top/__init__": "",
        "top/a": "from generator.low import b\nfrom generator.top import c",
        "top/c": "def f():\n    import generator.middle.d\n",
        "middle/d": "import json",
        "low": "",
    }.items():
        path = tmp_path / f"{name}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    imports = imports_picture.imports_of(tmp_path)
    assert imports == {"top": {"low", "middle"}, "middle": set(), "low": set()}
    assert imports_picture.drawn(["top", "middle", "low"], imports).count("<circle") == 2
