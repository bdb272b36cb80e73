from training.addresses import Addresses, read_addresses


def test_a_list_from_a_mail_program_gives_each_address_once():
    text = "Ann Example <Ann@Example.org>; bob@example.org,\tann@example.org\n'carol@example.org'."

    assert read_addresses(text) == Addresses(
        found=("ann@example.org", "bob@example.org", "carol@example.org"), doubles=("ann@example.org",), wrong=()
    )


def test_what_is_no_address_is_named():
    assert read_addresses("ann@example bob@@example.org good@example.org").wrong == (
        "ann@example",
        "bob@@example.org",
    )


def test_a_text_without_addresses_and_one_with_nul_bytes_give_none():
    assert read_addresses("Nobody here").found == ()
    assert read_addresses("a\0b@example.org").found == ()


def test_a_megabyte_is_read_at_once():
    assert read_addresses("@" * 1_000_000).found == ()
