"""Lets readers choose between the light and the dark colours of a style sheet.

Style sheets have dark colours in `@media (prefers-color-scheme: dark)`. The rules in it get a condition, so that they also apply
if the page's element has `data-theme="dark"`, and do not apply if it has `data-theme="light"`. Designs need no further rules.
"""

from __future__ import annotations

import re
from typing import Any

import tinycss2

_DARK = re.compile(r"\(\s*prefers-color-scheme\s*:\s*dark\s*\)", re.IGNORECASE)
_CHOSEN = (
    ':root[data-theme="dark"]{color-scheme:dark}\n'
    ':root[data-theme="light"]{color-scheme:light}\n'
)  # fmt: skip


def with_theme(css: str) -> str:
    """Return the style sheet with dark rules that follow the reader's choice; without dark rules it does not change.

    Rules keep their order and their precedence.
    """
    if not _DARK.search(css):
        return css
    parts = [_doubled(rule) if _is_dark(rule) else rule.serialize() for rule in tinycss2.parse_stylesheet(css)]
    return "".join(parts) + _CHOSEN


def _is_dark(rule: Any) -> bool:
    condition = tinycss2.serialize(rule.prelude).strip() if rule.type == "at-rule" and rule.content else ""
    return bool(_DARK.fullmatch(condition))


def _doubled(block: Any) -> str:
    """Return a block of dark rules twice: for dark devices, and for readers who chose dark colours."""
    rules = tinycss2.parse_rule_list(block.content, skip_comments=True, skip_whitespace=True)
    if any(rule.type != "qualified-rule" for rule in rules):
        return str(block.serialize())  # nested blocks only follow the device
    device = "".join(_under(rule, ':not([data-theme="light"])') for rule in rules)
    chosen = "".join(_under(rule, '[data-theme="dark"]') for rule in rules)
    return f"@media (prefers-color-scheme: dark) {{\n{device}}}\n{chosen}"


def _under(rule: Any, condition: str) -> str:
    selectors = (_selector(one.strip(), condition) for one in tinycss2.serialize(rule.prelude).split(","))
    return f"{', '.join(selectors)} {{{tinycss2.serialize(rule.content)}}}\n"


def _selector(selector: str, condition: str) -> str:
    """Return the selector with its condition in `:where`, which does not change the precedence."""
    if selector.startswith(":root"):
        return f":root:where({condition}){selector.removeprefix(':root')}"
    return f":where(:root{condition}) {selector}"
