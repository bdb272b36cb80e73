"""A whole portal of its own for a test: database, broker, web server and worker, as they run for real."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import redis

ROOT = Path(__file__).resolve().parents[2]
DEMO = "demo_to_copy"
"""The tests' PostgreSQL database with the demo."""
PATIENCE = 90
"""Seconds that anything may take on a busy machine before the test gives up."""


class Stack:
    """`url` is where the portal answers. Ends with `stop`."""

    def __init__(self, folder: Path, *, database_url: str, redis_url: str, **environment: str):
        self.folder = folder
        self.redis_url = redis_url
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes: dict[str, subprocess.Popen] = {}
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "SECRET_KEY": "only-for-the-tests",
            "VAR_DIR": str(folder),
            "PORTAL_URL": self.url,
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            **environment,
        }

    def load(self) -> None:
        """Make the tables and load the demo partnership."""
        self.manage("migrate", "-v0")
        self.manage("load_demo")

    def manage(self, *arguments: str) -> str:
        """Run `manage.py` and give what it printed; a failure fails the test."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"manage.py {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    def start_web(self, *, workers: int = 1) -> None:
        address, number = f"127.0.0.1:{self.port}", str(workers)
        self._start("web", "gunicorn", "sscb_portal.wsgi", "--bind", address, "--workers", number, "--threads", "4")
        wait_for(self._answers, "the portal to answer")

    def start_worker(self) -> None:
        """The worker with its own beat; ready once it says so."""
        schedule = str(self.folder / "beat")
        self._start(
            "worker", "celery", "-A", "sscb_portal", "worker", "-B", "--schedule", schedule, "--concurrency", "1",
            "--loglevel", "info", "--without-gossip", "--without-mingle",
        )  # fmt: skip
        wait_for(lambda: " ready." in self.log("worker"), "the worker to be ready")

    def log(self, name: str) -> str:
        path = self.folder / f"{name}.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def kill(self, name: str) -> None:
        """End a process and all its children at once, as a crash would."""
        process = self.processes.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def empty_redis(self) -> None:
        redis.Redis.from_url(self.redis_url).flushall()

    def stop(self) -> None:
        for name in list(self.processes):
            self.kill(name)

    def _start(self, name: str, program: str, *arguments: str) -> None:
        with open(self.folder / f"{name}.log", "w") as log:
            self.processes[name] = subprocess.Popen(
                [str(Path(sys.executable).parent / program), *arguments],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _answers(self) -> bool:
        try:
            return urllib.request.urlopen(f"{self.url}/accessibility/", timeout=5).status == 200
        except OSError:
            return False


def wait_for(condition, what: str, patience: float = PATIENCE) -> None:
    """Come back once the condition holds; fail, naming what was waited for, when patience runs out."""
    end = time.monotonic() + patience
    while not condition():
        assert time.monotonic() < end, f"waited {patience} s for {what}"
        time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def gather_static_files(folder: Path) -> None:
    """Into `static`, for all stacks of a run."""
    Stack(folder, database_url="sqlite://", redis_url="").manage("collectstatic", "--noinput", "-v0")


@dataclass(frozen=True)
class Demo:
    """A database that holds the demo partnership, and the folder with its files: both are to be copied."""

    address: str
    files: Path

    @classmethod
    def on_postgresql(cls, folder: Path) -> "Demo":
        return cls(address_of(DEMO), folder / "files")

    @classmethod
    def on_sqlite(cls, folder: Path) -> "Demo":
        return cls(f"sqlite:///{folder / 'demo.sqlite3'}", folder / "files")


def load_postgresql_demo(folder: Path) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {DEMO}")
        connection.execute(f"CREATE DATABASE {DEMO}")
    Stack(folder, database_url=Demo.on_postgresql(folder).address, redis_url="").load()


def load_sqlite_demo(folder: Path) -> None:
    Stack(folder, database_url=Demo.on_sqlite(folder).address, redis_url="").load()


@contextmanager
def postgresql_and_redis(folder: Path, demo: Demo, **environment: str):
    """A stack on a copy of the demo and on a Redis of its own, since it may be emptied."""
    shutil.copytree(demo.files, folder / "files")
    port = free_port()
    broker = subprocess.Popen(
        ["redis-server", "--port", str(port), "--save", "", "--appendonly", "no"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        with database(urlsplit(demo.address).path.removeprefix("/")) as address:
            stack = Stack(folder, database_url=address, redis_url=f"redis://127.0.0.1:{port}/0", **environment)
            try:
                yield stack
            finally:
                stack.stop()
    finally:
        broker.kill()
        broker.wait()


@contextmanager
def sqlite_and_folder(folder: Path, demo: Demo, **environment: str):
    """A stack on a copy of the demo and the filesystem broker, as `scripts/run` makes it."""
    shutil.copytree(demo.files, folder / "files")
    path = folder / "portal.sqlite3"
    with (
        closing(sqlite3.connect(urlsplit(demo.address).path)) as original,
        closing(sqlite3.connect(path)) as copy,
    ):
        original.backup(copy)
    stack = Stack(folder, database_url=f"sqlite:///{path}", redis_url="", **environment)
    try:
        yield stack
    finally:
        stack.stop()


@contextmanager
def database(template: str = "template1"):
    """The address of a new database on the tests' PostgreSQL, empty or a copy of the template; gone afterwards."""
    server, name = os.environ["DATABASE_URL"], f"stack_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield address_of(name)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def address_of(name: str) -> str:
    """Of a database on the tests' PostgreSQL."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
