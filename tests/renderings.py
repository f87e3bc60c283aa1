"""One description of a submission, written out in every format that the bot reads. The text is our own (CC0)."""

import re
import zipfile
from io import BytesIO
from xml.sax.saxutils import escape

from fpdf import FPDF

TITLE = "Written evidence submitted by the Harbour Lantern Trust (HLT0042)"
SUBMISSION = [
    ("title", TITLE),
    ("heading", "About the Trust"),
    ("para", "The Harbour Lantern Trust runs a library, a kitchen and two workshops in the old port. It was founded in "
             "1987 by dockers and their families,{1} and it has been open on every weekday since."),
    ("para", "Our members are volunteers. They told us what they need most:"),
    ("item", "a roof that keeps the rain out of the reading room"),
    ("item", "longer agreements with the council"),
    ("heading", "Funding of community libraries"),
    ("question", "How have cuts to local budgets changed what community libraries can offer?"),
    ("para", "Opening hours fell by a third between 2015 and 2019.{2} The reading group for parents was closed first, "
             "and nobody has been able to open it again."),
    ("para", "Maria Lopes, head librarian at the Trust, described what this meant:"),
    ("quote", "We used to know every child on the street by name. Now we count the hours until the money runs out."),
    ("para", "The table shows what became of the grants."),
    ("table", [["Year", "Grant", "Visitors"], ["2015", "£40,000", "18,200"], ["2019", "£22,500", "11,900"]]),
    ("question", "Should the Government set a minimum level of provision?"),
    ("para", "N/A"),
    ("heading", "Volunteers"),
    ("question", "What would help volunteers to stay?"),
    ("para", "Training helps most. People who are trained in their first month stay for three years on average,{3} "
             "and those who are not leave within one."),
    ("note", 1, "Harbour Lantern Trust (1988), First annual report, https://lantern.example/reports/1988"),
    ("note", 2, "Own records of opening hours."),
    ("note", 3, "Survey of 212 volunteers, March 2020."),
]  # fmt: skip
NUMBERED = [
    ("title", TITLE),
    ("heading", "Summary"),
    ("number", "1", "We are a small trust in a port, and we lend books to whoever asks for them.{1}"),
    ("number", "2", "Lending has grown in each year since the harbour closed, and so has the queue at the kitchen."),
    ("heading", "Recommendations"),
    ("number", "3", "The council should let the reading room for at least ten years. Why should anybody repair a roof "
                    "that may be taken away in the spring?"),
    ("number", "4", "The Government should publish what it knows of opening hours, which at present nobody collects."),
    ("note", 1, "Lending register, 2019."),
]  # fmt: skip
_MARK = re.compile(r"\{(\d+)\}")


def to_text(blocks, *, width=0, mark="[{}]", note="[{}] {}") -> bytes:
    """Plain text; with a width its lines are wrapped there."""
    import textwrap

    parts = []
    for kind, *rest in blocks:
        if kind == "table":
            parts.append("\n".join("\t".join(row) for row in rest[0]))
            continue
        words = note.format(*rest) if kind == "note" else rest[-1]
        words = _MARK.sub(lambda m: mark.format(m[1]), words)
        words = {"item": "• ", "number": f"{rest[0]}. "}.get(kind, "") + words
        words = f"“{words}”" if kind == "quote" else words
        parts.append(textwrap.fill(words, width, break_long_words=False, break_on_hyphens=False) if width else words)
    return "\n\n".join(parts).encode()


def to_markdown(blocks) -> bytes:
    """Markdown with notes as [^1]."""
    parts = []
    for kind, *rest in blocks:
        if kind == "table":
            rows = [f"| {' | '.join(row)} |" for row in rest[0]]
            parts.append("\n".join([rows[0], "|---" * len(rest[0][0]) + "|", *rows[1:]]))
            continue
        words = _MARK.sub(lambda m: f"[^{m[1]}]", rest[-1])
        before = {"title": "# ", "heading": "## ", "item": "- ", "quote": "> “", "number": f"{rest[0]}. "}.get(kind, "")
        parts.append(f"[^{rest[0]}]: {words}" if kind == "note" else before + words + ("”" if kind == "quote" else ""))
    return "\n\n".join(parts).encode()


def to_html(blocks, *, mark, note, before="", after="") -> bytes:
    """HTML in one of the ways in which footnotes are written; `before` and `after` are the site around it."""
    tags = {"title": "h1", "heading": "h2", "quote": "blockquote", "item": "li"}
    body = []
    for kind, *rest in blocks:
        if kind == "table":
            rows = [[f"<td>{escape(cell)}</td>" for cell in row] for row in rest[0]]
            body.append("<table>" + "".join(f"<tr>{''.join(row)}</tr>" for row in rows) + "</table>")
            continue
        words = _MARK.sub(lambda m: mark.format(m[1]), escape(rest[-1]))
        if kind == "note":
            body.append(note.format(rest[0], words))
        elif kind == "number":
            body.append(f'<ol start="{rest[0]}"><li>{words}</li></ol>')
        else:
            tag = tags.get(kind, "p")
            body.append(f"<ul><li>{words}</li></ul>" if kind == "item" else f"<{tag}>{words}</{tag}>")
    head = '<html><head><meta charset="utf-8"><title>Evidence</title></head><body>'
    return f"<!DOCTYPE html>{head}{before}{''.join(body)}{after}</body></html>".encode()


HTML_FLAVOURS = {
    "word": {
        "mark": '<a style="mso-footnote-id:ftn{0}" href="#_ftn{0}" name="_ftnref{0}"><span>[{0}]</span></a>',
        "note": '<div id="ftn{0}"><p class="MsoFootnoteText"><a href="#_ftnref{0}" name="_ftn{0}">[{0}]</a>'
        " {1}</p></div>",
    },
    "pandoc": {
        "mark": '<a href="#fn{0}" id="fnref{0}" role="doc-noteref"><sup>{0}</sup></a>',
        "note": '<ol start="{0}"><li id="fn{0}"><p>{1} <a href="#fnref{0}">↩</a></p></li></ol>',
    },
    "raised": {"mark": "<sup>{0}</sup>", "note": "<p><sup>{0}</sup> {1}</p>"},
    "site": {
        "mark": '<sup class="ref"><a name="r{0}" href="#footnote{0}">{0}</a></sup>',
        "note": '<p class="footnote"><a name="footnote{0}" href="#r{0}">{0}</a>. {1}</p>',
        "before": '<nav><a href="/">Home</a></nav><div class="breadcrumbs"><a href="/a">A</a></div>'
        '<p hidden>Not shown</p><script>var x = "Never";</script>',
        "after": '<div id="site-footer"><p>© The Committee Office, all about cookies.</p></div>',
    },
}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_STYLES = {"title": "Heading1", "heading": "Heading2", "quote": "Quote", "item": "", "number": ""}


def to_docx(blocks, *, extra=None) -> bytes:
    """DOCX with real footnotes, styles and Word's own numbering."""
    body, notes = [], []
    for kind, *rest in blocks:
        if kind == "note":
            notes.append(f'<w:footnote w:id="{int(rest[0]) + 1}">{_paragraph(" " + rest[1])}</w:footnote>')
        elif kind == "table":
            cells = [[f"<w:tc>{_paragraph(cell)}</w:tc>" for cell in row] for row in rest[0]]
            body.append("<w:tbl>" + "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells) + "</w:tbl>")
        else:
            body.append(_paragraph(rest[-1], style=_STYLES.get(kind, ""), listed={"item": 2, "number": 1}.get(kind, 0)))
    parts = {
        "word/document.xml": f"<w:document {_W}><w:body>{''.join(body)}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {_W}>{''.join(notes)}</w:footnotes>",
        "word/styles.xml": f"<w:styles {_W}>"
        + "".join(
            f'<w:style w:styleId="{name}"><w:name w:val="{shown}"/></w:style>'
            for name, shown in (("Heading1", "heading 1"), ("Heading2", "heading 2"), ("Quote", "Quote"))
        )
        + "</w:styles>",
        "word/numbering.xml": f"<w:numbering {_W}>"
        + "".join(
            f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
            for n, form, text in ((1, "decimal", "%1."), (2, "bullet", "•"))
        )
        + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2))
        + "</w:numbering>",
        **(extra or {}),
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return file.getvalue()


def _paragraph(words, *, style="", listed=0) -> str:
    numbering = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{listed}"/></w:numPr>' if listed else ""
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    runs = []
    for index, part in enumerate(_MARK.split(words)):
        text = f'<w:t xml:space="preserve">{escape(part)}</w:t>'
        runs.append(f'<w:r><w:footnoteReference w:id="{int(part) + 1}"/></w:r>' if index % 2 else f"<w:r>{text}</w:r>")
    return f"<w:p><w:pPr>{styled}{numbering}</w:pPr>{''.join(runs)}</w:p>"


class Paper(FPDF):
    """Pages with a running head, a page number and the notes of the page at its foot."""

    notes: dict[str, str]
    here: list[str]

    def header(self) -> None:
        self.set_font("Helvetica", size=8)
        self.cell(0, 8, f"Evidence of the Harbour Lantern Trust {self.page_no()}", align="R")
        self.ln(14)

    def footer(self) -> None:
        self.set_y(-50)
        for number in self.here:
            self._write(8, number, raised=True)
            self._write(8, f" {self.notes[number]}", raised=False)
            self.ln(5)
        self.here = []

    def _write(self, size, words, *, raised, style="") -> None:
        self.set_font("Times", style=style, size=size)
        self.char_vpos = "SUP" if raised else "LINE"
        self.write(6, words)
        self.char_vpos = "LINE"

    def block(self, words, *, size=11, style="", indent=0.0) -> None:
        self.set_left_margin(20 + indent)
        self.set_x(20 + indent)
        for index, part in enumerate(_MARK.split(words)):
            if index % 2:
                self.here.append(part)
            self._write(size, part, raised=bool(index % 2), style=style)
        self.ln(11)
        self.set_left_margin(20)


def to_columns(paragraphs) -> bytes:
    """PDF with two columns of prose."""
    paper = FPDF()
    paper.core_fonts_encoding = "windows-1252"
    paper.add_page()
    paper.set_font("Times", size=11)
    with paper.text_columns(ncols=2, gutter=8, text_align="J") as columns:
        for words in paragraphs:
            columns.write(f"{words}\n\n")
    return bytes(paper.output())


def to_pdf(blocks, *, height=297) -> bytes:
    """PDF with notes at the foot of the page; a small height breaks paragraphs across pages."""
    paper = Paper(format=(210, height))
    paper.core_fonts_encoding = "windows-1252"
    paper.notes = {str(rest[0]): rest[1] for kind, *rest in blocks if kind == "note"}
    paper.here = []
    paper.set_margins(20, 15, 20)
    paper.set_auto_page_break(True, margin=55)
    paper.add_page()
    for kind, *rest in blocks:
        if kind == "table":
            for row in rest[0]:
                paper.set_font("Times", size=11)
                for cell in row:
                    paper.cell(50, 6, cell)
                paper.ln(6)
            paper.ln(5)
        elif kind in ("title", "heading"):
            paper.block(rest[0], size=18 if kind == "title" else 14, style="B")
        elif kind != "note":
            label = {"item": "• ", "number": f"{rest[0]}. "}.get(kind, "")
            words = f"“{rest[-1]}”" if kind == "quote" else rest[-1]
            paper.block(label + words, indent=10 if kind == "quote" else 0, size=10 if kind == "quote" else 11)
    return bytes(paper.output())
