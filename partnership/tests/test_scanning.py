import socket

import pytest

from partnership import scanning
from partnership.scanning import ScannerAway, address_fault, scan
from partnership.tests.fake_clamd import VIRUS, scanner


def test_clean_file_is_sent_whole_and_has_no_virus(tmp_path):
    content = bytes(range(256)) * 1000
    with scanner(tmp_path) as (running, address):
        virus = scan([content[:100_000], content[100_000:]], address=address)

    assert (virus, running.seen) == ("", [content])


def test_virus_is_named(tmp_path):
    with scanner(tmp_path) as (_, address):
        assert scan([b"before", VIRUS, b"after"], address=address) == "Eicar-Signature"


UNCLEAR = [b"", b"\0", b"stream: OK", b"stream: OK\n", b"INSTREAM size limit exceeded. ERROR\0", b"stream: FOUND OK\0"]


@pytest.mark.parametrize("answers", UNCLEAR)
def test_anything_but_a_plain_answer_says_nothing_of_the_file(tmp_path, answers):
    with scanner(tmp_path, answers=answers) as (_, address), pytest.raises(ScannerAway):
        scan([b"words"], address=address)


def test_scanner_that_dies_in_the_middle_says_nothing_of_the_file(tmp_path):
    with scanner(tmp_path, hangs_up_after=1000) as (_, address), pytest.raises(ScannerAway):
        scan([bytes(1_000_000)] * 8, address=address)


def test_scanner_that_is_not_there(tmp_path):
    with pytest.raises(ScannerAway):
        scan([b"words"], address=f"unix:{tmp_path}/nobody.sock")


def test_scanner_that_never_answers_is_left_in_time(monkeypatch):
    monkeypatch.setattr(scanning, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(ScannerAway):
        scan([b"words"], address=f"tcp://127.0.0.1:{silent.getsockname()[1]}")


@pytest.mark.parametrize("address", ["tcp://clamd:3310", "unix:/run/clamd.sock", "unix:///run/clamd.sock"])
def test_good_address_has_no_fault(address):
    assert address_fault(address) == ""


@pytest.mark.parametrize("address", ["clamd:3310", "tcp://clamd", "tcp://clamd:many", "http://clamd:3310", "unix:"])
def test_bad_address_is_named(address):
    assert address_fault(address) == f"{address} is not an address such as tcp://host:3310 or unix:/path."
