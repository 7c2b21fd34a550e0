"""`brief schema`: prints JSON Schemas and the field reference of authors' files."""

from __future__ import annotations

import json
from pathlib import Path

import click

from generator.problems.message_words import counted

KINDS = ("brief", "experts", "sources", "house", "facts")


@click.command()
@click.argument("kind", type=click.Choice(KINDS), required=False)
@click.option("--write", "folder", type=click.Path(path_type=Path), help="Write all schemas to this folder.")
@click.option("--markdown", is_flag=True, help="Print the field reference of the documentation.")
def schema(kind: str | None, folder: Path | None, markdown: bool) -> None:
    """Print the JSON Schema of one KIND of file (default: brief), or write all schemas for editors."""
    from generator.read.schemas import json_schema

    if markdown:
        from generator.read.schemas import field_reference

        click.echo(field_reference(), nl=False)
        return
    if folder is None:
        click.echo(_text(json_schema(kind or "brief")))
        return
    write_schemas(folder)
    click.echo(f"wrote {counted(len(KINDS), 'schema')} to {folder}")


def write_schemas(folder: Path) -> None:
    """Write the JSON Schema of every kind of file into a folder, for editors."""
    from generator.read.schemas import json_schema

    folder.mkdir(parents=True, exist_ok=True)
    for name in KINDS:
        (folder / f"{name}.schema.json").write_text(_text(json_schema(name)) + "\n", encoding="utf-8")


def _text(schema: dict[str, object]) -> str:
    return json.dumps(schema, indent=2, ensure_ascii=False)
