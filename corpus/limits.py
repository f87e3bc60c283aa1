"""How much a file may hold before it is refused; every reader asks here. A refusal says which limit and how much."""

FILE_BYTES = 100_000_000
"""Bytes of a source: the longest submissions met are below 30 MB, scans and films are above."""

UNPACKED_BYTES = 300_000_000
"""Bytes that the parts of a DOCX may have together when unpacked, so that a zip bomb is never unpacked."""

PART_BYTES = 60_000_000
"""Bytes of one XML part of a DOCX, read whole into memory: about 20,000 pages of prose."""

PARTS = 5_000
"""Parts of a DOCX; each picture is one."""

PAGES = 2_000
"""Pages of a PDF: read at about 40 pages a second, so that no file holds up the others for over a minute."""

CHARACTERS = 8_000_000
"""Characters of a canonical text, about the longest report of an inquiry; the index holds it in memory."""

DEPTH = 200
"""How deep the elements of an HTML page may lie in each other; the reader walks them by recursion."""

LETTERS_A_PAGE = 20
"""Letters a page that a PDF must have on average; below that its pages are pictures."""
