"""`brief schema`: prints JSON Schemas of authors' files and of published files, and the field reference."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.problems.message_words import counted

KINDS = ("brief", "experts", "sources", "house", "facts")
"""Files of authors."""
PUBLISHED = ("data", "index")
"""Files of the site: `data/<slug>.json` and `index.json`."""


@click.command()
@click.argument("kind", type=click.Choice((*KINDS, *PUBLISHED)), required=False)
@click.option(
    "--write", "folder", type=click.Path(path_type=Path), help="Write the schemas of authors' files to this folder."
)
@click.option("--markdown", is_flag=True, help="Print the field reference of the documentation.")
def schema(kind: str | None, folder: Path | None, markdown: bool) -> None:
    """Print the JSON Schema of one KIND of file (default: brief), or write those of authors' files for editors."""
    if markdown:
        from generator.read.schemas import field_reference

        click.echo(field_reference(), nl=False)
        return
    if folder is None:
        click.echo(_text(_schema(kind or "brief")))
        return
    write_schemas(folder)
    click.echo(f"wrote {counted(len(KINDS), 'schema')} to {folder}")


def _schema(kind: str) -> dict[str, object]:
    if kind in PUBLISHED:
        from generator.site.data.published_data import published_schema

        return published_schema(kind)
    from generator.read.schemas import json_schema

    return json_schema(kind)


def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of every kind of file into a folder, for editors."""
    from generator.read.schemas import json_schema

    folder.mkdir(parents=True, exist_ok=True)
    for name in KINDS:
        (folder / f"{name}.schema.json").write_text(_text(json_schema(name)) + "\n", encoding="utf-8")


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False)
