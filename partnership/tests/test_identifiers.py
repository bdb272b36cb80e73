"""Made-up examples only: nobody here is real, and 943 476 5919 is the NHS's own sample number."""

import re
from re import _constants as parts
from re import _parser as parser

import pytest

from partnership import identifiers
from partnership.identifiers import Finding, Identifier, find_identifiers

FOUND = [
    (Identifier.NHS_NUMBER, "The NHS number is 943 476 5919."),
    (Identifier.NHS_NUMBER, "Seen on the ward, 9434765919, twice."),
    (Identifier.NHS_NUMBER, "943-476-5919 was on the referral"),
    (Identifier.DATE_OF_BIRTH, "dob 3/4/2012"),
    (Identifier.DATE_OF_BIRTH, "DOB: 03.04.2012"),
    (Identifier.DATE_OF_BIRTH, "D.O.B. 3-4-12 as recorded"),
    (Identifier.DATE_OF_BIRTH, "The child was born on 3 April 2012."),
    (Identifier.DATE_OF_BIRTH, "born on the 3rd of April 2012"),
    (Identifier.DATE_OF_BIRTH, "Date of birth is 2012-04-03"),
    (Identifier.DATE_OF_BIRTH, "born April 3, 2012"),
    (Identifier.DATE_OF_BIRTH, "3/4/2012 (dob)"),
    (Identifier.POSTCODE, "The family moved to ST16 2LH in May."),
    (Identifier.POSTCODE, "lives at ws111xy"),
    (Identifier.POSTCODE, "near B1 1AA"),
    (Identifier.NAME, "a child called Jayden was seen"),
    (Identifier.NAME, "a girl known as “Kayleigh”"),
    (Identifier.NAME, "Learning from Baby P"),
    (Identifier.NAME, "Child Tyler was not seen alone"),
    (Identifier.NAME, "the mother of Ellie-May Smith"),
    (Identifier.NAME, "Jayden’s mother did not engage"),
    (Identifier.NAME, "the boy, Tyler Jones, was removed"),
    (Identifier.NAME, "Mason Green was a pupil at the time"),
    (Identifier.NAME, "Pupil Mason Green told staff"),
    (Identifier.NAME, "Zoë, aged 7, disclosed"),
    (Identifier.NAME, "J.S. (7) was admitted"),
    (Identifier.NAME, "JS, aged 4 weeks, was admitted"),
    (Identifier.AGE_AND_PLACE, "a 7-year-old from Cannock"),
    (Identifier.AGE_AND_PLACE, "aged 7 weeks, Tamworth"),
    (Identifier.AGE_AND_PLACE, "a seven year old boy living in Leek"),
    (Identifier.AGE_AND_PLACE, "In Rugeley, police met a 15-year-old"),
    (Identifier.AGE_AND_PLACE, "a Lichfield girl, 14, was missing"),
    (Identifier.AGE_AND_PLACE, "the baby, aged 3 months, was at County Hospital"),
    (Identifier.AGE_AND_PLACE, "a boy of nine from Stone"),
    (Identifier.NAME, "Ms Brown, stepfather of Kai, said"),
    (Identifier.NAME, "Ryan Clark was held for ten minutes."),
    (Identifier.NAME, "I am Chloe Evans"),
    (Identifier.NAME, "I’m Muhammad and I like it here"),
    (Identifier.NAME, "My name is Ottilie."),
    (Identifier.NAME, "Police spoke to Mason Green at home"),
    (Identifier.NAME, "Yesterday Ellie-May Smith was seen"),
    (Identifier.NAME, "Oliver J. O'Brien moved"),
    (Identifier.NAME, "the case of Ruby Courtney"),
    (Identifier.NAME, "Zoë Wright’s placement ended"),
    (Identifier.NAME, "Amber Johnson told staff"),
    (Identifier.NAME, "Officers met Oliver JOHNSON there"),
    (Identifier.NAME, "a lad called Tyler ran away"),
    (Identifier.NAME, "his mother Sarah did not attend"),
    (Identifier.NAME, "Her stepfather, Dean Wright, was arrested"),
    (Identifier.NAME, "their daughter Ottilie was removed"),
    (Identifier.NAME, "her partner Wayne Potts moved in"),
    (Identifier.NAME, "Maryam Khan, the Director, agreed"),
    (Identifier.ADDRESS, "police were called to 12 High Street, Stafford"),
    (Identifier.ADDRESS, "at 24 High Street offices"),
    (Identifier.ADDRESS, "lives at 7a Saint Chad's Close"),
    (Identifier.ADDRESS, "Flat 2, 114 Upper Church Lane"),
    (Identifier.ADDRESS, "12 Victoria Rd, first floor"),
    (Identifier.ADDRESS, "3 The Crescent"),
    (Identifier.ADDRESS, "on 3 May police went to 5 May Street"),
]
LEFT_ALONE = [
    "MACE_CHILDREN and GCP2_ASSESSMENTS rose in 2022-23",
    "In 2022/23 the Board completed six rapid reviews",
    "Call 01785 278123 or 0300 111 8010, extension 4765",
    "Ring 07700 900123 ext. 9434",
    "Order 943 476 5918 was paid for",
    "Pupils in Year 9 took part",
    "Working Together 2018 asks for it",
    "Section 47 enquiries and Section 11 audits",
    "See section 5.6 and paragraph 4.12",
    "Child A and LCSPR-2022-03 share themes",
    "Mother of Child A was seen",
    "Staffordshire Police and the Integrated Care Board",
    "Operation Encompass and Operation Lester",
    "The Independent Chair and Scrutineer, Staffordshire Safeguarding Children Board",
    "Detective Superintendent, Staffordshire Police",
    "Partners in ST16 and WS11 met",
    "Grid reference SJ 923 232",
    "More than 10,000 people in Stafford answered",
    "Staffordshire and Stoke-on-Trent ICS",
    "Children aged 10 to 17 in Staffordshire",
    "Babies under one in Tamworth and Lichfield",
    "The meeting of 3 April 2012 decided it",
    "Children born in 2012 will start school",
    "Child Protection and Child Death Overview Panel",
    "The child, Police Protection and Section 20",
    "16-year-olds in Staffordshire may apply",
    "Baby Friendly accreditation at UHNM",
    "A child protection inspection of Staffordshire Police in 2021",
    "The boy was seen by Children's Services in Cannock",
    "A strategy for girls aged 11–16 in Stafford",
    "The parents of children in Leek were asked",
    "Neglect (7), domestic abuse (5)",
    "The sibling group was placed together in Burton",
    "HMYOI Werrington holds boys aged 15 to 18",
    "His mother's partner moved to Newcastle in May",
    "The 2nd of Q1 2nd half, M6 1st exit",
    "Every Child Matters and the Child Safeguarding Practice Review Panel",
    "Training for 18 months in Stafford",
    "The child was named in the report",
    "Version 3.4.12 of the tool was born of need",
    "100 to 150 children, 21.5% of 79",
    "ISBN 978 0 11 322",
    "The Children Act 1989 and the Domestic Abuse Act 2021",
    "A sister of the Trust board",
    "The service is for children up to age 7 or older in Stone",
    "Twin Town visit",
    "The brother of Child B",
    "the child, Chair of Governors",
    "Sandwell Road Children's Centre",
    "Alice NSPCC and Max MARAC",
    "Alice House Hospice and Holly Lodge Primary School",
    "Ruby Court and Victoria Road",
    "Grace Hospital and Lily Ward",
    "Jordan Council met in Summer Term",
    "May Bank and Chelsea Football Club",
    "Brooklyn Bridge, Victoria Park and Albert Hall",
    "The Lucy Faithfull Foundation runs Stop It Now",
    "Oliver McGowan Mandatory Training is for all staff",
    "St Thomas More Catholic School",
    "The George Eliot Hospital and the Harper Adams University",
    "Faith-Based Organisations, Faith Leaders and Faith Communities",
    "Red Amber Green is the rating, Amber Rating stays",
    "Roman Catholic schools in the diocese",
    "Lord Laming wrote it",
    "The Max Card is for foster families",
    "Jackson Report, Taylor Review and Robert March",
    "Ruby was glad, and Alice agreed",
    "James and Charlotte Street",
    "I am Muslim and I am British",
    "I am Grace House’s manager",
    "a unit called Willow Ward",
    "She called Police and her mother Social Care",
    "In 47 Family Court hearings and 3 High Court cases",
    "On 12 March Victoria Road was closed",
    "In 2023 Park Road reopened",
    "All 12 schools on High Street",
    "3 St George churches",
    "The A34 Stone Road scheme",
    "their young person's Pupil Premium",
]


@pytest.mark.parametrize(("kind", "text"), FOUND)
def test_what_could_tell_who_a_child_is_is_found(kind, text):
    assert [finding.kind for finding in find_identifiers(text)] == [kind]


def test_a_child_a_parent_and_where_they_live_are_each_asked_about():
    text = "Oliver Johnson was injured by his mother Sarah Johnson at 12 High Street, Stafford."

    assert [(finding.kind, finding.excerpt) for finding in find_identifiers(text)] == [
        (Identifier.NAME, "Oliver Johnson"),
        (Identifier.NAME, "his mother Sarah Johnson"),
        (Identifier.ADDRESS, "12 High Street"),
    ]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_what_only_looks_like_it_is_left_alone(text):
    assert find_identifiers(text) == []


def test_there_are_thirty_examples_of_each():
    assert (len(set(FOUND)) >= 30, len(set(LEFT_ALONE)) >= 30) == (True, True)


def test_a_finding_says_where_it_stands_and_asks():
    [finding] = find_identifiers("They moved to  ST16  2LH.")

    assert finding == Finding(kind=Identifier.POSTCODE, excerpt="ST16 2LH", start=15, end=24)
    assert finding.question == "“ST16 2LH” looks like a full postcode. Could a child be told from it?"


def test_findings_come_in_the_order_of_the_text_and_each_once():
    text = "Kai, aged 7, from Leek. His NHS number is 943 476 5919. Jayden’s mother lives at ST16 2LH."

    assert [(finding.kind, finding.excerpt) for finding in find_identifiers(text)] == [
        (Identifier.NAME, "Kai, aged 7"),
        (Identifier.AGE_AND_PLACE, "aged 7, from Leek"),
        (Identifier.NHS_NUMBER, "943 476 5919"),
        (Identifier.NAME, "Jayden’s mother"),
        (Identifier.POSTCODE, "ST16 2LH"),
    ]


def test_a_long_excerpt_is_cut():
    name = "J" + "a" * 29

    [finding] = find_identifiers(f"mother of {name} {name}{name[:1]} and a boy")

    assert len(finding.excerpt) <= identifiers.LONGEST_EXCERPT


def patterns():
    for value in vars(identifiers).values():
        for pattern in value if isinstance(value, tuple) else [value]:
            if isinstance(pattern, re.Pattern):
                yield pattern


def repeats(parsed, depth=1):
    """How often each part of a pattern may repeat, and how deep it stands in other repeats."""
    for op, argument in parsed:
        if op in (parts.MAX_REPEAT, parts.MIN_REPEAT, parts.POSSESSIVE_REPEAT):
            _, most, inner = argument
            yield most, depth if most > 1 else depth - 1
            yield from repeats(inner, depth + (most > 1))
        elif op == parts.SUBPATTERN:
            yield from repeats(argument[3], depth)
        elif op == parts.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch, depth)
        elif op in (parts.ASSERT, parts.ASSERT_NOT):
            yield from repeats(argument[1], depth)


def test_every_pattern_repeats_within_bounds_and_not_inside_another_so_that_time_grows_with_the_text():
    found = [repeat for pattern in patterns() for repeat in repeats(parser.parse(pattern.pattern, pattern.flags))]

    assert len(found) > 50
    assert [repeat for repeat in found if repeat[0] > 40 or repeat[1] > 1] == []


@pytest.mark.parametrize("text", ["", " ", "\0", "\n" * 99, "é" * 99, "1" * 99, "A" * 99, "aged", "born on"])
def test_strange_texts_hold_nothing(text):
    assert find_identifiers(text) == []
