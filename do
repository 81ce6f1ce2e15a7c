#!/usr/bin/env python3
"""Every command of Teamaround. It needs Python 3.11 and git, and makes the rest by itself.

    ./do demo     start the product with its demonstration authority     [--port N] [--data DIR] [--reset]
    ./do test     run all tests                                          [arguments of pytest]
    ./do check    lint, format, types, floors, migrations, generated documents
    ./do prove    gather the evidence that takes long                    [arguments of pytest]
    ./do bench    measure                                                [name of a benchmark] [its arguments]
    ./do lock     write the lock files anew from pyproject.toml
"""

import argparse
import hashlib
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = "uv==0.13.9"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FACES = ("teamaround/kit", "teamaround/audit", "teamaround/access")


def main() -> int:
    commands = {"demo": demo, "test": test, "check": check, "prove": prove, "bench": bench, "lock": lock}
    name, rest = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
    if name in ("help", "--help", "-h"):
        print(__doc__)
        return 0
    if name not in commands:
        return stop(f"There is no command {name!r}.\n{__doc__}")
    if sys.version_info < (3, 11):
        return stop("Teamaround needs Python 3.11 or later. Install it and run this again with it.")
    os.chdir(ROOT)
    return commands[name](rest)


# Installing.


def install(requirements: str) -> None:
    """Make the private environment as the lock file says; done once for each state of the file."""
    lock_file = ROOT / requirements
    wanted = hashlib.sha256(lock_file.read_bytes()).hexdigest()
    stamp = VENV / f"{requirements}.installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Installing what {requirements} lists …", flush=True)
    if not PYTHON.exists():
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True)
        if made.returncode:
            shutil.rmtree(VENV, ignore_errors=True)
            sys.exit(stop("Python cannot make an environment here. On Debian and Ubuntu: apt-get install python3-venv"))
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "-q"]
    if subprocess.run([*pip, "install", UV], capture_output=True).returncode == 0:
        command = [str(PYTHON), "-m", "uv", "-q", "pip", "install", "--python", str(PYTHON)]
    else:
        command = [*pip, "install"]
    if subprocess.run([*command, "--require-hashes", "-r", str(lock_file)]).returncode:
        sys.exit(stop("Not everything could be installed; the reason stands above. Is a package index reachable?"))
    stamp.write_text(wanted)


def lock(_: list[str]) -> int:
    install("requirements-test.txt")
    compile_ = [str(PYTHON), "-m", "uv", "-q", "pip", "compile", "--universal", "--python-version", "3.11"]
    compile_ += ["--generate-hashes", "--no-header", "pyproject.toml"]
    run([*compile_, "-o", "requirements.txt"])
    run([*compile_, "--extra", "test", "-o", "requirements-test.txt"])
    return 0


# The demonstration.


def demo(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./do demo")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--data", type=Path, default=ROOT / "var" / "demo")
    parser.add_argument("--reset", action="store_true", help="throw the demonstration's data away first")
    asked = parser.parse_args(arguments)
    if taken(asked.port):
        return stop(f"Port {asked.port} is in use. Stop what uses it, or choose another: ./do demo --port 8080")
    install("requirements.txt")
    folder = asked.data.resolve()
    private = "DATABASE_URL" not in os.environ
    if asked.reset and private:
        server("erase", folder)
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "TEAMAROUND_MODE": "demonstration",
        "TEAMAROUND_SECRET_KEY": secret(folder / "secret"),
        "TEAMAROUND_ORIGIN": f"http://localhost:{asked.port}",
        "TEAMAROUND_STATIC": str(folder / "static"),
    }
    if private:
        print("Starting a private PostgreSQL …", flush=True)
        settings["DATABASE_URL"] = server("start", folder)
    environment = os.environ | settings
    run([str(PYTHON), "-m", "teamaround", "demo_begin", *(["--reset"] if asked.reset else [])], environment)
    started = [web(asked.port, environment), worker(environment)]
    try:
        wait_for(asked.port, started[0])
        print(f"\nTeamaround runs on http://localhost:{asked.port}\n", flush=True)
        subprocess.run([str(PYTHON), "-m", "teamaround", "demo_load"], env=environment, check=False)
        print("Press Ctrl-C to stop. What you typed stays: the next ./do demo goes on from here.", flush=True)
        while all(one.poll() is None for one in started):
            time.sleep(1)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait(20)
        if private:
            server("stop", folder)
    return 0


def web(port: int, environment: dict[str, str]) -> subprocess.Popen:
    addresses = [f"127.0.0.1:{port}", *([f"[::1]:{port}"] if has_ipv6() else [])]
    binds = [part for one in addresses for part in ("--bind", one)]
    command = [str(PYTHON), "-m", "gunicorn", "teamaround.config.wsgi:application", *binds]
    command += ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "warning"]
    return subprocess.Popen(command, env=environment)


def worker(environment: dict[str, str]) -> subprocess.Popen:
    command = [str(PYTHON), "-m", "teamaround", "procrastinate", "-v", "0", "worker", "--concurrency", "1"]
    return subprocess.Popen(command, env=environment)


def wait_for(port: int, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    sys.exit(stop("The server did not start; the reason stands above."))


def secret(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60))
    return file.read_text()


def taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return True
    return False


def has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        return False
    return True


def server(what: str, folder: Path, *options: str) -> str:
    """Start, stop or erase the private PostgreSQL of a folder; its address when it was started."""
    command = [str(PYTHON), "-m", "teamaround.kit.embedded_postgres", what, str(folder), *options]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if done.returncode:
        sys.exit(done.returncode)
    return done.stdout.strip()


# Tests and checks.


def test(arguments: list[str]) -> int:
    return pytest(["-m", "not long", "-n", str(os.cpu_count() or 2), "--dist", "loadfile", *arguments])


def prove(arguments: list[str]) -> int:
    return pytest(["-m", "long", *arguments])


def pytest(arguments: list[str]) -> int:
    install("requirements-test.txt")
    environment = os.environ | for_tests() | {"TEAMAROUND_CHROMIUM": browser()}
    folder = ROOT / "var" / "test"
    private = "DATABASE_URL" not in os.environ
    if private:
        folder.mkdir(parents=True, exist_ok=True)
        environment["DATABASE_URL"] = server("start", folder, "--for-tests")
    try:
        return subprocess.run([str(PYTHON), "-m", "pytest", *arguments], env=environment).returncode
    finally:
        if private:
            server("stop", folder)


def for_tests() -> dict[str, str]:
    return {
        "TEAMAROUND_MODE": "test",
        "TEAMAROUND_SECRET_KEY": "the suite's own key, of no use anywhere else",
        "TEAMAROUND_ORIGIN": "http://localhost",
    }


def browser() -> str:
    """The browser that the journeys drive: the system's, installed where that is possible."""
    named = os.environ.get("TEAMAROUND_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if named:
        return named
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium from the system's packages …", flush=True)
        quiet = {"stdout": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "chromium"], **quiet)
        if found := shutil.which("chromium"):
            return found
    sys.exit(stop("The tests drive a browser. Install Chromium (Debian: apt-get install chromium) and run this again."))


def check(_: list[str]) -> int:
    install("requirements-test.txt")
    no_database = {"DATABASE_URL": os.environ.get("DATABASE_URL", "postgresql://nobody@/none?host=/nowhere")}
    environment = os.environ | for_tests() | no_database | {"PYTHONPATH": str(ROOT)}
    tool = VENV / "bin"
    checks = {
        "lint": [tool / "ruff", "check", "."],
        "format": [tool / "ruff", "format", "--check", "."],
        "types": [tool / "mypy", *FACES],
        "floors": [tool / "lint-imports"],
        "migrations": [PYTHON, "-W", "ignore", "-m", "teamaround", "makemigrations", "--check", "--dry-run"],
        "documents": [PYTHON, "-m", "teamaround", "write_docs", "--check"],
    }
    failed = []
    for name, command in checks.items():
        done = subprocess.run([str(part) for part in command], env=environment, capture_output=True, text=True)
        print(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout + done.stderr, flush=True)
    return len(failed)


def bench(arguments: list[str]) -> int:
    install("requirements-test.txt")
    names = sorted(one.stem for one in (ROOT / "benchmarks").glob("*.py") if not one.stem.startswith("_"))
    if not arguments or arguments[0] not in names:
        return stop(f"Which benchmark? {', '.join(names)}")
    environment = os.environ | for_tests() | {"PYTHONPATH": str(ROOT)}
    return subprocess.run([str(PYTHON), f"benchmarks/{arguments[0]}.py", *arguments[1:]], env=environment).returncode


def run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=environment)
    if done.returncode:
        sys.exit(done.returncode)


def stop(why: str) -> int:
    print(why, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
