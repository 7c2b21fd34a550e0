"""Finds presets in `templates/presets/` and reads their descriptions.

The project's own presets come first. A preset is a folder with a `preset.yaml`, a `page.html.j2` and style sheets; blocks without a
template of its own use the shared ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.problems import Code, Location, Problem, Severity
from generator.problems.message_words import did_you_mean
from generator.render.charts.chart_data import MOST
from generator.render.labels import check_labels
from generator.render.template_folders import template_roots
from generator.system.regular_files import reason_of, refuse_outside

DESCRIPTION = "preset.yaml"
TEMPLATE = "page.html.j2"
SHEETS = ("screen.css", "print.css", "paged.css")
"""For the screen; for paper, in browsers and the PDF; only for the PDF (bookmarks, running heads)."""
REQUIRED = (DESCRIPTION, TEMPLATE, *SHEETS)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_PAPER = ("A4", "A5", "letter", "legal")
SIZES = (*_PAPER, *(f"{paper} landscape" for paper in _PAPER))
NOTES = ("end", "page", "none")
"""Where a note style prints its notes: in the block `notes`; at the bottom of the PDF's pages, and in the block `notes` on the
screen; nowhere, so that citations give the number of a source in the block `bibliography`."""

UNKNOWN = Code("preset-unknown", Severity.ERROR)
FILE_MISSING = Code("preset-file-missing", Severity.ERROR)
UNREADABLE = Code("preset-unreadable", Severity.ERROR)
KEY_UNKNOWN = Code("preset-key-unknown", Severity.ERROR)
VALUE_WRONG = Code("preset-value", Severity.ERROR)
BLOCK_UNKNOWN = Code("preset-block", Severity.ERROR)


@dataclass(frozen=True, slots=True)
class Preset:
    """A page design. Templates are searched in `folders` in order: its own, the project's, the program's."""

    name: str
    description: str
    folders: tuple[Path, ...]
    blocks: tuple[str, ...]
    size: str = "A4"
    columns: int = 4
    """Most experts next to each other; more experts are split over several tables, one below the other."""
    least_pages: int = 1
    most_pages: int = 0
    """0 means any number."""
    notes: str = NOTES[0]
    """One of `NOTES`."""
    short: bool = False
    """Whether it prints the `short` texts of authors instead of the full ones."""
    rules: bool = True
    """Whether it prints the `method` of the house style. If not, the page says that it is left out."""
    colours: tuple[str, ...] = ()
    """Colours of the first series of charts, as `#rrggbb`; the others have built-in colours."""

    def sheet(self, name: str) -> str:
        """Return the text of one of `SHEETS`: the program's shared sheet, the project's, then the preset's own."""
        shared = (folder / "parts" / name for folder in reversed(self.folders[1:]))
        own = self.folders[0] / name
        return "".join(path.read_text("utf-8") for path in (*shared, own) if path.is_file())

    def files(self) -> tuple[Path, ...]:
        """Return every file that a page of this preset can depend on, sorted."""
        return _files_of(self.folders)


def _files_of(folders: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of a preset, the first of these folders, and the shared ones in the others, sorted."""
    roots = [folders[0], *(folder / part for folder in folders[1:] for part in ("parts", "blocks", "labels"))]
    return tuple(sorted({path for root in roots for path in root.rglob("*") if path.is_file()}))


def own_folders(name: str, project: Path) -> tuple[str, ...]:
    """Return the project's folders, relative to it, in which a new or removed file can change a page of this preset."""
    templates = project / "templates"
    own = [templates / "presets" / name] if name == Path(name).name else []
    tops = [top for top in (*own, *(templates / part for part in ("parts", "blocks", "labels"))) if top.is_dir()]
    nested = [path for top in tops for path in top.rglob("*") if path.is_dir()]
    presets = [templates / "presets"] if (templates / "presets").is_dir() else []
    return tuple(path.relative_to(project).as_posix() for path in sorted({templates, *presets, *tops, *nested}))


def preset_names(project: Path | None = None) -> tuple[str, ...]:
    """Return the sorted names of presets."""
    names = {path.parent.name for root in template_roots(project) for path in root.glob(f"presets/*/{DESCRIPTION}")}
    return tuple(sorted(names))


def load_preset(
    name: str, project: Path | None = None, place: Location | None = None
) -> tuple[Preset | None, tuple[Problem, ...]]:
    """Find and read the preset `name`. `place` is where a brief or the house style names it.

    Without a preset there is at least one problem; with one there may still be some.
    """
    roots = template_roots(project)
    folder = next((path for root in roots if (path := root / "presets" / name / DESCRIPTION).is_file()), None)
    if folder is None or name != folder.parent.name:
        return None, (_unknown(name, project, place or Location(f"templates/presets/{name}")),)
    return _PresetReading(folder.parent, roots, project).preset()


def _unknown(name: str, project: Path | None, place: Location) -> Problem:
    return UNKNOWN.at(place, f"no preset is called '{name}'", did_you_mean(name, preset_names(project)))


def shown_path(path: Path, project: Path | None) -> str:
    """Return a template's path for messages, relative to the project or to the program's own templates."""
    for root in filter(None, (project, *(root.parent for root in template_roots()))):
        if path.is_relative_to(root.resolve()):
            return path.relative_to(root.resolve()).as_posix()
    return path.as_posix()


class _PresetReading:
    """Reads one preset folder and collects its problems."""

    def __init__(self, folder: Path, roots: Sequence[Path], project: Path | None) -> None:
        self.folder = folder
        self.roots = roots
        self.project = project
        self.problems: list[Problem] = []
        self.shown = shown_path(folder / DESCRIPTION, project)
        self.places: dict[str, Location] = {}

    def preset(self) -> tuple[Preset | None, tuple[Problem, ...]]:
        self._files()
        if not self._inside():
            return None, tuple(self.problems)
        settings = self._mapping()
        if settings is None:
            return None, tuple(self.problems)
        self._keys(settings)
        preset = self._made(settings)
        self._blocks(preset)
        self._labels(preset)
        return (None if any(p.is_error for p in self.problems) else preset), tuple(self.problems)

    def _files(self) -> None:
        for name in REQUIRED:
            if not (self.folder / name).is_file():
                hint = f"copy {name} from the preset 'briefing'"
                self.problems.append(FILE_MISSING.at(Location(self.shown), f"the preset has no {name}", hint))

    def _inside(self) -> bool:
        """Whether no file of the project's design is a link that leads out of the project. Such files are problems."""
        before = len(self.problems)
        for path in _files_of((self.folder, *self.roots)):
            if self.project is not None and path.is_relative_to(self.project.resolve()):
                file = path.relative_to(self.project.resolve()).as_posix()
                try:
                    refuse_outside(self.project, file)
                except OSError as error:
                    message = f"{file} is not read: {reason_of(error)}"
                    self.problems.append(UNREADABLE.at(Location(file), message, "put the file itself there"))
        return len(self.problems) == before

    def _mapping(self) -> dict[str, object] | None:
        """Read the settings of a design, and remember their places; None, with a problem, if they cannot be read."""
        try:
            text = (self.folder / DESCRIPTION).read_text("utf-8")
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
            settings = yaml.load(text, Loader=yaml.CSafeLoader)
        except UnicodeDecodeError:
            self._unreadable(Location(self.shown), "it is not UTF-8")
            return None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = Location(self.shown, mark.line + 1, mark.column + 1) if mark else Location(self.shown)
            self._unreadable(place, getattr(error, "problem", None) or "it is not YAML")
            return None
        if not isinstance(settings, dict) or not isinstance(node, yaml.MappingNode):
            self._unreadable(Location(self.shown), "it is not a mapping of settings")
            return None
        self.places = dict(_places(node, self.shown))
        return settings

    def _unreadable(self, place: Location, why: str) -> None:
        self.problems.append(UNREADABLE.at(place, f"the preset's description cannot be read: {why}"))

    def _keys(self, settings: Mapping[str, object]) -> None:
        for key in settings:
            if key not in _KEYS:
                hint = did_you_mean(str(key), _KEYS)
                self.problems.append(
                    KEY_UNKNOWN.at(self._place(str(key)), f"'{key}' is not a setting of a preset", hint)
                )

    def _made(self, settings: Mapping[str, object]) -> Preset:
        """Return the design with its settings; a wrong one is a problem and gets its default."""
        size = self._text(settings, "size", "A4")
        if size not in SIZES:
            self._wrong("size", f"'{size}' is not a paper size", f"one of {', '.join(SIZES)}")
        notes = self._text(settings, "notes", NOTES[0])
        if notes not in NOTES:
            self._wrong("notes", f"'{notes}' is not a value of `notes`", f"one of {', '.join(NOTES)}")
        pages = settings.get("pages") or {}
        if not isinstance(pages, dict):
            self._wrong("pages", "'pages' is not a mapping", "write pages: {least: 4, most: 12}")
            pages = {}
        blocks = settings.get("blocks")
        if not isinstance(blocks, list) or not blocks or not all(isinstance(name, str) for name in blocks):
            self._wrong("blocks", "'blocks' is not a list of names", "write blocks: [summary, positions, notes]")
            blocks = []
        return Preset(
            name=self.folder.name,
            description=" ".join(self._text(settings, "description", "").split()),
            folders=(self.folder, *self.roots),
            blocks=tuple(blocks),
            size=size,
            columns=self._number(settings, "columns", 4),
            least_pages=self._number(pages, "least", 1),
            most_pages=self._number(pages, "most", 0),
            notes=notes,
            short=self._flag(settings, "short", default=False),
            rules=self._flag(settings, "rules", default=True),
            colours=self._colours(settings),
        )

    def _colours(self, settings: Mapping[str, object]) -> tuple[str, ...]:
        colours = settings.get("colours", [])
        if (
            isinstance(colours, list)
            and len(colours) <= MOST
            and all(isinstance(one, str) and _COLOUR.fullmatch(one) for one in colours)
        ):
            return tuple(str(one).lower() for one in colours)
        self._wrong(
            "colours", f"'colours' is not a list of at most {MOST} colours", 'write colours: ["#12284a", "#c2571a"]'
        )
        return ()

    def _text(self, settings: Mapping[str, object], key: str, default: str) -> str:
        """Return a text. Aliases in YAML can make a list or a mapping that would be endless as text."""
        value = settings.get(key, default)
        if isinstance(value, str):
            return value
        self._wrong(key, f"'{key}' is not a text", f"write {key}: TEXT")
        return default

    def _flag(self, settings: Mapping[str, object], key: str, *, default: bool) -> bool:
        value = settings.get(key, default)
        if isinstance(value, bool):
            return value
        self._wrong(
            key, f"'{key}' is neither true nor false", f"write {key}: {str(not default).lower()}, or leave it out"
        )
        return default

    def _number(self, settings: Mapping[str, object], key: str, default: int) -> int:
        value = settings.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= min(default, 1):
            return value
        self._wrong(key, f"'{key}' is not a whole number above zero", f"write {key}: {default or 12}")
        return default

    def _wrong(self, key: str, message: str, hint: str) -> None:
        self.problems.append(VALUE_WRONG.at(self._place(key), message, hint))

    def _blocks(self, preset: Preset) -> None:
        available = sorted(
            {path.name.partition(".")[0] for folder in preset.folders for path in folder.glob("blocks/*.j2")}
        )
        for name in preset.blocks:
            if name not in available:
                place = self._place(f"blocks/{name}")
                hint = did_you_mean(name, available)
                self.problems.append(BLOCK_UNKNOWN.at(place, f"no block is called '{name}'", hint))

    def _labels(self, preset: Preset) -> None:
        for folder in preset.folders[:-1]:
            for path in sorted(folder.glob("labels/*.yaml")):
                self.problems += check_labels(path, shown_path(path, self.project))

    def _place(self, key: str) -> Location:
        return self.places.get(key, Location(self.shown))


_KEYS = ("description", "size", "columns", "pages", "notes", "short", "rules", "colours", "blocks")


def _places(node: yaml.MappingNode, file: str) -> Iterator[tuple[str, Location]]:
    """Return the place of each key, and of each name in the list of blocks as `blocks/NAME`."""
    for key, value in node.value:
        yield str(key.value), _location(key, file)
        items = value.value if isinstance(value, yaml.SequenceNode) else []
        named = [(f"{key.value}/", item) for item in items]
        named += [("", inner) for inner, _ in value.value] if isinstance(value, yaml.MappingNode) else []
        for before, item in named:
            if isinstance(item, yaml.ScalarNode):
                yield f"{before}{item.value}", _location(item, file)


def _location(node: yaml.Node, file: str) -> Location:
    mark = node.start_mark
    return Location(file, mark.line + 1, mark.column + 1, max(1, node.end_mark.column - mark.column))
