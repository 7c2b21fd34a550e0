"""Jinja environment of page templates, and views as plain data for them.

A template reads the keys of mappings and the items of sequences. Only Jinja's own loops, namespaces and imported macros have
attributes, and only macros and the functions of the page can be called.

Plain data are text, numbers, true and false, none, and tuples and mappings of these. Prose and citations become mappings with a
number, by which `prose` and `cite` find the record, so a template has no object with methods.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from types import MethodType
from typing import Any, TypeAlias, TypeVar

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace
from markupsafe import Markup

from generator.model import CitationGroup, Prose
from generator.problems import Code, Location, Problem, Severity
from generator.render.page import fact_views, matrix_views, page_views, picture_views, views
from generator.render.preset import TEMPLATE, shown_path
from generator.system.regular_files import refuse_outside

FILTERS_OFFERED = tuple(
    "abs batch capitalize count default e escape first float int join last length list lower map max min reject "
    "rejectattr replace reverse round safe select selectattr slice sort string sum title trim unique upper".split()
)

TESTS_OFFERED = tuple(
    "defined undefined none true false boolean integer float number string mapping sequence odd even divisibleby in "
    "== eq equalto != ne > gt greaterthan >= ge < lt lessthan <= le".split()
)

LOOP = frozenset(
    "index index0 revindex revindex0 first last length depth depth0 previtem nextitem cycle changed".split()
)
"""Attributes of `loop` (Jinja's documentation, "List of Control Structures")."""

_NAMES: Mapping[type, str] = {
    str: "a text",
    Markup: "a text",
    int: "a number",
    float: "a number",
    tuple: "a sequence",
    list: "a sequence",
}
"""Names of values in messages."""
FAULT = Code("preset-template", Severity.ERROR)


class Misuse(ValueError):
    """A template calls a function of the page in a wrong way; the message says why."""


class TemplateFault(Exception):
    """A template cannot be rendered; `file` and `line` are the place of the error."""

    def __init__(self, file: Path, line: int, message: str) -> None:
        super().__init__(message)
        self.file = file
        self.line = line

    def problem(self, project: Path) -> Problem:
        """Return it as a problem of the project in that folder."""
        return FAULT.at(Location(shown_path(self.file, project), self.line), f"the template cannot be used: {self}")


@dataclass(frozen=True, slots=True)
class Function:
    """A function that templates can call with plain values."""

    name: str
    run: Callable[..., object] = field(repr=False)

    def __call__(self, *values: Any, **named: Any) -> object:
        return self.run(*values, **named)


class Environment(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, reduced to plain values."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.filters = {name: FILTERS[name] for name in FILTERS_OFFERED}
        self.tests = {name: TESTS[name] for name in TESTS_OFFERED}
        self.globals = {"namespace": Namespace}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Jinja's `obj.attribute`: the key of a mapping, or what Jinja's own objects offer. Raises SecurityError."""
        if isinstance(obj, Mapping):
            return self._item(obj, attribute)
        if isinstance(obj, Undefined):
            str(obj)  # raises UndefinedError, which names what is missing
        if not _offers(obj, attribute):
            raise SecurityError(f"templates have no attribute '{attribute}' of {_NAMES.get(type(obj), 'this value')}")
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Jinja's `obj[argument]`: the key of a mapping, the item of a sequence. Raises SecurityError."""
        if isinstance(obj, Mapping) or (isinstance(obj, tuple | list | str) and isinstance(argument, int | slice)):
            return self._item(obj, argument)
        return self.getattr(obj, str(argument))

    def _item(self, obj: Any, argument: Any) -> Any:
        try:
            return obj[argument]
        except (LookupError, TypeError):
            return self.undefined(obj=obj, name=argument)

    def is_safe_callable(self, obj: Any) -> bool:
        of_loop = isinstance(obj, MethodType) and isinstance(obj.__self__, LoopContext)
        return of_loop or obj is Namespace or isinstance(obj, Function | Macro | BlockReference | LoopContext)


def _offers(obj: object, attribute: str) -> bool:
    if isinstance(obj, LoopContext):
        return attribute in LOOP
    return isinstance(obj, Namespace | TemplateModule) and not attribute.startswith("_")


def render(folders: tuple[Path, ...], values: Mapping[str, object], template: str = TEMPLATE) -> str:
    """Render the template of that name that the first of these folders has, with these values. Raises TemplateFault."""
    try:
        return environment(folders).get_template(template).render(values)
    except TemplateSyntaxError as error:
        raise TemplateFault(
            Path(error.filename or template), error.lineno, error.message or "it is not a Jinja template"
        ) from None
    except Exception as error:
        place = _place(error)
        if place is None:
            raise
        raise TemplateFault(*place, str(error) or type(error).__name__) from None


def _place(error: Exception) -> tuple[Path, int] | None:
    """Return the line of a template that caused the error; None if the program's own code did."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename.endswith(".j2")]
    if not own:
        return None
    misused = isinstance(error, TemplateError | Misuse | RecursionError | MemoryError) or frames[-1].filename in (
        own[-1].filename,
        __file__,
    )
    return (Path(own[-1].filename), own[-1].lineno or 1) if misused else None


class _OwnFiles(FileSystemLoader):
    """Loads templates from folders, but not through a link that leads out of them."""

    def get_source(self, environment: Any, template: str) -> Any:
        source = super().get_source(environment, template)
        for folder in self.searchpath:
            with suppress(OSError):
                refuse_outside(folder, os.path.relpath(source[1], folder))
                return source
        raise TemplateError(f"{template} leads out of the folder of templates")


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> Environment:
    """Return an environment with templates from these folders; the first that has one wins. Changed files are read again."""
    return Environment(
        loader=_OwnFiles([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


Plain: TypeAlias = "str | int | float | bool | tuple[Plain, ...] | Mapping[str, Plain] | None"
Record = TypeVar("Record")
_AS_IT_IS = frozenset({str, int, float, bool, type(None)})

_RECORDS = frozenset(
    kind
    for module in (
        page_views,
        fact_views,
        matrix_views,
        picture_views,
        views,
    )
    for kind in vars(module).values()
    if isinstance(kind, type) and kind.__module__ == module.__name__
)

_OF_PRESET = (
    "name",
    "description",
    "blocks",
    "size",
    "columns",
    "least_pages",
    "most_pages",
    "notes",
    "short",
)
"""Fields of a preset without its folders, which are paths of this machine."""


@dataclass(frozen=True, slots=True)
class PlainPage:
    """A page for templates, and the records behind its numbers."""

    page: Mapping[str, Plain]
    proses: tuple[Prose, ...]
    citation_groups: tuple[CitationGroup, ...]

    def prose(self, reference: Plain) -> Prose | None:
        """Return the prose that a template passes back; None for none. Raises LookupError for anything else."""
        return _found(self.proses, reference, "prose")

    def cluster(self, reference: Plain) -> CitationGroup | None:
        """Return the citations that a template passes back; None for none. Raises LookupError for anything else."""
        return _found(self.citation_groups, reference, "cluster")


def plain_page(page: page_views.Page) -> PlainPage:
    """Convert a page. Raises TypeError if a record has a value without a plain form."""
    conversion = _Conversion()
    data = {name: conversion.plain(value) for name, value in _fields(page) if name not in ("preset", "labels", "files")}
    data["preset"] = {name: conversion.plain(getattr(page.preset, name)) for name in _OF_PRESET}
    return PlainPage(data, tuple(conversion.proses), tuple(conversion.citation_groups))


def _found(records: tuple[Record, ...], reference: Plain, kind: str) -> Record | None:
    if reference is None:
        return None
    number = reference.get(kind) if isinstance(reference, Mapping) else None
    if type(number) is not int or not 0 <= number < len(records):
        raise LookupError(f"this is not a {kind} of the page")
    return records[number]


def _fields(record: Any) -> list[tuple[str, Any]]:
    return [(field.name, getattr(record, field.name)) for field in fields(record)]


class _Conversion:
    """Converts each record once, regardless of its number of uses."""

    def __init__(self) -> None:
        self.proses: list[Prose] = []
        self.citation_groups: list[CitationGroup] = []
        self._done: dict[int, Plain] = {}

    def plain(self, value: Any) -> Plain:
        if type(value) in _AS_IT_IS:
            plain: Plain = value
            return plain
        if id(value) not in self._done:
            self._done[id(value)] = self._converted(value)
        return self._done[id(value)]

    def _converted(self, value: Any) -> Plain:
        """Return a value in the plain form that templates get. Raises TypeError for a class that they must not see."""
        if type(value) in _RECORDS:
            return {name: self.plain(item) for name, item in _fields(value)}
        if isinstance(value, tuple):
            return tuple(map(self.plain, value))
        if isinstance(value, Prose):
            return self._prose(value)
        if isinstance(value, CitationGroup):
            self.citation_groups.append(value)
            return {"cluster": len(self.citation_groups) - 1}
        if isinstance(value, Mapping):
            return {str(name): self.plain(item) for name, item in value.items()}
        if isinstance(value, str):  # a name of an enumeration
            return str(value)
        raise TypeError(f"{type(value).__name__} has no plain form for templates")

    def _prose(self, prose: Prose) -> Plain:
        if not prose:
            return None
        self.proses.append(prose)
        return {"prose": len(self.proses) - 1, "plain": prose.plain}
