"""Who speaks: a name, and the role that stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus.names import NAME, OPENERS, is_person
from corpus.saying import REACH, SAYING

_JOB = re.compile(
    r"\b(?:Chief|Executive|Director|Chair\w*|Minister|Secretary|Officer|Head|Manager|President|Leader|Mayor|Commissioner"
    r"|Member|Coordinator|Founder|Partner|Trustee|Lead|Captain|Ambassador|Editor|Principal|Warden|Clerk|Inspector)\b"
)
POST = re.compile(
    r"\b(?:carer|parent|mother|father|wife|husband|daughter|son|teacher|headteacher|nurse|midwife|doctor|GP|patient"
    r"|mum|dad|grand(?:father|mother|parent)|client|customer|claimant|interviewee|apprentice|learner|driver"
    r"|veteran|male|female|[PR]\d{1,3}"
    r"|(?:case|key|outreach|social|support|youth)?worker|member|resident|tenant|volunteer|user|survivor|participant|respondent|student|pupil|farmer|owner|CEO"
    r"|chief executive|director|chair\w*|minister|secretary|officer|head|manager|president|leader|mayor|commissioner"
    r"|coordinator|founder|partner|trustee|lead|captain|ambassador|editor|principal|warden|clerk|inspector|councillor"
    r"|academic|actor|administrator|analyst|anonymous|applicant|artist|assistant|brother|builder|caller|chef|childminder"
    r"|cleaner|commuter|conductor|cook|crofter|cyclist|dentist|electrician|employee|employer|firefighter|fisherman|governor"
    r"|graduate|grower|guard|guardian|hairdresser|homeowner|householder|journalist|landlord|leaseholder|leaver|librarian"
    r"|motorist|musician|nanny|neighbour|operator|paramedic|passenger|pensioner|pharmacist|physiotherapist|pilot|plumber"
    r"|porter|prisoner|psychiatrist|psychologist|reader|receptionist|refugee|registrar|scientist|shopkeeper|sister|soldier"
    r"|supporter|surgeon|technician|therapist|trainee|writer"
    r"|MP|MSP|lawyer|solicitor|engineer|professor|lecturer|researcher|adviser|consultant|spokes\w+)"
    r"(?=$|[,;().]| \d| (?:at|of|for|in|from|to|with|and)\b)",
    re.I,
)
_NO_ROLE_STARTS = re.compile(rf"(?:(?:{OPENERS}|[Aa]nd|[Bb]ut|[Ww]e|[Tt]hey|[Tt]his|[Tt]hat)\b|\w+ing\b|\w+ly\b|\d)")
_ROLE_STARTS = re.compile(
    rf"(?:[Tt]he|[Aa]n?|[Oo]ne|[Oo]ur|[Mm]y|[Hh]er|[Hh]is|[Tt]heir|at|of|from|for|who|whose|[Aa]ged)\b|[a-z]{{0,5}}[A-Z]"
    rf"|(?:[\w’'-]+ ){{0,4}}?(?:{POST.pattern}|\w+(?:ian|ist)\b|(?:at|of) (?:the )?[A-Z])"
)
GOES_ON = re.compile(
    rf",? (?:and|but) (?=[^,]{{0,80}}\b{SAYING}\b)"
    r"|, (?:(?:and|but|or|so|yet|as|because|while|whilst|when|although|though|if|which|that|we|they|he|she|it|I)\b"
    r"|(?:\w+ing|\w+ly)\b)"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person or body quoted; `name` is None for somebody unnamed. `role` is as printed."""

    name: str | None
    role: str | None = None


def is_post(words: str) -> bool:
    """Whether words before a name and a comma say what the person is, and are no person whose place follows."""
    person = re.fullmatch(NAME, words.strip())
    return POST.search(words) is not None and not (person and is_person(person["name"]) and not _JOB.search(words))


def role_in(words: str | None) -> str | None:
    """A role in what stands beside a name: not how, when or why something is said, nor the clause that goes on."""
    role = GOES_ON.split((words or "")[:REACH])[0].strip(" ,.;:()")
    role = re.sub(rf"^(?:(?:{OPENERS})\b,? )+", "", role)
    return role if role and _ROLE_STARTS.match(role) and not _NO_ROLE_STARTS.match(role) else None


def tidy(role: str | None) -> str | None:
    """A role without the punctuation round it."""
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
