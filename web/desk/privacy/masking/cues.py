"""What people say just before a name. Patterns are for a text in small letters."""

import re
from collections.abc import Iterator
from enum import IntEnum

from desk.privacy.masking.lexicon import listed, phrases


class Cue(IntEnum):
    """How surely a name follows; a surer cue is a larger number."""

    MET = 1
    INTRODUCED = 2
    RELATED = 3
    JOB = 4
    TITLE = 5
    NAMED = 6


RELATIVES = (
    "husband|hubby|hubbie|wife|wifey|partner|boyfriend|girlfriend|fianc[eé]e?|spouse|ex|mum|mom|mam|mother|dad|father|da|son|daughter"
    "|brother|sister|bro|sis|kid|child|baby|nan|nana|gran|granny|grandma|grandad|granddad|grandpa|grandson|granddaughter|grandmother|grandfather"
    "|uncle|aunt|auntie|aunty|cousin|nephew|niece|friend|mate|pal|neighbou?r|roommate|flatmate|housemate|boss|colleague|coworker"
    "|in[\\s-]law|twin|koro|nonna|lad|lass|stepson|stepdaughter|godson|better\\shalf|other\\shalf|buddy|bestie"
)
JOBS = (
    "physio(?:therapist)?|pt|ot|gp|doctor|doc|consultant|surgeon|neurologist|neuro|nurse(?:\\s(?:practitioner|specialist))?|therapist|orthotist|podiatrist"
    "|chiropodist|chiropractor|osteopath|carer|caregiver|care\\sworker|social\\sworker|specialist|radiologist|receptionist|midwife|trainer|coach"
    "|teacher|secretary|assistant|aide|manager|pharmacist|dentist|orthopod|registrar|matron|psychologist|counsell?or|case\\s?worker|solicitor|lawyer"
)
_SAYS = (
    r"(?:(?:['\u2019]?s)?[\s,:(\-\u2013]{1,2}(?:is|was|called|named|names?|name['\u2019]?s|name\sis|being"
    r"|a|an|the|mr|mrs|dr|miss)\b\.?){0,3}"
)
_PATTERNS = (
    (
        Cue.NAMED,
        r"\b(?:names|name['\u2019]s|name(?:\s(?:is|was))|name\s?:|names?\sare|surname(?:\sis)?|patient\s?:|client\s?:|attn:?|c/o)\s{0,2}",
    ),
    (Cue.NAMED, r"(?:^|\n)\s{0,3}(?:full\s|patient\s|first\s|last\s)?name[\s:.\-]{1,3}"),
    (
        Cue.NAMED,
        r"\b(?:am|is|are|was|im|['\u2019]m|['\u2019]s|hes|shes|its|who)\s(?:called|named)\s",
    ),
    (Cue.NAMED, r"\bmy\sname\s(?=[A-Za-z]+\s[A-Za-z]+)"),
    (Cue.NAMED, r"\bpatient\sname\s"),
    (
        Cue.TITLE,
        r"\b(?:dr|drs|mr|mrs|mister|prof|professor|sgt|rev|fr|herr|frau|mme|monsieur|dott|dottoressa|señora?|sr|sra|dra|pani|pan)\b\.?\s{1,2}(?:(?:dr|prof|med)\.?\s)?",
    ),
    (
        Cue.JOB,
        r"\b(?:miss|sister|sir|lady|captain|nurse|doctor|uncle|aunt(?:ie|y)?)\b\.?\s{1,2}",
    ),
    (Cue.JOB, rf"\b(?:{JOBS}){_SAYS}[\s,:(\-\u2013]{{1,3}}"),
    (Cue.RELATED, rf"\b(?:{RELATIVES}){_SAYS}[\s,:(\-\u2013]{{1,3}}"),
    (
        Cue.INTRODUCED,
        r"(?:\bi\s?['\u2019]?\s?am|\bim|\bi['\u2019]m|\bcalls?\sme|\bknown\sas|\bich\sbin|\bje\ssuis|\bko)\s{1,2}",
    ),
    (
        Cue.MET,
        r"(?<!\bi\s)(?<!\bwe\s)(?<!\bhe\s)(?<!she\s)(?<!they\s)(?<!and\s)(?<!thing\s)(?<!drug\s)(?<!device\s)(?<!brace\s)"
        r"\b(?:called|named|ask(?:ed)?(?:\sfor)?|tell|told|met|meet|thank|rang|saw|see|seen|seeing|under"
        r"|(?:spoke|spoken|talked|talking|speak|speaking|live|lived|living|married|engaged)\s(?:to|with)"
        r"|message|phoned?|texted?|emailed|contact|dear|hi|hello|hey|this\sis|its|it['\u2019]s|it\sis|here['\u2019]?s|it\swas)\s",
    ),
)
_CUES = tuple((cue, re.compile(pattern)) for cue, pattern in _PATTERNS)


# Written small, it is the illness.
_MS = re.compile(r"\bMs\.?\s{1,2}")


def cues(text: str, small: str) -> Iterator[tuple[int, Cue]]:
    """Where a name may begin, and how surely; in a text and the same in small letters."""
    for cue, pattern in _CUES:
        for found in pattern.finditer(small):
            yield found.end(), cue
    for found in _MS.finditer(text):
        yield found.end(), Cue.JOB


SIGNED = re.compile(
    r"(?:\bregards|\bthanks(?:\s(?:so\smuch|a\slot|again|very\smuch))?|\bthank\syou(?:\s(?:so|very)\smuch)?|\bthankyou|\bthx|\bcheers|\blove|\bwishes|\bsincerely|\bfaithfully|\bsigned|\bbest|\bxx+|\byours"
    r"|\bmerci|\bmany\sthanks)[\s,.!:x\u2013-]{1,6}(?=[^\n]{2,60}\s*\Z)",
)
LAST_LINE = re.compile(r"\n[\s\-\u2013~]{0,4}(?=[^\n]{2,40}\s*\Z)")
FIRST_LINE = re.compile(r"\A\s{0,3}(?=[^\n\d]{4,40}\n)")
# People and things that many know by a name: no patient is meant.
KNOWN = re.compile(rf"\b(?:{'|'.join(phrases('known.txt'))})\b")
# What follows the name of an illness, a sign, a house or a thing that is named after somebody.
THINGS = listed("things.txt")
# Words that follow «I am» or «my friend» and are no names, though the lists have them.
NOBODY = listed("nobody.txt")
# Names that are also verbs: written small, they are taken for verbs.
VERBS = listed("verbs.txt")
MONTHS = listed("months.txt")
