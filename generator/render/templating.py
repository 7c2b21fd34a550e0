"""Jinja environment of page templates: plain values and a few functions.

A template reads the keys of mappings and the items of sequences. Only Jinja's own loops, namespaces and imported macros have
attributes, and only macros and the functions of the page can be called.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MethodType
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError, Undefined
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.tests import TESTS
from jinja2.utils import Namespace
from markupsafe import Markup

from generator.problems import Code, Location, Problem, Severity
from generator.render.preset import TEMPLATE, shown_path

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
CODES = (FAULT,)


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
    misused = isinstance(error, TemplateError | Misuse) or frames[-1].filename in (own[-1].filename, __file__)
    return (Path(own[-1].filename), own[-1].lineno or 1) if misused else None


@lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> Environment:
    """Return an environment with templates from these folders; the first that has one wins. Changed files are read again."""
    return Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
