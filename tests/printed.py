"""PDFs that show one thing each, set with fpdf2. The texts are our own (CC0)."""

from collections.abc import Iterable, Sequence

from fpdf import FPDF, FontFace

SENTENCE = "The council considered a motion on libraries and decided that their hours would be kept as they were."


def paper(height: float = 297) -> FPDF:
    """A page with 20 mm of margin, in Times of 11 points."""
    sheet = FPDF(format=(210, height))
    sheet.core_fonts_encoding = "windows-1252"
    sheet.set_margins(20, 20, 20)
    sheet.set_auto_page_break(True, margin=20)
    sheet.add_page()
    sheet.set_font("Times", size=11)
    return sheet


def columns_with_hanging_numbers(count: int) -> bytes:
    """Two columns of numbered paragraphs, the numbers out in the margin of each."""
    sheet = paper()
    for side in (0, 1):
        sheet.set_y(20)
        for number in range(1 + side * count, 1 + (side + 1) * count):
            sheet.set_x(20 + 88 * side)
            sheet.cell(9, 5, f"{number}.")
            sheet.multi_cell(
                70, 5, f"{SENTENCE} It was the end of number {number}.", align="L", new_x="LEFT", new_y="NEXT"
            )
            sheet.ln(3)
    return bytes(sheet.output())


def ruled_table(rows: Sequence[Sequence[str]]) -> bytes:
    """Prose, a ruled table with a header in bold, prose."""
    sheet = paper()
    sheet.multi_cell(0, 5, f"{SENTENCE} " * 6, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(6)
    with sheet.table(rows, col_widths=(30, 60, 60), line_height=5, headings_style=FontFace(emphasis="BOLD")):
        pass
    sheet.ln(6)
    sheet.multi_cell(0, 5, f"{SENTENCE} " * 6)
    return bytes(sheet.output())


def noted_by(marks: Iterable[str], *, raised: bool, size: float) -> bytes:
    """A sentence for each mark, with its note at the foot of the page, below a short rule."""
    sheet = paper()
    listed = list(marks)
    for mark in listed:
        sheet.write(5, f"{SENTENCE[:-1]} for {mark} and all")
        sheet.char_vpos = "SUP" if raised else "LINE"
        sheet.write(5, mark)
        sheet.char_vpos = "LINE"
        sheet.write(5, f" of the others. {SENTENCE}")
        sheet.ln(9)
    sheet.set_y(-60)
    sheet.line(20, sheet.get_y(), 70, sheet.get_y())
    sheet.ln(3)
    sheet.set_font("Times", size=size)
    for mark in listed:
        sheet.cell(0, 5, f"{mark} The note of {mark}.", new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def boxed_answers(pairs: Sequence[tuple[str, str]]) -> bytes:
    """Questions, each with its answer in a frame directly below it."""
    sheet = paper()
    for question, answer in pairs:
        sheet.multi_cell(0, 6, question, new_x="LMARGIN", new_y="NEXT")
        sheet.multi_cell(0, 6, answer, border=1, new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def bold_then_italic_over_a_page() -> bytes:
    """A paragraph that changes its face in mid-sentence where the page ends."""
    sheet = paper(height=70)
    for line in ["We have heard much of this, and", "we think that it should be said by all of us"] * 2:
        sheet.multi_cell(0, 7, f"{line} without any end to it in", new_x="LMARGIN", new_y="NEXT")
    sheet.add_page()
    sheet.set_font("Times", style="BI", size=11)
    sheet.multi_cell(0, 7, "the years to come.")
    return bytes(sheet.output())


def divided_words() -> bytes:
    """Lines that divide words with hyphens, and words that have hyphens of their own."""
    sheet = paper()
    for line in (
        "The librarians met the council and agreed on the opening hours of the libra-",
        "ries in the town, where self-help and well-being are taught by the librar-",
        "ians to anybody who comes for well-",
        "being or for books. The committee overlooked it, and over-",
        "looked what the libraries had asked for. We are glad of self-",
        "reliant readers.",
    ):
        sheet.cell(0, 6, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(sheet.output())


def table_without_rules(rows: Sequence[Sequence[Sequence[str]]]) -> bytes:
    """Prose, rows whose cells are given line by line, prose; nothing is drawn."""
    sheet = paper()
    sheet.multi_cell(0, 5, f"{SENTENCE} " * 6, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(6)
    for row in rows:
        top = sheet.get_y()
        for at, lines in enumerate(row):
            for down, words in enumerate(lines):
                sheet.set_xy(20 + 55 * at, top + 5 * down)
                sheet.cell(50, 5, words)
        sheet.set_xy(20, top + 5 * max(map(len, row)))
    sheet.ln(6)
    sheet.multi_cell(0, 5, f"{SENTENCE} " * 6)
    return bytes(sheet.output())


def joined_cells() -> bytes:
    """A ruled table in which a cell goes over two rows."""
    sheet = paper()
    sheet.multi_cell(0, 5, f"{SENTENCE} " * 6, new_x="LMARGIN", new_y="NEXT")
    sheet.ln(6)
    with sheet.table(line_height=5, headings_style=FontFace(emphasis="BOLD")) as table:
        for words in ("Port", "Year", "Boats"), ("Hull", "2019", "4"), ("2020", "5"):
            row = table.row()
            for cell in words:
                row.cell(cell, rowspan=2 if cell == "Hull" else 1)
    return bytes(sheet.output())
