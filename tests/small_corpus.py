"""Six small submissions of five submitters to two inquiries, as files on disk; the texts are our own (CC0)."""

from pathlib import Path

CAMPAIGN = "Every branch library should open on at least one evening in each week of the year."
ASKED = "What would help volunteers to stay with a community library?"
LIBRARIES, FERRIES = "The future of community libraries", "Island ferries"
SUBMISSIONS = {
    "LIB0001": ("The Lantern Trust Ltd", LIBRARIES, "2020-06-30", f"""
Opening hours

Opening hours at our three branches fell by a third between 2015 and 2019. {CAMPAIGN} The reading group for parents was
closed first.

Volunteers

{ASKED}

Training helps most: people who are trained in their first month stay with us for three years on average.
"""),
    "LIB0002": ("National Union of Quiet Readers (NUQR)", LIBRARIES, "2020-07", f"""
Noise in the reading room

Our members left because of noise, not because of shorter opening hours. {CAMPAIGN} We asked for a quiet hour before
noon and the council refused to discuss it.

Mobile phones

Mobile phones should be handed in at the desk of every reading room.
"""),
    "LIB0003": ("Shelf", LIBRARIES, "2021", f"""
Volunteers

{ASKED}

N/A

Buying books

We buy second-hand books from house clearances, which cost a tenth of the price of new ones. {CAMPAIGN}
"""),
    "LIB0004": ("Dr Maria Lopes", LIBRARIES, "", """
Reading to children

I measured the vocabulary of two hundred children before and after a year of bedtime stories. Those who were read to
every day knew four hundred more words.

What the Lantern Trust does

The Lantern Trust reads to children in hospital on Sundays, and its opening hours suit the nurses.
"""),
    "LIB0005": ("Shelf", LIBRARIES, "2021-03-02", """
Supplementary evidence

Since our first submission the price of second-hand books has doubled, and we buy fewer of them.
"""),
    "FER0001": ("Barnaby’s", FERRIES, "2019-11", f"""
Fares

Ferry fares rose by forty per cent in two winters. Islanders without a car pay the same as those who bring one.

Reading aboard

Our ferry carries a shelf of library books for the night crossing. {CAMPAIGN}
"""),
}  # fmt: skip


def write_corpus(folder: Path, references=tuple(SUBMISSIONS)) -> Path:
    """The folder with the submissions in it."""
    for reference in references:
        submitter, inquiry, date, text = SUBMISSIONS[reference]
        place = folder / reference
        place.mkdir(parents=True)
        paragraphs = [" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n")]
        (place / "source.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        known = {"reference": reference, "title": f"{submitter} – written evidence ({reference})",
                 "submitter": submitter, "inquiry": inquiry, "date": date}  # fmt: skip
        lines = [f'{name} = "{value}"\n' for name, value in known.items() if value]
        (place / "submission.toml").write_text("".join(lines), encoding="utf-8")
    return folder
