"""Checks that incremental updates of a PDF add valid signatures and nothing else.

Two checks must both find nothing: ours (`check_pdf_updates.py` in `generator/pipeline/pdf_files/`), and pyHanko's difference analysis
of the part after the first signature, without its allowances for other updates. It does not compare with a file that has no form yet.

`signatures.py` checks whether the signatures are valid.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from typing import Any

from generator.pipeline.pdf_files.check_pdf_updates import beside_fields
from generator.provenance.signatures import unheard


def beside_signatures(pdf: bytes, made: bytes, valid: Collection[str]) -> tuple[str, ...]:
    """Return what an update of `made` changes beyond adding signatures, one phrase each.

    `valid` has the names of the fields with a valid signature. Raises Unreadable.
    """
    return beside_fields(pdf, made, tuple(valid)) or tuple(_suspicious(pdf))


def _suspicious(pdf: bytes) -> Iterator[str]:
    """Return pyHanko's objections to the part after the first signature."""
    try:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign import diff_analysis as rules
    except ImportError:
        yield "its effect is unknown without the extra `sign` (pyHanko)"
        return
    with unheard("pyhanko"):
        try:
            result = _policy(rules).review_file(PdfFileReader(io.BytesIO(pdf)), 1)
        except Exception as error:  # a library that parses untrusted bytes may raise anything
            result = error
    if isinstance(result, Exception):
        yield f"pyHanko finds more than a signature: {ascii(str(result).split(chr(10))[0][:200])[1:-1]}"


def _policy(rules: Any) -> Any:
    unseen = rules.ModificationLevel.LTA_UPDATES
    return rules.StandardDiffPolicy(
        global_rules=[
            rules.CatalogModificationRule(ignored_keys={"/AcroForm"}),
            rules.ObjectStreamRule().as_qualified(unseen),
            rules.XrefStreamRule().as_qualified(unseen),
        ],
        form_rule=rules.FormUpdatingRule([rules.SigFieldCreationRule(), rules.SigFieldModificationRule()]),
        ignore_orphaned_objects=False,
    )
