"""Whole portals for the tests that need one; what takes long is made once for all of the run's processes."""

import fcntl
import os

import pytest

from sscb_portal.tests import stack as stacks


@pytest.fixture(scope="session")
def made_once(tmp_path_factory):
    """Gives the folder that something makes, and makes it if no other process of this run has."""
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def made(name, make):
        with open(shared / f"{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            ready, folder = shared / f"{name}.ready", shared / name
            if not ready.exists():
                folder.mkdir()
                make(folder)
                ready.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def static_files(made_once):
    return made_once("static-files", stacks.gather_static_files) / "static"


@pytest.fixture(scope="session")
def postgresql_demo(made_once):
    return stacks.Demo.on_postgresql(made_once("postgresql-demo", stacks.load_postgresql_demo))


@pytest.fixture(scope="session")
def sqlite_demo(made_once):
    return stacks.Demo.on_sqlite(made_once("sqlite-demo", stacks.load_sqlite_demo))
