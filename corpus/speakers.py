"""Who speaks, as prose names it: 'Ann Lee, chair of the Trust, said', or a line with a name and a role."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.sentences import blank_markers

_HONORIFIC = (
    r"Cllrs?|Councillor|Dr|Prof(?:essor)?|Sir|Dame|Lord|Lady|Baroness|Baron|Mr|Mrs|Ms|Miss|Mx|Revd?|Rt Hon|Capt(?:ain)?"
    r"|Col(?:onel)?|Major|General|Father|Bishop|Archbishop|Judge|Justice|Rabbi|Imam|Viscount|Earl|Countess|Canon|Admiral"
)
_TITLE = rf"(?:(?:{_HONORIFIC})\.?\s+)*"
_WORD = r"(?:[A-Z][\w’'-]*[a-z][\w’'-]*|O[’']\w+|[A-Z]\.)"
_OPENERS = (
    r"Then|Similarly|Yesterday|Today|Tomorrow|However|Also|Later|Earlier|Meanwhile|Finally|What|Where|How|Why|When|Whilst"
    r"|Because|Since|Although|Though|Yet|So|Nor|Or|Here|There|Indeed|Moreover|Furthermore|Additionally|Likewise|Instead"
    r"|Still|Next|First|Firstly|Second|Secondly|Third|Thirdly|Recently|Previously|Last|Lastly|Both|Even|Only|After|Before"
    r"|During|From|With|By|To|Of|Following|According|Given|Like|Unlike|Despite|Through|Under|Without|Perhaps|Thus|Hence"
    r"|Therefore|Nevertheless|Nonetheless|Eventually|Subsequently|Consequently|Afterwards|Again|Elsewhere|Now|Once|Often"
    r"|Importantly|Unfortunately|Crucially|Specifically|Accordingly|Separately|Equally|Conversely|Overall|Sometimes"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|July|September|October|November|December"
)
_NAME = (
    rf"(?P<title>{_TITLE})(?P<name>(?!(?:{_OPENERS})\b){_WORD}"
    rf"(?: (?:(?:van|von|de|der|al|bin|ap) )?(?:d[’'])?{_WORD}){{1,3}})"
)
_FIRST_NAME = _NAME.replace("{1,3}", "{0,3}")
_ANY_NAME = re.compile(_NAME)
_NOT_IN_NAMES = re.compile(
    r"\b(?:The|This|That|These|Those|Our|We|In|On|At|For|As|One|A|An|If|When|While|But|And|Council|Councils|Committee"
    r"|Alliance|Trust|Government|Department|Ministry|Office|Service|Services|Network|University|Association|Group"
    r"|Foundation|Union|Institute|Board|Commission|Agency|Society|Centre|Report|Survey|NHS|House|County|City"
    r"|Party|Church|School|College|Hospital|Company|Limited|Ltd|Strategy|Plan|Act|Bill|Review|Inquiry|Paper|Programme"
    r"|Project|Times|News|Mail|Post|Guardian|Telegraph|Watch|Forum|League|Guild|Federation|Partnership|Bank|Fund"
    r"|Authority|Parliament|Court|Regulation|Directive|Data|Science|Research|Health|Care|Carers|Education|Support|Funding"
    r"|Housing|Recommendations?|Conclusions?|Background|Summary|Introduction|Impact|Evidence|Policy|People|Families"
    r"|Communit(?:y|ies)|Public|Social|Mental|National|Learning|Chapter|Part|Section|Annex|Appendix|Table|Figure|Box|Case|Training|Employment|Workforce|Technology|Innovation)\b"
)
SAYING = (
    r"(?:said|says|saying|say|told|tells|tell|remarked|remarks|described|describes|describe|explained|explains|explain"
    r"|reflected|reflects|reflect|commented|comments|noted|notes|observed|observes|argued|argues|added|adds|stated"
    r"|states|wrote|writes|laid out|lays out|set out|sets out|pointed out|points out|stressed|stresses|warned|warns"
    r"|emphasised|emphasises|highlighted|highlights|concluded|concludes|recalled|recalls|testified|reported|reports"
    r"|considered|considers|believed|believes|thought|thinks|claimed|claims|agreed|agrees|acknowledged|acknowledges"
    r"|called|calls|puts it|put it|summed up|sums up|found|finds|heard|replied|suggested|suggests|insisted|admitted)"
)
_ADVERB = r"(?:(?:has|have|had|also|recently|rightly|then|once|later|\w+ly) )*"
_ROLE = r"(?:, (?P<role>[^.;:“”\"]+?),| \((?P<bracketed>[^()]+)\)| (?P<place>(?:at|of|from) [^,.;:“”\"]+?))?"
_SPEAKER_FIRST = re.compile(rf"{_NAME}{_ROLE} {_ADVERB}{SAYING}\b")
_NO_ROLE = (
    r"(?!(?i:when|while|whilst|after|before|in|at|on|for|since|during|as|although|though|if|to|giving|writing)\b)"
)
_ROLE_FIRST = re.compile(rf"(?:^|[.;:] |, as ){_NO_ROLE}(?P<role>[^.,;:“”\"]+), {_NAME},? {_ADVERB}{SAYING}\b")
_ROLE_AFTER = r"(?:, (?P<role>[^.;:“”\"]+))?"
_IN_WORDS_OF = re.compile(rf"\b(?:[Ii]n the words of|[Aa]ccording to) {_NAME}(?:, (?P<role>[^:“”\"]+?))?\s*[:,]?$")
_SAID_BY = re.compile(rf"[\s,]*{SAYING} {_NAME}{_ROLE_AFTER}")
_WHO_SAID = re.compile(rf"[\s,]*{_NAME} {SAYING}{_ROLE_AFTER}")
_CAPITAL = r"(?:[a-z]{1,5}-?)?[A-Z][\w’'&-]*"
_BODY = re.compile(
    rf"(?<![\w’'&-])(?P<name>(?:{_CAPITAL})(?: (?:of|for|and|the|{_CAPITAL}))*)(?:, [^,.;:“”\"]{{2,80}},)?"
    rf" {_ADVERB}{SAYING}\b"
)
_JOB = re.compile(
    r"\b(?:Chief|Executive|Director|Chair\w*|Minister|Secretary|Officer|Head|Manager|President|Leader|Mayor|Commissioner"
    r"|Member|Coordinator|Founder|Partner|Trustee|Lead|Captain|Ambassador|Editor|Principal|Warden|Clerk|Inspector)\b"
)
_POST = re.compile(
    r"\b(?:carer|parent|mother|father|wife|husband|daughter|son|teacher|headteacher|nurse|midwife|doctor|GP|patient"
    r"|worker|member|resident|tenant|volunteer|user|survivor|participant|respondent|student|pupil|farmer|owner|CEO"
    r"|chief executive|director|chair\w*|minister|secretary|officer|head|manager|president|leader|mayor|commissioner"
    r"|coordinator|founder|partner|trustee|lead|captain|ambassador|editor|principal|warden|clerk|inspector|councillor"
    r"|MP|MSP|lawyer|solicitor|engineer|professor|lecturer|researcher|adviser|consultant|spokes\w+)"
    r"(?=$|[,;().]| \d| (?:at|of|for|in|from|to|with|and)\b)",
    re.I,
)
_NAMES_ALONE = re.compile(rf"(?!Our\b){_CAPITAL}(?: (?:of|for|and|the|{_CAPITAL})){{1,7}}")
_BODY_WORD = re.compile(
    r"\b(?:Council|Committee|Alliance|Trust|Government|Department|Ministry|Office|Network|University|Association|College"
    r"|Foundation|Union|Institute|Commission|Agency|Society|Party|Federation|Partnership|Authority|Parliament|Court)\b"
    r"|(?:UK|England|Scotland|Wales|Ireland)$"
)
_COUNTRIES = ("UK", "EU", "US", "USA", "UN")
_BEFORE_ROLE = re.compile(r"^(?:(?:and|but|although|though|while|whilst|however|as|also|so|because|that)\s+)+", re.I)
_AFTER_ROLE = re.compile(r"\s+(?:even|also|itself|themselves|who|which|that|have|has|had|then)$", re.I)
_PREPOSITION = re.compile(r"(?:In|On|At|During|By|For|To|With|Under|Until|Over)\b", re.I)
_DETERMINER = r"(?:the|an?|one|another|some|many|several|most|our|their|its|his|her)\b"
# 'In 2019' of 'In 2019 the Minister', 'At the hearing' of 'At the hearing a carer'
_WHEN = re.compile(
    rf"^{_PREPOSITION.pattern} (?:(?!{_DETERMINER})\S+|{_DETERMINER})(?: (?!{_DETERMINER})\S+)* (?={_DETERMINER})", re.I
)
_NO_ONE = re.compile(r"(?:it|they|we|i|he|she|this|that|these|those|which|who|some|there)\b", re.I)
_NOT_UNNAMED = r"(?!(?:[Ww]e|I|[Tt]hey|[Ii]t|[Hh]e|[Ss]he|[Tt]his|[Tt]hat|[Ww]hich|[Ww]ho)\b)"
_UNNAMED = re.compile(
    rf"(?:^|[.;:,] |\b[Aa]s )(?P<role>{_NOT_UNNAMED}[\w’'-]+(?: [\w’'-]+){{0,7}}?) {_ADVERB}{SAYING}\b"
)
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he) {_ADVERB}{SAYING}\b")
_SOMEBODY_ELSE = re.compile(
    r"(?:^|[;:!?,] |\b(?:and|but|while) )(?:[Tt]he|[Aa]n?|[Oo]ne|[Aa]nother|[Oo]ur) [^,.;:]*[,;]? [Ss]?[Hh]e\b"
)
_NO_ROLE_STARTS = re.compile(rf"(?:(?:{_OPENERS}|[Aa]nd|[Bb]ut|[Ww]e|[Tt]hey|[Tt]his|[Tt]hat)\b|\w+ing\b|\w+ly\b|\d)")
_ROLE_STARTS = re.compile(
    rf"(?:[Tt]he|[Aa]n?|[Oo]ne|[Oo]ur|[Mm]y|[Hh]er|[Hh]is|[Tt]heir|at|of|from|for|who|whose|[Aa]ged)\b|[a-z]{{0,5}}[A-Z]"
    rf"|(?:[\w’'-]+ ){{0,4}}?(?:{_POST.pattern}|\w+(?:ian|ist)\b|(?:at|of) (?:the )?[A-Z])"
)
_GOES_ON = re.compile(
    rf",? (?:and|but) (?=[^,]{{0,80}}\b{SAYING}\b)"
    r"|, (?:(?:and|but|or|so|yet|as|because|while|whilst|when|although|though|if|which|that|we|they|he|she|it|I)\b"
    r"|(?:\w+ing|\w+ly)\b)"
)
_SUBORDINATE = re.compile(rf"\b(?:[Aa]s|[Ff]ollowing|[Ss]ince|[Gg]iven|[Ll]ike|[Ww]hile|[Bb]ecause|[Aa]fter) {_TITLE}$")
_OWN_CLAUSE = re.compile(
    r"\b(?:[Ww]e|[Oo]ur|I|[Mm]y)\b|[,;–—] .*\b(?:is|are|was|were|has|have|had|should|must|needs?|can|could|would|will"
    r"|recommends?|proposes?|asks?|wants?)\b"
)
_SAYS = re.compile(rf"\b{SAYING}\b")
_UNNAMED_AFTER = re.compile(
    rf"[\s,]*(?:(?:[Ss]?[Hh]e|[Tt]hey) {_ADVERB}{SAYING}\b|{SAYING} (?:s?he|they)\b"
    rf"|{SAYING} (?P<after>{_DETERMINER}[^.;:“”\"]*)"
    rf"|(?P<before>(?i:{_DETERMINER})(?: [\w’'-]+){{1,6}}?) {_ADVERB}{SAYING}\b)"
)
# A note mark, which is blanked, or 'Ann Lee told us that': what comes behind is said of something else.
_NEXT_SENTENCE = re.compile(rf"\s{{3}}|[^.?!“]{{0,80}}\b{SAYING} (?:us |me |them )?that\b")
_GOING_ON = re.compile(rf"(?:and |but )?(?:(?:s?he|they) )?{_ADVERB}{SAYING}\b")
_PEOPLE = (
    r"(?:members?|staff|volunteers?|carers|residents|tenants|users|clients|patients|partners|respondents|participants"
    r"|supporters|families|parents|people|women|men|teachers|nurses|workers|customers|readers|students|pupils|chair"
    r"|director|chief executive|trustees?|colleagues?)"
)
_SELF = re.compile(rf"\b(?:[Ww]e|[Oo]ur (?!(?:\w+ ){{0,3}}{_PEOPLE}\b)[\w ]+|I) {_ADVERB}{SAYING}\b")
_ATTRIBUTION = re.compile(rf"^[\s(–—-]*{_FIRST_NAME}(?:(?: ?[,:(]| [–—-] )\s*(?P<role>.+?))?[\s.)]*$", re.S)
_BARE_ROLE = re.compile(
    r"^[\s(–—-]*(?P<role>(?:(?:the|an?|one|our) )?"
    r"(?:(?!(?:of|the|an?|to|and|or|for|in|with|is|does)\b)[\w’'-]+ ){0,3}?"
    rf"{_POST.pattern}(?P<more>.*?))[\s.)]*$",
    re.I | re.S,
)
_ATTRIBUTION_WORDS = 30
REACH = 500  # characters before a quotation in which its speaker is looked for: bounds the work on any text


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body quoted; `name` is None for somebody unnamed. `role` is as printed."""

    name: str | None
    role: str | None = None


def is_attribution(line: str, *, set_off: bool = False) -> bool:
    """Whether a line only says who spoke, and shows that it does: see `attribution`."""
    return attribution(line, set_off=set_off) is not None


def attribution(line: str, *, set_off: bool = False) -> Speaker | None:
    """The speaker whom an attribution line names, by a name with a post beside it or by a post and a place.

    Below a dash or a bracket the name or the post is enough, in what a format sets off as a quotation the name is;
    elsewhere these may be a heading.
    """
    plain = " ".join(blank_markers(line).split())
    if not plain or len(plain) > REACH or len(plain.split()) > _ATTRIBUTION_WORDS or _SAYS.search(plain):
        return None
    signed = plain[0] in "(–—-"
    if role := _bare_role(plain, signed=signed):
        return Speaker(None, role)
    match = _ATTRIBUTION.match(plain)
    if not match or not _plausible(match):
        return None
    role, whole = match["role"] or "", " " in match["name"]
    works = re.match(r"(?:at|of|from)\b", role) or _NOT_IN_NAMES.search(role)
    shown = signed or _POST.search(role) or (whole and (set_off or match["title"] or works))
    return Speaker(match["name"], _tidy(role)) if shown else None


def _bare_role(plain: str, *, signed: bool) -> str | None:
    """Somebody whom an attribution line only describes, as in '– a carer in Hull' or 'Parent, Leeds'."""
    match = _BARE_ROLE.match(plain)
    return _tidy(match["role"]) if match and (signed or re.match(r", [A-Z]", match["more"])) else None


def introduced(line: str) -> Speaker | None:
    """The speaker whom the end of a paragraph introduces, as in 'Ann Lee, chair of the Trust, said:'."""
    plain = " ".join(blank_markers(line).split())[-REACH:]
    if person := named(plain):
        return person
    if (match := _IN_WORDS_OF.search(plain)) and _plausible(match):
        return _speaker(match)
    if _SELF.search(plain):
        return None
    if match := _last(_BODY, plain):
        name = re.sub(rf"^(?:(?:As|The|In|And|But|While|{_OPENERS}) )+", "", match["name"])
        if len(name.split()) > 1 or (sum(map(str.isupper, name)) > 1 and name not in _COUNTRIES):
            return Speaker(name)
    return _unnamed(plain)


def before_colon(line: str) -> Speaker | None:
    """The body or the person that alone stands before a colon, as in 'Carers UK:' or 'Ann Lee, chair:'."""
    plain = " ".join(line.split()).rstrip(" :")
    alone = _NAMES_ALONE.fullmatch(plain)
    return attribution(plain) or (Speaker(plain if _BODY_WORD.search(plain) else None) if alone else None)


def _unnamed(plain: str) -> Speaker | None:
    """Somebody whom a sentence only describes, as in 'one council officer said'."""
    match = _last(_UNNAMED, plain)
    role = _AFTER_ROLE.sub("", _BEFORE_ROLE.sub("", match["role"])) if match else ""
    role = _WHEN.sub("", re.sub(rf"^(?:(?:{_OPENERS}) )+", "", role))
    if not match or _NO_ONE.match(role):
        return None
    return Speaker(None, _tidy(role) if not _PREPOSITION.match(role) else None)


def named(sentence: str) -> Speaker | None:
    """The person whom a sentence names as speaking, with the role beside the name."""
    match = _naming(" ".join(sentence.split()))
    return _speaker(match) if match else None


def named_for_all(sentence: str) -> Speaker | None:
    """The person named as speaking all that follows a colon: not in 'As Ann Lee said, four things are needed:'."""
    plain = " ".join(sentence.split())
    match = _naming(plain)
    if match is None:
        return None
    before, rest = plain[: match.start("name")], plain[match.end() :].strip(" :")
    led = _SUBORDINATE.search(before) and "," in rest
    only_meant = rest and re.search(rf"\b[Ww]hat {_TITLE}$", before)
    return None if led or only_meant or _OWN_CLAUSE.search(rest) else _speaker(match)


def _naming(plain: str) -> re.Match[str] | None:
    matches = [match for match in _each(_SPEAKER_FIRST, plain) if _plausible(match)]
    first = [m for m in _ROLE_FIRST.finditer(plain) if _plausible(m) and _is_post(m["role"])]
    if first or not matches:
        return first[-1] if first else None
    return min((m for m in matches if m.end() == matches[-1].end()), key=lambda match: match.start())


def _speaker(match: re.Match[str]) -> Speaker:
    beside = match.groupdict()
    return Speaker(match["name"], _role(beside["role"] or beside.get("bracketed") or beside.get("place")))


def _is_post(words: str) -> bool:
    """Whether words before a name and a comma say what the person is, and are no person whose place follows."""
    person = re.fullmatch(_NAME, words.strip())
    return _POST.search(words) is not None and not (person and _plausible(person) and not _JOB.search(words))


def _role(words: str | None) -> str | None:
    """A role in what stands beside a name: not how, when or why something is said, nor the clause that goes on."""
    role = _GOES_ON.split((words or "")[:REACH])[0].strip(" ,.;:()")
    role = re.sub(rf"^(?:(?:{_OPENERS})\b,? )+", "", role)
    return role if role and _ROLE_STARTS.match(role) and not _NO_ROLE_STARTS.match(role) else None


def _each(pattern: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """All matches, one tried from each capital letter, so that 'As Linda Dellow' does not hide Linda Dellow."""
    starts = [match.start() for match in re.finditer(r"\b[A-Z]", text)]
    return [match for start in starts if (match := pattern.match(text, start))]


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return max(pattern.finditer(text), key=lambda match: match.end(), default=None)


def _plausible(match: re.Match[str]) -> bool:
    return not _NOT_IN_NAMES.search(match["name"])


def _tidy(role: str | None) -> str | None:
    return role.strip(" ,.;:()") or None if role else None


def with_full_roles(speakers: list[Speaker]) -> dict[str, str]:
    """For each name the fullest role that the document prints beside it; 'at Centre4' gives way to a job."""
    roles: dict[str, str] = {}
    for speaker in speakers:
        if speaker.name and speaker.role and _is_job(speaker.role) > _is_job(roles.get(speaker.name, "")):
            roles[speaker.name] = speaker.role
    return roles


def _is_job(role: str) -> int:
    return 0 if not role else 1 if re.match(r"(?:at|of|from)\b", role) else 2


def resolve_role(speaker: Speaker, roles: dict[str, str]) -> Speaker:
    """The speaker with the role printed beside the words, or the fuller one printed elsewhere."""
    if speaker.name is None or _is_job(speaker.role or "") == 2:
        return speaker
    return replace(speaker, role=roles.get(speaker.name, speaker.role))


def said_after(plain: str, end: int, above: Speaker | None, last: Speaker | None = None) -> Speaker | None:
    """The speaker whom the words after a quotation name, as in '..., said Ann Lee, chair', else the one named above it.

    Where the quotation ends a sentence, 'Bob Ray said' after it begins the next one. `last` is whom 'she said' means.
    """
    stop = plain[max(0, end - REACH) : end - 1].rstrip()[-1:]
    ended = stop in (".", "…") or (stop in ("?", "!") and _NEXT_SENTENCE.match(plain, end) is not None)
    after_all = stop == "," or (above is None and not ended)
    for pattern in (_SAID_BY, _WHO_SAID) if after_all else (_SAID_BY,):
        if (match := pattern.match(plain, end)) and _plausible(match):
            return _speaker(match)
    if after_all and (match := _UNNAMED_AFTER.match(plain, end, end + REACH)):
        role = match["before"] or match["after"]
        return Speaker(None, _tidy(_GOES_ON.split(role)[0])) if role else last or Speaker(None)
    return above


def goes_on_after(words: str, speaker: Speaker) -> bool:
    """Whether words between two quotations only say that the speaker of the first goes on, as in ', she said.'."""
    words = words.strip(" ,")
    rest = words.removeprefix(speaker.name or "").strip()
    lone = len(_SAYS.findall(words)) == 1 and not re.search(r"[.!?;]\s", words) and len(words) < REACH
    return lone and _GOING_ON.match(rest) is not None and not names_another(words, speaker)


def names_another(words: str, speaker: Speaker) -> bool:
    """Whether words name a person who is not the speaker, or describe one: 'The manager disagreed and she said'."""
    known = f"{speaker.name} {speaker.role}"
    names = (match["name"] for match in _each(_ANY_NAME, words) if _plausible(match))
    return any(name not in known for name in names) or _SOMEBODY_ELSE.search(words.strip()) is not None


def says(sentence: str) -> bool:
    """Whether somebody says something in a sentence."""
    return _SAYS.search(sentence) is not None


def says_by_pronoun(sentence: str) -> bool:
    """Whether it is 'he' or 'she' who speaks."""
    return _PRONOUN.search(sentence) is not None
