"""Lines below a question that give no answer: N/A, no comment, or only where else the answer stands."""

from __future__ import annotations

import re

_THIS = r"(?:this|that|the|these)(?: (?:questions?|points?|issues?|matters?|topics?))?"
_ABOUT_THIS = rf"(?: (?:on|to|about|regarding) {_THIS})?"
_FOR_US = (
    r"(?: (?:to|for) (?:us|me|(?:our|this|my)"
    r" (?:organisations?|charit(?:y|ies)|councils?|trusts?|unions?|members|work|areas?|sector|case)))?"
)
_CANNOT = (
    r"(?:(?:we|i) )?(?:(?:are|am|is|feel) )?(?:unable to|cannot|can not|not able to|(?:not )?in (?:no|a) position to"
    r"|not qualified to|(?:do|did|have|will|shall|ca)(?: not|n[’']t)(?: (?:wish|want|feel (?:able|qualified)|propose"
    r"|intend))?(?: to)?|(?:have )?(?:chosen|prefer|choose) not to)"
    r" (?:answer(?:ed)?|comment(?:ed)?|respond(?:ed)?|(?:have|hold|take|express|offer) (?:a|any) (?:view|opinion))"
    r"(?: this question)?"
)
_OUTSIDE = (
    r"(?:(?:this|it)(?: question)? (?:is|falls|lies) )?(?:outside(?: of)?|beyond|not within) (?:our|my|the scope of"
    r" our) (?:remit|scope|(?:area of )?expertise|experience|knowledge|work)"
)
_NUMBER = r"(?:q(?:uestions?|s)?\.? ?)?\d{1,3}[a-z]?(?:\.\d{1,2})*(?:\([a-z]\))?(?:\s?[–-]\s?\d{1,3})?"
# what stands in words that only point elsewhere, and the name of a section in brackets or quotation marks
_POINTING = (
    rf"(?:{_NUMBER}|\(?[a-z]\)|(?-i:[A-Z])|[(“‘\"][^()“”‘’\"]{{1,60}}[)”’\"]|(?:our|my|the|this|that|these|those|its|and"
    r"|or|&|to|in|under|at|of|for|on|by|with|also|again|already|same|both|as|well|here|too|first|second|third|last|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|full|fuller|main|earlier|previous|preceding|following|general|combined"
    r"|joint|detailed|introductory|written|separate|overall|executive|attached|enclosed|accompanying|given|provided"
    r"|submitted|made|above|below|elsewhere|previously|overleaf|answers?|responses?|repl(?:y|ies)|comments?|remarks?"
    r"|evidence|points?|submission|text|sections?|paragraphs?|paras?\.?|parts?|pages?|pp?\.|chapters?|headings?|questions?|q"
    r"|annex(?:es)?|appendi(?:x|ces)|attachments?|documents?|papers?|letter|tables?|figures?|box(?:es)?|report"
    r"|introduction|summary|conclusions?|recommendations?)(?!\w))"
)
_POINTS = rf"(?:,? {_POINTING})*"
_NOTHING = (
    r"n\s?/\s?a|not (?:applicable|answered|relevant)|nil|none|(?:intentionally )?(?:left )?blank|(?:(?:we|i) have )?"
    r"(?:no|nothing) (?:(?:further|specific|additional|other|particular|strong|more|else) )?(?:comments?|responses?"
    rf"|answers?|views?|opinions?|to (?:add|say){_POINTS}|(?:evidence|information) to (?:add|give|offer|provide"
    r"|submit))(?: to (?:make|offer|give|add))?"
)
_ANSWERED = r"(?:been )?(?:already )?(?:answered|addressed|covered|dealt with|responded to|set out|included)"
_ELSEWHERE = (
    r"(?:(?:please |also )*(?:see|refer to|read)|(?:we|i) (?:would )?refer (?:(?:you|the (?:committee|inquiry|reader))"
    r" )?(?:back )?to"
    r"|(?:as|(?:the )?same as|as (?:per|for|with|in|stated|given|noted|set out|outlined|mentioned|discussed|answered))"
    rf"(?=,? {_POINTING})|ditto"
    rf"|(?:(?:this|it)(?: question| point| issue)? (?:is|was|has|have) |(?:we|i) (?:have )?)?{_ANSWERED}"
    rf"|(?:our|my|the) (?:answer|response|reply){_POINTS} (?:is|can be found|is found|covers|addresses|answers|applies"
    rf"|deals with)(?: the same as)?){_POINTS}"
)
_CLAUSE = rf"(?:(?:{_NOTHING}){_FOR_US}{_ABOUT_THIS}|(?:{_CANNOT}|{_OUTSIDE}){_ABOUT_THIS}|{_ELSEWHERE})"
_LABEL = r"(?:(?:our )?(?:a|answer|comments?|reply|response)(?: \d{1,2})?\s*:\s*)?"
_NO_ANSWER = re.compile(
    rf"\W*{_LABEL}{_CLAUSE}(?:[\s.,;:()\[\]–—-]+(?:(?:and|but|as|because|since|so) )?{_CLAUSE})*\W*", re.I
)
_DASHES = re.compile(r"[\s\[(]*[-–—]+[\s\])]*")
_LONGEST = 40  # words of a line that gives no answer: bounds the work on any text
_NONE = re.compile(r"\W*(?:none|nil)\W*", re.I)
_ASKS_WHICH = re.compile(r"\b(?:how (?:many|much|often)|which|what)\b", re.I)
_ASKS_FOR_MORE = re.compile(r"\b(?:add|additional|anything|comments?|else|further|observations?|other|views?)\b", re.I)
_GOES_ON = re.compile(
    r"(?:also|additionally|but|further(?:more)?|however|in addition|moreover|nevertheless|nonetheless|that said|we"
    r" (?:would )?(?:also|add|however)|yet)\b",
    re.I,
)


def is_not_answered(line: str, question: str = "") -> bool:
    """Whether a line says that a question is not answered, or only where it is: N/A, see above.

    None answers one that asks how many, which or what.
    """
    if _NONE.fullmatch(line) and _ASKS_WHICH.search(question) and not _ASKS_FOR_MORE.search(question):
        return False
    words = line.split()
    plain = " ".join(words)
    return len(words) <= _LONGEST and (_NO_ANSWER.fullmatch(plain) or _DASHES.fullmatch(plain)) is not None


def answers_after_all(line: str) -> bool:
    """Whether a line below one that gives no answer goes on to give one: 'In addition, we ask for ...'."""
    return _GOES_ON.match(line) is not None
