"""Characters of the font Symbol as Unicode (Adobe's mapping), for documents that name a font and a code."""

from __future__ import annotations

_LETTERS = (
    "ABGDEZHQIKLMNXOPRSTUFCYW", "\u0391\u0392\u0393\u0394\u0395\u0396\u0397\u0398\u0399\u039a\u039b\u039c\u039d\u039e\u039f"
    "\u03a0\u03a1\u03a3\u03a4\u03a5\u03a6\u03a7\u03a8\u03a9"
)  # fmt: skip
_SIGNS = {
    0x22: "\u2200", 0x24: "\u2203", 0x27: "\u220b", 0x2D: "\u2212", 0x40: "\u2245", 0x5C: "\u2234", 0x5E: "\u22a5",
    0x4A: "\u03d1", 0x56: "\u03c2", 0x6A: "\u03d5", 0x76: "\u03d6",
    0xA2: "\u2032", 0xA3: "\u2264", 0xA4: "\u2044", 0xA5: "\u221e", 0xAB: "\u2194", 0xAC: "\u2190", 0xAD: "\u2191",
    0xAE: "\u2192", 0xAF: "\u2193", 0xB0: "\u00b0", 0xB1: "\u00b1", 0xB2: "\u2033", 0xB3: "\u2265", 0xB4: "\u00d7",
    0xB5: "\u221d", 0xB6: "\u2202", 0xB7: "\u2022", 0xB8: "\u00f7", 0xB9: "\u2260", 0xBA: "\u2261", 0xBB: "\u2248",
    0xBC: "\u2026", 0xC7: "\u2229", 0xC8: "\u222a", 0xCC: "\u2282", 0xCE: "\u2208", 0xCF: "\u2209", 0xD1: "\u2207",
    0xD6: "\u221a", 0xD7: "\u22c5", 0xD8: "\u00ac", 0xD9: "\u2227", 0xDA: "\u2228", 0xDB: "\u21d4", 0xDC: "\u21d0",
    0xDE: "\u21d2", 0xE5: "\u2211", 0xF2: "\u222b",
}  # fmt: skip
_SYMBOL = {
    **{code: chr(code) for code in range(0x20, 0x40)},
    **{ord(latin): greek for latin, greek in zip(*_LETTERS, strict=True)},
    **{ord(latin.lower()): greek.lower() for latin, greek in zip(*_LETTERS, strict=True)},
    **{ord(sign): sign for sign in "[]_{|}~"},
    **_SIGNS,
}


def symbol(font: str, code: str) -> str:
    """The character that a font has at a code (hexadecimal); U+FFFD where that is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    private = 0xF000 <= number <= 0xF0FF
    if font.casefold() == "symbol":
        return _SYMBOL.get(number & 0xFF if private else number, "\ufffd")
    usable = 0x20 <= number <= 0x10FFFF and not 0xD800 <= number <= 0xF8FF
    return chr(number) if usable else "\ufffd"
