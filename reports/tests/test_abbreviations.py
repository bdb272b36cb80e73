import pytest

from reports.abbreviations import Vocabulary, abbreviations_in, explained_in


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("MACE panels and the ICB met MACE.", ["MACE", "ICB"]),
        ("ICBs, the ICB’s plan, GPs'", ["ICB", "GP"]),
        ("KCSiE, DfE, DoLS and S&A", ["KCSiE", "DfE", "DoLS", "S&A"]),
        ("GCP2 in KS2", ["GCP2", "KS2"]),
        ("non-LAC, MASH-led (NRM)", ["LAC", "MASH", "NRM"]),
        ("WT2018 asks in 2022/23", ["WT"]),
        ("S.47, S47, U.K., e.g. an X-ray", []),
        ("Chapters II, IV and XIV", []),
        ("ST16 2LQ or just ST16, wv1", []),
        ("McDonald, MacLeod and YouTube", []),
        ("https://www.NSPCC.org.uk/ABC MASH@EXAMPLE.ORG www.DHSC.uk", []),
        ("the UK does NOT", []),
        ("the 2ND of MARCH_2", []),
        ("MACE\tICB\nNHS", ["MACE", "ICB", "NHS"]),
        ("İŞ \x85 \0", ["İŞ"]),
        ("", []),
    ],
)
def test_abbreviations_are_words_of_capitals(words, found):
    assert abbreviations_in(words) == found


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("We use Graded Care Profile 2 (GCP2).", {"GCP2"}),
        ("GCP2 (Graded Care Profile 2)", {"GCP2"}),
        ("multi-agency child exploitation (MACE)", {"MACE"}),
        ("Child safeguarding practice reviews (CSPRs)", {"CSPR"}),
        ("HM Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)", set()),
        ("His Majesty’s Inspectorate of Constabulary and Fire & Rescue Services (HMICFRS)", {"HMICFRS"}),
        ("Keeping children safe in education (KCSiE)", {"KCSiE"}),
        ("The panels (MACE) met. MASH (see section 5)", set()),
        ("(MACE)", set()),
    ],
)
def test_a_text_explains_what_it_spells_out(words, found):
    assert explained_in(words) == found


def test_terms_are_found_as_whole_words_in_their_own_capitals():
    vocabulary = Vocabulary(["DA", "NHS", "NHS England", "S&A"])

    assert list(vocabulary.terms_in("DA, das, DACDB, Da; NHS England, the NHS’s S&A; DAs.")) == [
        "DA",
        "NHS England",
        "NHS",
        "S&A",
        "DA",
    ]
    assert abbreviations_in(vocabulary.without_terms("NHS England and DHSC")) == ["DHSC"]


def test_no_terms_are_found_nowhere():
    assert list(Vocabulary([]).terms_in("MACE")) == []
    assert Vocabulary([]).without_terms("MACE") == "MACE"
