"""What in a text could tell who a child is. A finding is a question to the writer, never a verdict.

The rules lean on context: a name, a date or an age alone is common in these records, and only what stands beside it
makes it a child's. Sources: ICO, Anonymisation code of practice; NHS Data Dictionary, NHS number (modulus 11).
Every pattern repeats within bounds, so that the time grows with the length of the text and no faster.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from partnership.first_names import FIRST_NAMES


class Identifier(StrEnum):
    """What it looks like, in words that follow "looks like"."""

    NHS_NUMBER = "an NHS number"
    DATE_OF_BIRTH = "a date of birth"
    POSTCODE = "a full postcode"
    ADDRESS = "a home address"
    NAME = "a child's name"
    AGE_AND_PLACE = "an exact age with a place"


LONGEST_EXCERPT = 80
LONGEST_ACRONYM = 5
"""In capitals, more letters than this are a surname as the police write it."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """Something in a text that looks like an identifier, where it stands, and what to ask about it."""

    kind: Identifier
    excerpt: str
    start: int
    end: int

    @property
    def question(self) -> str:
        return f"“{self.excerpt}” looks like {self.kind}. Could a child be told from it?"


def find_identifiers(text: str) -> list[Finding]:
    """What looks like an identifier, in the order of the text; of two findings of a kind that overlap, the first."""
    found = sorted(_found(text), key=lambda finding: (finding.start, -finding.end))
    kept: list[Finding] = []
    reached: dict[Identifier, int] = {}
    for finding in found:
        if finding.start >= reached.get(finding.kind, 0):
            reached[finding.kind] = finding.end
            kept.append(finding)
    return kept


def _found(text: str) -> Iterator[Finding]:
    for match in NHS_NUMBER.finditer(text):
        if _has_valid_check_digit(match[0]):
            yield _finding(Identifier.NHS_NUMBER, match)
    for pattern in DATES_OF_BIRTH:
        yield from (_finding(Identifier.DATE_OF_BIRTH, match) for match in pattern.finditer(text))
    for match in POSTCODE.finditer(text):
        if not ORDINAL.fullmatch(match["inward"]):
            yield _finding(Identifier.POSTCODE, match)
    for match in ADDRESS.finditer(text):
        if _is_street(match):
            yield _finding(Identifier.ADDRESS, match)
    for pattern in FULL_NAMES:
        for match in pattern.finditer(text):
            if _is_full_name(match):
                yield _finding(Identifier.NAME, match)
    for pattern in NAMES:
        for match in pattern.finditer(text):
            if _are_names(match.groupdict()):
                yield _finding(Identifier.NAME, match)
    yield from (_finding(Identifier.NAME, match) for match in INITIALS_WITH_AGE.finditer(text))
    for pattern in AGES_AND_PLACES:
        for match in pattern.finditer(text):
            if _is_place(match["place"]):
                yield _finding(Identifier.AGE_AND_PLACE, match)


def _finding(kind: Identifier, match: re.Match[str]) -> Finding:
    excerpt = " ".join(match[0].split())
    if len(excerpt) > LONGEST_EXCERPT:
        excerpt = f"{excerpt[: LONGEST_EXCERPT - 1]}…"
    return Finding(kind=kind, excerpt=excerpt, start=match.start(), end=match.end())


def _has_valid_check_digit(number: str) -> bool:
    """Modulus 11: the digits weighted 10 to 1 add up to a multiple of 11. A tenth digit of 10 cannot be."""
    digits = [int(each) for each in number if each.isdigit()]
    return sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0


def _are_names(found: dict[str, str | None]) -> bool:
    """Whether every word that stands where a name would could be one."""
    words = [word for word in found.values() if word]
    return all(_is_capitalised(word) and _plain(word) not in NEVER_A_NAME for word in words)


def _is_full_name(match: re.Match[str]) -> bool:
    """Whether what stands beside a common first name leaves it one: Jordan Council and Faith-Based are none."""
    surname = match["surname"] or ""
    further = {_plain(word) for word in match.groupdict().values() if word}
    if surname.isupper() and len(surname) <= LONGEST_ACRONYM:
        return False
    return not further & BESIDE_NO_NAME and _plain(surname) not in NEVER_A_NAME


def _is_street(match: re.Match[str]) -> bool:
    """Whether the word before Court, Place or Way leaves it one: 3 Family Court hearings are at none."""
    return match["road"] not in {"Court", "Place", "Way"} or _plain(match["last"]) not in NO_STREET


def _is_place(word: str) -> bool:
    return _is_capitalised(word) and _plain(word) not in NEVER_A_PLACE


def _is_capitalised(word: str) -> bool:
    return word[0].isupper() and not word.isupper()


def _plain(word: str) -> str:
    """The word in lower case without a possessive ending; of a joined word its first part."""
    return re.split("['’-]", word.lower())[0]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# England and Wales begin with 4, 6, 7 or 9, Northern Ireland and Scotland below 4; none begins with 0, as telephone
# numbers do, and what begins with 1 or 2 is far more often a year than a Scottish number.
NHS_NUMBER = re.compile(r"(?<![\w.-])[3-9]\d{2}[ \t\xa0.-]{0,2}\d{3}[ \t\xa0.-]{0,2}\d{4}(?![\w-])", re.ASCII)

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
DATE = (
    r"(?:\d{1,2}[/. -]\d{1,2}[/. -](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {MONTH}\b,?(?: \d{{2,4}})?"
    rf"|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?\b,?(?: \d{{2,4}})?)"
)
BIRTH = r"(?:d\.? ?o\.? ?b\b\.?|date of birth|birth ?date|birthday|born)"
DATES_OF_BIRTH = (
    re.compile(rf"\b{BIRTH}[\s:=(-]{{0,4}}(?:(?:is|was|on)\b[\s:]{{0,3}})?(?:the )?{DATE}(?!\d)", re.IGNORECASE),
    re.compile(rf"(?<![\d/.]){DATE}[\s,(-]{{1,3}}{BIRTH}\b", re.IGNORECASE),
)

AREA = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]"
    r"|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE)"
)
POSTCODE = re.compile(
    rf"(?<![\w-]){AREA}\d[\dA-Z]?[ \xa0]{{0,2}}(?P<inward>\d[ABD-HJLNP-UW-Z]{{2}})(?![\w-])", re.IGNORECASE
)
ORDINAL = re.compile("1st|2nd|3rd")

ROAD_WORD = r"[A-ZÀ-Þ][\w'’-]{1,25}+\.?"
ADDRESS = re.compile(
    rf"(?<![\w.,/£-])\d{{1,3}}[A-Za-z]?(?:[-–/]\d{{1,3}}[A-Za-z]?)?,? (?!(?i:{MONTH}) {ROAD_WORD} [A-Z])"
    rf"(?:{ROAD_WORD} )?(?:{ROAD_WORD} )?(?P<last>{ROAD_WORD}) "
    r"(?P<road>[Ss]treet|[Rr]oad|[Aa]venue|[Ll]ane|[Cc]rescent|Close|Drive|Way|Court|Terrace|Place|Gardens|Grove|Hill|Mews"
    r"|Rd|Ave|St(?!\.? [A-Z]))\b"
)

NUMBER = (
    r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen)"
)
UNIT = r"(?:year|month|week|day)"
AGE = (
    rf"(?:(?<![\w-]){NUMBER}[ -]{UNIT}s?[ -]old\b"
    rf"|(?<![\w-])\d{{1,2}} ?y[r/]?(?:s|[ /]?o)\b"
    rf"|\baged? (?:of )?{NUMBER}\b(?: {UNIT}s?\b)?(?! ?(?:to|and|or|up|plus|upwards)\b| ?[-–+])"
    rf"|\b(?:baby|boy|girl) of {NUMBER}\b(?! ?(?:to|and|or)\b))"
)
CHILD = (
    r"(?:child|baby|boy|girl|son|daughter|infant|toddler|newborn|sibling|brother|sister|twin|pupil|teenager|youngster"
    r"|young person|grandson|granddaughter|nephew|niece|stepson|stepdaughter)"
)
KIN = (
    r"(?:mother|father|mum|dad|parents?|step-?(?:mother|father|dad|mum)|grand(?:mother|father|parents?)|aunt|uncle"
    r"|brother|sister|siblings?|foster carers?|carers?)"
)
WORD = r"(?<![\w'’-])[^\W\d_][\w'’-]{1,30}+"
"""A whole word. It gives nothing back, so that a long one is read once."""
QUOTE = r"[\"'“‘]?"
NAMES = (
    # a child called Jayden; a boy known as “Tyler”
    re.compile(
        rf"\b(?i:{CHILD}),? (?:(?:who (?:is|was) )?(?:called|named|known as)|whose name (?:is|was))"
        rf" {QUOTE}(?P<a>{WORD})"
    ),
    # Baby P, Baby Jayden, Child Tyler
    re.compile(r"\b(?i:baby) [A-Z]\b(?!['’.]?\w)"),
    re.compile(rf"\b(?:Baby|Child|Twin) (?P<a>{WORD})"),
    # the boy, Tyler Jones; pupil Mason Green
    re.compile(rf"\b(?i:{CHILD})(?:,|:| \()? {{0,1}}{QUOTE}(?P<a>{WORD}) (?P<b>{WORD})"),
    # Tyler Jones, a nine-year-old boy; Tyler Jones was a pupil
    re.compile(rf"(?P<a>{WORD}) (?P<b>{WORD}),? (?:(?:is|was),? )?(?:a|an|the|our|their)\b [\w -]{{0,25}}\b{CHILD}\b"),
    # mother of Ellie-May Smith
    re.compile(rf"\b(?i:{KIN}) (?:of|to) {QUOTE}(?P<a>{WORD})(?: (?P<b>[^\W\d_a-z][\w'’-]{{1,30}}+))?"),
    # his mother Sarah Johnson; her son Kai
    re.compile(
        rf"\b(?i:his|her|their|my) (?:{KIN}|{CHILD}|partner|husband|wife|boyfriend|girlfriend|cousin),? "
        rf"{QUOTE}(?P<a>{WORD})(?: (?P<b>[^\W\d_a-z][\w'’-]{{1,30}}+))?"
    ),
    # my name is Jayden
    re.compile(rf"\b(?i:my name(?: is|['’]s)) {QUOTE}(?P<a>{WORD})"),
    # Jayden’s mother
    re.compile(rf"(?P<a>{WORD})(?<=['’]s) {KIN}\b"),
    # Jayden, aged 7
    re.compile(rf"(?P<a>{WORD}),? \(?(?:(?:who )?(?:is|was) )?(?=aged? \d|\d{{1,2}}[ -]{UNIT}s?[ -]old\b){AGE}"),
)
FIRST_NAME = rf"(?<![\w'’-])(?=[A-Z])(?:{'|'.join(sorted(FIRST_NAMES))})(?:-(?P<second>[A-Z]\w{{1,20}}+))?(?![\w-])"
CAPITALISED = r"[^\W\d_a-z][\w'’-]{1,30}+"
NAMED_AFTER = (
    r"(?! (?:[A-Z]\w{1,20} )?(?:Academy|Building|Catholic|Centre|Church|College|Community|Foundation|High|Hospice"
    r"|Hospital|House|Infirmary|Library|Mandatory|Nursery|Primary|School|Trust|University)\b)"
)
"""What is called after somebody: the Lucy Faithfull Foundation, Oliver McGowan Mandatory Training."""
FULL_NAMES = (
    # Oliver Johnson; Ellie-May J. Smith
    re.compile(
        rf"(?<!\bSt )(?<!\bSt\. )(?<!\bSaint )(?!Amber Green\b){FIRST_NAME}(?: [A-Z]\b\.?)?[ \t\xa0]{{1,3}}"
        rf"(?P<surname>{CAPITALISED}){NAMED_AFTER}"
    ),
    # I am Chloe; a lad called Ryan
    re.compile(
        rf"\b(?i:i am|i['’]m|called|named|known as) {QUOTE}{FIRST_NAME}(?: (?P<surname>{CAPITALISED}))?{NAMED_AFTER}"
    ),
)
INITIALS_WITH_AGE = re.compile(
    rf"(?<![\w.])(?:[A-Z]\.? ?[A-Z]\.?,? \(?{AGE}|[A-Z]\. ?[A-Z]\.,? \(?\d{{1,2}}\b(?! ?(?:to|and|or|%)\b|[-–/.]\d))"
)
NEAR = r"[^.;\n]{0,40}?"
PLACE = r"(?P<place>(?<![\w'’-])(?-i:[A-ZÀ-Þ])[\w'’-]{1,30}+)"
AGES_AND_PLACES = (
    # a 7-year-old from Cannock
    re.compile(rf"{AGE}{NEAR}\b(?:from|in|at|near|outside|of) (?:the )?{PLACE}", re.IGNORECASE),
    # aged 7 weeks, Tamworth
    re.compile(rf"{AGE}\)?[,:]? (?:\()?{PLACE}", re.IGNORECASE),
    # in Cannock, a 7-year-old
    re.compile(rf"\b(?:from|in|at|near|outside) {PLACE}{NEAR}{AGE}", re.IGNORECASE),
    # a Cannock 7-year-old; a Leek girl, 7
    re.compile(rf"{PLACE} (?i:(?:{CHILD},? )?){AGE}"),
    re.compile(rf"{PLACE} (?:{CHILD}), \d{{1,2}}\b(?! ?(?:to|and|or)\b|[-–/.]\d)"),
)

TIMES = _words(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday christmas easter spring summer autumn winter
    year years month months week weeks day days quarter term"""
)
STARTS = _words(
    """a an the this that these those their there they he she it its we our you your who when where while after before
    since during then if in on at by for from to of with without as and or but not no all any both each every many most
    some several few one two three four five six seven eight nine ten was is were are be been has have had how what why
    which because although however also only about between within under over his her him them more less than aged age
    once until later now yes first second third last next other another"""
)
PEOPLE = _words(
    """child children baby babies boy boys girl girls infant infants pupil pupils student students learner learners
    young person persons people youth teenager teenagers adolescents adult adults parent parents mother mothers father
    fathers mum mums dad dads carer carers brother sister sibling siblings twin twins woman women man men family
    families patient patients resident residents female females male males everyone anyone someone somebody those
    unborn newborn toddler toddlers victim victims staff worker workers practitioner practitioners professional
    professionals reviewer reviewers nurse nurses officer officers teacher teachers doctor doctors gp gps
    grandmother grandfather grandparents stepfather stepmother aunt uncle"""
)
BODIES = _words(
    """section sections part chapter paragraph figure table appendix act bill regulation regulations level stage phase
    key group cohort class form number case review reviews record report reports lcspr cspr csc sudi operation project
    police council board panel partnership trust hospital school schools academy college nursery university service
    services agency agencies team teams unit hub centre office ofsted hmicfrs nhs icb icbs ics cafcass camhs mash mace
    probation court courts government department ministry home house church charity barnardo nspcc childline
    commissioner committee forum network programme strategy strategic plan policy procedure guidance standard standards
    framework model tool toolkit scheme system early help working together safeguarding protection protecting social
    care health education domestic abuse violence sexual exploitation criminal neglect death deaths overview
    exploration practice learning development mental physical emotional wellbeing welfare needs need need's special
    educational disability disabled looked after fostering foster adoption adopted kinship independent chair lead
    manager director deputy head senior chief executive inspector sergeant constable superintendent designated named
    safe safer friendly box clinic first responder line poverty benefit trafficking arrangements trust's employment
    in-need conference conferences core graded profile healthy start sleep talk vision local national regional
    county city town borough district north south east west midlands england wales scotland ireland britain british
    uk european english welsh scottish international neonatal maternity paediatric primary secondary
    county's minister secretary prime king queen royal crown lord lady her his majesty panel's youth justice offending
    survey voice awareness week foundation society association alliance institute assessment assessments medical
    bank credit tax tv abduction rescue fire ambulance hmyoi ysos yos acronym serious incident rapid thematic
    sub-group reference missing misuse substance alcohol drugs attendance absence exclusion information sharing
    data training course module session toxic trio think whole living lived experience injury injuries harm
    professional curiosity challenge escalation culture cultural bias online internet digital smoking obesity modifiable
    cross border matters mortality reading right rights united nations convention pathway support supporting"""
)
PLACES = _words(
    """staffordshire stoke-on-trent stoke trent stafford cannock tamworth lichfield burton leek newcastle stone rugeley
    uttoxeter cheadle biddulph moorlands wolverhampton walsall birmingham derby derbyshire shropshire telford cheshire
    london manchester liverpool leeds leicester nottingham sheffield bristol essex kent sussex surrey norfolk suffolk
    devon cornwall dorset somerset wiltshire gloucestershire worcestershire warwickshire coventry sandwell dudley
    solihull herefordshire bradford rochdale rotherham oxford oxfordshire cambridge cambridgeshire lancashire cumbria
    durham northumberland yorkshire lincolnshire hampshire berkshire hertfordshire bedfordshire buckinghamshire
    werrington swinfen"""
)
BESIDE_NO_NAME = _words(
    """street st road rd avenue ave lane close drive crescent way terrace place gardens grove hill mews square park
    ward lodge hall cottage farm bridge station cross dock line valley river island state estate villa row view walk
    hospice infirmary surgery pharmacy library theatre museum church chapel cathedral catholic empire football club
    flower show award awards appeal card project campaign initiative fund charity rating ratings rated red alert
    flags based communities community groups leaders organisations sector tree branch league bear bears law laws
    rule act inquiry enquiry holidays holiday building company limited ltd solicitors chambers cup federation"""
)
NO_STREET = _words("family youth crown county high magistrates supreme appeal protection safe right better open")
NEVER_A_NAME = TIMES | STARTS | PEOPLE | BODIES | PLACES
NEVER_A_PLACE = (
    TIMES
    | STARTS
    | PEOPLE
    | (
        BODIES
        - _words("hospital school academy college nursery clinic church hmyoi north south east west county city town")
    )
)
