"""Problems of the content, and the text of each code.

The text of a code is the file `CODE.md` in this folder; `texts.py` describes its form.
"""

from __future__ import annotations

from generator.problems.problem import Code, Location, Problem, Severity
