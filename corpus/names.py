"""Names of people and bodies, as prose prints them."""

from __future__ import annotations

import re

HONORIFIC = (
    r"Cllrs?|Councillor|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Baron|Mr|Mrs|Ms|Miss|Mx|Revd?|Rt Hon|Capt(?:ain)?"
    r"|Col(?:onel)?|Major|General|Father|Bishop|Archbishop|Judge|Justice|Rabbi|Imam|Viscount|Earl|Countess|Canon|Admiral"
)
TITLE = rf"(?:(?:{HONORIFIC})\.?\s+)*"
_UPPER = "A-ZÀ-ÖØ-ÞČĆĐŁŃŘŚŞŠŻŽ"
_WORD = rf"(?:[{_UPPER}][\w’'-]*[^\W\dA-Z_][\w’'-]*|Ó|O[’']\w+|[A-Z]\.)"
_LETTERS = r"(?: (?:MP|MS|MSP|MLA|AM|PC|QC|KC|CBE|OBE|MBE|DBE|KBE|FRS|PhD|JP|DL)\b)*"  # behind a name
OPENERS = (
    r"Then|Similarly|Yesterday|Today|Tomorrow|However|Also|Later|Earlier|Meanwhile|Finally|What|Where|How|Why|When|Whilst"
    r"|Because|Since|Although|Though|Yet|So|Nor|Or|Here|There|Indeed|Moreover|Furthermore|Additionally|Likewise|Instead"
    r"|Still|Next|First|Firstly|Second|Secondly|Third|Thirdly|Recently|Previously|Last|Lastly|Both|Even|Only|After|Before"
    r"|During|From|With|By|To|Of|Following|According|Given|Like|Unlike|Despite|Through|Under|Without|Perhaps|Thus|Hence"
    r"|Therefore|Nevertheless|Nonetheless|Eventually|Subsequently|Consequently|Afterwards|Again|Elsewhere|Now|Once|Often"
    r"|Importantly|Unfortunately|Crucially|Specifically|Accordingly|Separately|Equally|Conversely|Overall|Sometimes"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|July|September|October|November|December"
)
NAME = (
    rf"(?P<title>{TITLE})(?P<name>(?!(?:{OPENERS})\b){_WORD}"
    rf"(?: (?:(?:van|von|de|der|al|bin|ap) )?(?:d[’'])?{_WORD}){{1,3}}){_LETTERS}"
)
FIRST_NAME = NAME.replace("{1,3}", "{0,3}")
_ANY_NAME = re.compile(NAME)
_NOT_IN_NAMES = re.compile(
    r"\b(?:The|This|That|These|Those|Our|We|In|On|At|For|As|One|A|An|If|When|While|But|And|Council|Councils|Committee"
    r"|Alliance|Trust|Government|Department|Ministry|Office|Service|Services|Network|University|Association|Group"
    r"|Foundation|Union|Institute|Board|Commission|Agency|Society|Centre|Report|Survey|NHS|House|County|City"
    r"|Party|Church|School|College|Hospital|Company|Limited|Ltd|Strategy|Plan|Act|Bill|Review|Inquiry|Paper|Programme"
    r"|Project|Times|News|Mail|Post|Guardian|Telegraph|Watch|Forum|League|Guild|Federation|Partnership|Bank|Fund"
    r"|Authority|Parliament|Court|Regulation|Directive|Data|Science|Research|Health|Care|Carers|Education|Support|Funding"
    r"|Housing|Recommendations?|Conclusions?|Background|Summary|Introduction|Impact|Evidence|Policy|People|Families"
    r"|Communit(?:y|ies)|Public|Social|Mental|National|Learning|Chapter|Part|Section|Annex|Appendix|Table|Figure|Box|Case|Training|Employment|Workforce|Technology|Innovation"
    r"|Minister|Secretary|Officer|Director|Commissioner|President|Executive|Coordinator|Inspector|Councillor|Constable"
    r"|Chancellor|Ombudsman|Adviser)\b"
)
CAPITAL = r"(?:[a-z]{1,5}-?)?[A-Z][\w’'&-]*"
NAMES_ALONE = re.compile(rf"(?!Our\b){CAPITAL}(?: (?:of|for|and|the|{CAPITAL})){{1,7}}")
BODY_WORD = re.compile(
    r"\b(?:Council|Committee|Alliance|Trust|Government|Department|Ministry|Office|Network|University|Association|College"
    r"|Foundation|Union|Institute|Commission|Agency|Society|Party|Federation|Partnership|Authority|Parliament|Court"
    r"|Board|Centre|Charity|Church|Coalition|Consortium|Forum|Group|Guild|Hospital|League)\b"
    r"|(?:UK|England|Scotland|Wales|Ireland)$"
)
COUNTRIES = ("UK", "EU", "US", "USA", "UN")


def is_person(name: str) -> bool:
    """Whether words that look like a person's name are one: no word in them belongs to bodies, headings or prose."""
    return _NOT_IN_NAMES.search(name) is None


def matches_with_name(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """The matches of a pattern that begins with NAME, in order, where the name is a person's.

    One is tried from each capital letter, so that 'As Linda Dellow' does not hide Linda Dellow.
    """
    starts = (match.start() for match in re.finditer(rf"\b[{_UPPER}]", text))
    return [match for at in starts if (match := pattern.match(text, at)) and is_person(match["name"])]


def people_in(text: str) -> list[str]:
    """The names of people in a text, in order."""
    return [match["name"] for match in matches_with_name(_ANY_NAME, text)]


def without_openers(words: str) -> str:
    """Words without the ones before them that open a sentence, as 'Then' of 'Then Carers UK'."""
    return re.sub(rf"^(?:(?:{OPENERS}) )+", "", words)
