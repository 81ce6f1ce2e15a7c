#!/usr/bin/env python3
"""Every command of Teamaround. It needs Python 3.11 and git, and makes the rest by itself.

./do demo     start the product with its demonstration authority     [--port N] [--data DIR] [--reset]
./do test     run all tests                                          [arguments of pytest]
./do check    lint, format, types, floors, migrations, documents, the repository itself
./do prove    gather the evidence that takes long                    [arguments of pytest]
./do bench    measure                                                [name of a benchmark] [its arguments]
./do lock     write the lock files anew from pyproject.toml
./do help     show this
"""

import sys

if sys.version_info < (3, 11):
    sys.exit("Teamaround needs Python 3.11 or later. Install it and run this again with it: python3.11 do ...")

import argparse
import hashlib
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HERE = Path.cwd()
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FACES = ("teamaround/kit", "teamaround/audit", "teamaround/access")
NO_SECRETS = {  # what the settings ask for, when tests and checks run
    "TEAMAROUND_MODE": "test",
    "TEAMAROUND_SECRET_KEY": "the suite's own key, of no use anywhere else",
    "TEAMAROUND_ORIGIN": "http://localhost",
    "PYTHONPATH": str(ROOT),
}
SHOW_CURSOR = "\033[?25h"  # a progress bar that is cut short leaves it hidden


def main() -> int:
    commands = {"demo": demo, "test": test, "check": check, "prove": prove, "bench": bench, "lock": lock}
    name, *rest = sys.argv[1:] or ["help"]
    if name in ("help", "--help", "-h"):
        print(__doc__)
        return 0
    if name not in commands:
        sys.exit(f"There is no command {name!r}.\n\n{__doc__}")
    os.chdir(ROOT)
    return commands[name](rest)


def install(requirements: str) -> None:
    """Make the private environment as the lock file says; done once for each state of the file."""
    wanted = hashlib.sha256((ROOT / requirements).read_bytes()).hexdigest()
    stamp = VENV / f"{requirements}.installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing what {requirements} lists …", flush=True)
    make_environment()
    pip = [PYTHON, "-m", "pip", "--disable-pip-version-check", "-q", "install"]
    has_uv = subprocess.run([*pip, UV], capture_output=True).returncode == 0
    uv = [PYTHON, "-m", "uv", "-q", "pip", "install", "--python", PYTHON]  # in seconds what takes pip a minute
    if subprocess.run([*(uv if has_uv else pip), "--require-hashes", "-r", requirements]).returncode:
        sys.exit("Not everything could be installed; the reason stands above. Is a package index reachable?")
    stamp.write_text(wanted)


def make_environment() -> None:
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", "import pip"], capture_output=True).returncode == 0:
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    make = [sys.executable, "-m", "venv", VENV]
    if subprocess.run(make, capture_output=True).returncode == 0:
        return
    if not apt_install(package) or subprocess.run(make, capture_output=True).returncode:
        sys.exit(f"This Python cannot make an environment. On Debian and Ubuntu: apt-get install {package}")


def apt_install(package: str) -> bool:
    """Install a package of the system where we may; whether that worked."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing {package} from the system's packages …", flush=True)
    quietly = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-qq"], **quietly)
    return subprocess.run(["apt-get", "install", "-y", "-qq", package], **quietly).returncode == 0


def lock(_: list[str]) -> int:
    install("requirements-test.txt")
    compile_ = [PYTHON, "-m", "uv", "-q", "pip", "compile", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-header", "pyproject.toml"]
    run([*compile_, "-o", "requirements.txt"])
    run([*compile_, "--extra", "test", "-o", "requirements-test.txt"])
    return 0


def demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./do demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "demo")
    parser.add_argument("--reset", action="store_true", help="throw the demonstration's data away first")
    asked = parser.parse_args(arguments)
    must_be_free(asked.port)
    folder = (HERE / asked.data).resolve()
    private = "DATABASE_URL" not in os.environ
    if asked.reset and not private:
        sys.exit("--reset empties the private database only, and DATABASE_URL names another. Empty that one yourself.")
    install("requirements.txt")
    if asked.reset:
        forget(folder)
    folder.mkdir(parents=True, exist_ok=True)
    environment = os.environ | {
        "TEAMAROUND_MODE": "demonstration",
        "TEAMAROUND_SECRET_KEY": secret(folder / "secret"),
        "TEAMAROUND_ORIGIN": f"http://localhost:{asked.port}",
        "TEAMAROUND_STATIC": str(folder / "static"),
    }
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as tidily as on Ctrl-C
    signal.signal(signal.SIGHUP, signal.default_int_handler)
    try:
        if private:
            print("Starting a private PostgreSQL …", flush=True)
            environment["DATABASE_URL"] = server("start", folder)
        print("Preparing the database …", flush=True)
        run([PYTHON, "-m", "teamaround", "demo_begin"], env=environment)
        return serve(asked.port, environment)
    except KeyboardInterrupt:
        return 0
    finally:
        if private:
            server("stop", folder)


def serve(port: int, environment: dict[str, str]) -> int:
    """Run the web server and the job worker until Ctrl-C, and load what is still to be loaded meanwhile."""
    binds = " ".join(f"--bind [{host}]:{port}" if ":" in host else f"--bind {host}:{port}" for host in hosts())
    threads = "--worker-class gthread --workers 2 --threads 4 --graceful-timeout 5 --log-level warning"
    web = begin(f"gunicorn teamaround.config.wsgi:application {threads} {binds}", environment)
    jobs = begin("teamaround procrastinate -v 0 worker --concurrency 1 --shutdown-graceful-timeout 5", environment)
    started = [web, jobs]
    try:
        wait_for(port, web)
        print(f"\nTeamaround runs on http://localhost:{port}\n", flush=True)
        started.append(begin("teamaround demo_load", environment))
        if started[-1].wait():
            print("The demonstration could not be loaded whole; the reason stands above.", flush=True)
        print("Press Ctrl-C to stop. What you typed stays: the next ./do demo goes on from here.", flush=True)
        while web.poll() is None and jobs.poll() is None:
            time.sleep(1)
        sys.exit("The server or the job worker ended by itself; the reason stands above.")
    except KeyboardInterrupt:
        print(f"{SHOW_CURSOR if sys.stdout.isatty() else ''}\nStopping …", flush=True)
        return 0
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave half of it running
        for one in started:
            one.terminate()
        for one in started:
            one.wait()


def begin(module: str, environment: dict[str, str]) -> subprocess.Popen:
    """Run a module beside us, in a session of its own: Ctrl-C is for us, and we end the others in order."""
    return subprocess.Popen([PYTHON, "-m", *module.split()], env=environment, start_new_session=True)


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        page = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            page.request("GET", "/")
            return page.getresponse().close()
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not start; the reason stands above.")


def forget(folder: Path) -> None:
    """Delete what the demonstration made in its folder, and nothing else that may lie there."""
    server("erase", folder)
    (folder / "secret").unlink(missing_ok=True)
    shutil.rmtree(folder / "static", ignore_errors=True)


def secret(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60))
    return file.read_text()


def must_be_free(port: int) -> None:
    if not (0 < port < 65536 and all(can_listen(host, port) for host in hosts())):
        sys.exit(f"Port {port} is in use, or not to be had. Stop what uses it, or choose: ./do demo --port 8080")


def hosts() -> list[str]:
    """What `localhost` means on this machine."""
    return ["127.0.0.1", *(["::1"] if can_listen("::1", 0) else [])]


def can_listen(host: str, port: int) -> bool:
    try:
        socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET).close()
    except OSError:
        return False
    return True


def server(*order: str | Path) -> str:
    """Start, stop or erase the private PostgreSQL of a folder, or ask its version; what it answers."""
    done = run([PYTHON, "-m", "teamaround.kit.embedded_postgres", *order], stdout=subprocess.PIPE, text=True)
    return (done.stdout or "").strip()


def test(arguments: list[str]) -> int:
    return pytest(["-m", "not long", "-n", str(os.cpu_count() or 2), "--dist", "loadfile", *arguments])


def prove(arguments: list[str]) -> int:
    return pytest(["-m", "long", *arguments])


def pytest(arguments: list[str]) -> int:
    install("requirements-test.txt")
    return on_a_server("test", [PYTHON, "-m", "pytest", *arguments], {"TEAMAROUND_CHROMIUM": browser()})


def on_a_server(folder: str, command: list, settings: dict[str, str]) -> int:
    """Run this on the server that DATABASE_URL names, else on a private one that is stopped afterwards."""
    environment = os.environ | NO_SECRETS | settings
    if "DATABASE_URL" in environment:
        return subprocess.run(command, env=environment).returncode
    version = environment["TEAMAROUND_EXPECT_PG_MAJOR"] = server("version")
    data = ROOT / "var" / f"{folder}-{version}"
    try:
        environment["DATABASE_URL"] = server("start", data, "--for-tests")
        return subprocess.run(command, env=environment).returncode
    finally:
        server("stop", data)


def browser() -> str:
    """The browser that the journeys drive: the system's, installed where that is possible."""
    if named := os.environ.get("TEAMAROUND_CHROMIUM"):
        return named
    if not any(map(shutil.which, BROWSERS)):
        apt_install("chromium")
    if found := next(filter(None, map(shutil.which, BROWSERS)), None):
        return found
    sys.exit("The tests drive a browser. Install Chromium (Debian: apt-get install chromium) and run this again.")


def check(_: list[str]) -> int:
    install("requirements-test.txt")
    no_database = {"DATABASE_URL": "postgresql://nobody@/none?host=/nowhere"}  # settings want one; no check asks it
    tool = VENV / "bin"
    django = [PYTHON, "-W", "ignore", "-m", "teamaround"]
    checks = {
        "lint": [tool / "ruff", "check", "."],
        "format": [tool / "ruff", "format", "--check", "."],
        "types": [tool / "mypy", *FACES],
        "floors": [tool / "lint-imports"],
        "migrations": [*django, "makemigrations", "--check", "--dry-run"],
        "documents": [*django, "write_docs", "--check"],
        "repository": [PYTHON, "-m", "pytest", "-q", "tests/house/test_repository.py"],
    }
    failed = 0
    for name, command in checks.items():
        done = subprocess.run(command, env=os.environ | NO_SECRETS | no_database, capture_output=True, text=True)
        print(f"{'FAILED' if done.returncode else 'ok    '}  {name}", flush=True)
        if done.returncode:
            failed += 1
            print(done.stdout + done.stderr, flush=True)
    return failed


def bench(arguments: list[str]) -> int:
    names = sorted(one.stem for one in (ROOT / "benchmarks").glob("*.py") if not one.stem.startswith("_"))
    if not arguments or arguments[0] not in names:
        sys.exit(f"Which benchmark? There are: {', '.join(names) or 'none yet'}")
    install("requirements-test.txt")
    return on_a_server("bench", [PYTHON, f"benchmarks/{arguments[0]}.py", *arguments[1:]], {})


def run(command: list, **options) -> subprocess.CompletedProcess:
    done = subprocess.run(command, **options)
    if done.returncode:
        sys.exit(done.returncode)
    return done


if __name__ == "__main__":
    sys.exit(main())
