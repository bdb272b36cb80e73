"""Twenty people write in one section at once, over real HTTP on PostgreSQL: nothing that was acknowledged is lost."""

import json
import random
import re
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from sscb_portal.tests.stack import postgresql_and_redis, sqlite_and_folder, wait_for

pytestmark = pytest.mark.journey

EDITORS, SAVES = 20, 1_000
RESTARTS = 5
TRIES = 400
TOKEN = "t" * 32

MAKE = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from partnership.models import Agency, Membership, User
from reports import actions
from reports.actions import BlockSave
from reports.content import BlockContent
from reports.models import AnnualReport
store = import_module(settings.SESSION_ENGINE).SessionStore
board = Agency.objects.get(code="board")
sessions = []
for number in range({editors}):
    person = User.objects.create_user(email=f"editor{{number}}@example.org", name=f"Editor {{number}}")
    Membership.objects.create(user=person, agency=board, role="board-officer")
    session = store()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(person.pk), settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.save()
    sessions.append((person.pk, session.session_key))
section = actions.add_section(
    report=AnnualReport.objects.get(), number="99", title="Together", owner=board, by=person
)
block = actions.add_block(section=section, kind="text", by=person)
body = {body!r}
actions.save_section(section=section, saves={{block.pk: BlockSave(0, BlockContent(body=body))}}, by=person)
print(json.dumps({{"section": section.pk, "block": block.pk, "sessions": sessions}}))
"""

LOOK = """
import json
from reports.models import Block
block = Block.objects.get(pk={block})
kept = [(revision.content["body"], (revision.sent or {{}}).get("body", "")) for revision in block.revisions.all()]
print(json.dumps({{"body": block.body, "kept": kept}}))
"""

BODY = "\n".join(
    [f"<p>Paragraph of editor {number}.</p>" for number in range(EDITORS)]
    + [f"<p>Paragraph {letter} that everybody writes in, each at some place of it.</p>" for letter in "ABC"]
    + ["<p>The last word is changed by everybody: nothing.</p>", "<p>Here too: nothing.</p>"]
)
SHARED, CONTESTED = range(EDITORS, EDITORS + 3), range(EDITORS + 3, EDITORS + 5)


@dataclass
class Editor:
    """One person's page, doing as the page's script does: it keeps what the server has not acknowledged."""

    number: int
    url: str
    person: int
    session: str
    block: int
    version: int
    body: str = BODY
    shows: str = "saved"
    acknowledged: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    """Marks of others that this person saw and took out."""
    clashes: int = 0
    again: int = 0
    """How often a save was sent again because no answer came."""

    def __post_init__(self):
        self.window = str(uuid4())
        self.random = random.Random(self.number)

    def write(self, saves):
        for number in range(saves):
            self.save(f"M{self.number}x{number}M")

    def save(self, mark):
        """Write a mark into the text and see it saved, whatever comes between."""
        taken_out = self.type(mark)
        answer = self.send()
        while answer["status"] == "clash":
            self.clashes += 1
            self.settle(answer)
            answer = self.send()
        assert answer["status"] == "saved", answer
        self.acknowledged.add(mark)
        self.dropped |= taken_out
        self.version, self.shows = answer["version"], "saved"
        if answer["merged"]:
            merged = answer["merged"]["fields"][f"block-{self.block}-body"]
            assert mark in merged
            if self.random.random() < 0.5:  # a focused editor takes it in later
                self.shows = "sent"
            else:
                self.body = merged

    def type(self, mark):
        """Put a mark somewhere; gives the marks that it takes the place of."""
        lines = self.body.split("\n")
        [place] = self.random.choices(
            (self.number, self.random.choice(SHARED), self.random.choice(CONTESTED)), (60, 25, 15)
        )
        taken_out = set()
        if place in CONTESTED:
            before, _, word = lines[place].removesuffix(".</p>").rpartition(" ")
            lines[place], taken_out = f"{before} {mark}.</p>", marks_in(word)
        elif place in SHARED:
            words = lines[place].split(" ")
            words.insert(self.random.randrange(2, len(words)), mark)
            lines[place] = " ".join(words)
        else:
            lines[place] = lines[place].replace("</p>", f" {mark}</p>")
        self.body = "\n".join(lines)
        return taken_out

    def settle(self, answer):
        """Choose what to keep; what was typed is on the page in any case."""
        name = f"block-{self.block}-body"
        theirs, joined = answer["theirs"]["fields"][name], answer["joined"]["fields"][name]
        assert marks_in(theirs) | marks_in(self.body) == marks_in(joined)
        if self.random.random() < 0.1:  # keep mine: the person has seen what goes
            self.dropped |= marks_in(theirs) - marks_in(self.body)
        else:  # join, and make one text of both
            own = " ".join(sorted(marks_in(self.body) - marks_in(theirs)))
            lines = theirs.split("\n")
            lines[self.number] = lines[self.number].replace("</p>", f" {own}</p>")
            self.body = "\n".join(lines)
        self.version, self.shows = answer["version"], "saved"

    def send(self):
        """The server's answer to what the page holds now: sent again, with the same key, until there is one."""
        prefix = f"block-{self.block}"
        data = {
            f"{prefix}-heading": "",
            f"{prefix}-body": self.body,
            f"{prefix}-version": self.version,
            f"{prefix}-shows": self.shows,
            f"{prefix}-whole": "1",
            "key": str(uuid4()),
            "window": self.window,
            "person": self.person,
        }
        for _ in range(TRIES):
            request = urllib.request.Request(
                self.url,
                urlencode(data).encode(),
                {
                    "Accept": "application/json",
                    "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
                    "X-CSRFToken": TOKEN,
                },
            )
            try:
                status, answer = asked(request)
                if status < 500:
                    assert status in (200, 409), answer
                    return json.loads(answer)
            except (OSError, HTTPException):
                pass  # no answer, or one that a killed server broke off
            self.again += 1
            time.sleep(0.1)
        raise AssertionError("no answer")


def asked(request):
    """The status of the answer, and the whole of its text."""
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def marks_in(text):
    return set(re.findall(r"M\d+x\d+M", text))


@pytest.fixture
def stack(tmp_path, postgresql_demo, static_files):
    with postgresql_and_redis(tmp_path, postgresql_demo, STATIC_DIR=str(static_files)) as stack:
        yield stack


@pytest.fixture
def trial(tmp_path, sqlite_demo, static_files):
    with sqlite_and_folder(tmp_path, sqlite_demo, STATIC_DIR=str(static_files)) as stack:
        yield stack


def open_pages(stack):
    """Start the portal, with two processes, and let everybody open the section."""
    stack.start_web(workers=2)
    made = json.loads(stack.manage("shell", "-v0", "-c", MAKE.format(editors=EDITORS, body=BODY)))
    url = f"{stack.url}/sections/{made['section']}/blocks/{made['block']}/save/"
    return [
        Editor(number, url, person, session, made["block"], version=1)
        for number, (person, session) in enumerate(made["sessions"])
    ]


def all_write(editors, saves=SAVES):
    """Everybody writes at once; gives what is to be waited for."""
    pool = ThreadPoolExecutor(len(editors))
    return [pool.submit(editor.write, saves // EDITORS) for editor in editors]


def require_nothing_lost(stack, editors, saves=SAVES):
    """What was acknowledged is in the block or its history; what nobody took out knowingly stands in the block."""
    found = json.loads(stack.manage("shell", "-v0", "-c", LOOK.format(block=editors[0].block)))
    acknowledged = set().union(*(editor.acknowledged for editor in editors))
    standing = marks_in(found["body"])
    kept = set().union(*(marks_in(f"{content} {sent}") for content, sent in found["kept"]))
    dropped = set().union(*(editor.dropped for editor in editors))

    assert len(acknowledged) == saves
    assert acknowledged - kept == set()
    assert acknowledged - standing - dropped == set()
    assert standing - acknowledged == set()
    assert len(found["kept"]) == saves + 2  # the empty block, its first text, and each save once


def test_of_a_thousand_saves_by_twenty_people_none_is_lost(stack):
    editors = open_pages(stack)

    for done in all_write(editors):
        done.result()

    require_nothing_lost(stack, editors)
    assert sum(editor.clashes for editor in editors) > 0


def test_none_is_lost_when_the_server_is_killed_five_times_meanwhile(stack):
    editors = open_pages(stack)
    waiting = all_write(editors)

    for share in range(1, RESTARTS + 1):
        wait_for_saves(editors, SAVES * share // (RESTARTS + 1))
        stack.kill("web")
        stack.start_web(workers=2)
    for done in waiting:
        done.result()

    require_nothing_lost(stack, editors)
    assert sum(editor.again for editor in editors) > 0


def wait_for_saves(editors, number):
    wait_for(lambda: sum(len(editor.acknowledged) for editor in editors) >= number, f"{number} saves")


def test_none_is_lost_on_sqlite(trial):
    editors = open_pages(trial)

    for done in all_write(editors, saves=200):
        done.result()

    require_nothing_lost(trial, editors, saves=200)
