"""Whole portals for the tests that need one; what takes long is made once."""

import pytest

from sscb_portal.tests import stack as stacks


@pytest.fixture(scope="session")
def static_files(tmp_path_factory):
    return stacks.gather_static_files(tmp_path_factory.mktemp("static-files"))


@pytest.fixture(scope="session")
def postgresql_demo(tmp_path_factory):
    with stacks.postgresql_with_demo(tmp_path_factory.mktemp("demo")) as address:
        yield address


@pytest.fixture(scope="session")
def sqlite_demo(tmp_path_factory):
    with stacks.sqlite_with_demo(tmp_path_factory.mktemp("demo")) as address:
        yield address
