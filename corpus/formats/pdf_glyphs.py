"""The visible characters of a PDF page with their place, size and font."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

_BOLD = 600  # weight from which a font is bold
_SMALLEST = 2.0  # points; smaller letters are bookmarks and searching aids that nobody sees
_WRITTEN = {
    "\x02": "\u00ad", "\ufffe": "\u00ad", "\uf0b7": "•",
    "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl",
}  # fmt: skip
"""Signs of fonts as text: hyphens that only divide a word, the bullet of the symbol font, joined letters."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A printed character; lengths are points, y counts upwards from the foot of the page; `spaced` after a blank."""

    text: str
    left: float
    right: float
    base: float
    size: float
    font: str
    spaced: bool


def glyphs_of(textpage: pypdfium2.PdfTextPage) -> list[Glyph]:
    """The visible characters of a page in the order in which the file draws them."""
    found: list[Glyph] = []
    looks: dict[int, _Look] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    spaced = False
    for index in range(textpage.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(textpage.raw, index))
        char = _WRITTEN.get(char, char)
        if char.isspace() or char < " " or char == "\ufffd":
            spaced = True
            continue
        run = ctypes.cast(pdfium.FPDFText_GetTextObject(textpage.raw, index), ctypes.c_void_p).value or -index
        look = looks.get(run) or looks.setdefault(run, _look(textpage, index))
        if look.is_upright and look.size > _SMALLEST:
            pdfium.FPDFText_GetCharOrigin(textpage.raw, index, x, y)
            left, _, right, _ = textpage.get_charbox(index, loose=True)
            found.append(Glyph(char, left, right, y.value, look.size, look.font, spaced))
        spaced = False
    return found


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run of characters is set; the characters of one object of the page share it."""

    size: float
    font: str
    is_upright: bool


def _look(textpage: pypdfium2.PdfTextPage, index: int) -> _Look:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(textpage.raw, index, matrix)
    size = pdfium.FPDFText_GetFontSize(textpage.raw, index) * math.hypot(matrix.c, matrix.d)
    return _Look(size, _font(textpage, index), abs(matrix.b) < 0.1 * max(abs(matrix.a), 1e-6))


def _font(textpage: pypdfium2.PdfTextPage, index: int) -> str:
    """The font of a character without the prefix of its subset, and whether it is bold by its weight."""
    name = ctypes.create_string_buffer(96)
    flags = ctypes.c_int()
    pdfium.FPDFText_GetFontInfo(textpage.raw, index, name, 96, flags)
    bold = pdfium.FPDFText_GetFontWeight(textpage.raw, index) >= _BOLD
    plain = name.value.decode("utf-8", "replace").split("+")[-1]
    return f"{plain}-Bold" if bold and "bold" not in plain.lower() else plain
