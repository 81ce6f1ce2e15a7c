"""What `./do` promises a newcomer: plain messages before slow work, and no harm to what is not its own."""

import os
import shutil
import socket
import stat
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "do"


@pytest.fixture
def do(tmp_path, monkeypatch):
    """The script as a module, at home in an empty folder."""
    loader = SourceFileLoader("do", str(SCRIPT))
    module = module_from_spec(spec_from_loader("do", loader))
    loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.delenv("TEAMAROUND_CHROMIUM", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return module


def script_named(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.mark.enable_socket
def test_a_port_in_use_is_said_before_anything_slow(tmp_path):
    shutil.copy(SCRIPT, tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        done = subprocess.run([sys.executable, "do", "demo", "--port", str(port)], cwd=tmp_path, capture_output=True)
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr.decode()
    assert b"--port 8080" in done.stderr
    assert os.listdir(tmp_path) == ["do"]


def test_a_python_that_makes_no_environments_is_told_which_package_to_install(do, tmp_path, monkeypatch):
    monkeypatch.setattr(do.sys, "executable", str(script_named(tmp_path / "python", "exit 1")))
    monkeypatch.setattr(do, "apt_install", lambda package: False)
    with pytest.raises(SystemExit, match=rf"apt-get install python3\.{sys.version_info.minor}-venv"):
        do.make_environment()


def test_where_it_may_it_installs_that_package_itself(do, tmp_path, monkeypatch):
    installed = tmp_path / "installed"
    monkeypatch.setattr(do.sys, "executable", str(script_named(tmp_path / "python", f'test -e "{installed}"')))
    monkeypatch.setattr(do, "apt_install", lambda package: installed.write_text(package) > 0)
    do.make_environment()
    assert installed.read_text() == f"python3.{sys.version_info.minor}-venv"


def test_what_is_installed_is_installed_once_for_each_state_of_the_list(do, tmp_path, monkeypatch):
    (tmp_path / "requirements.txt").write_text("one==1\n")
    do.PYTHON.parent.mkdir(parents=True)
    script_named(do.PYTHON, f'echo "$@" >> "{tmp_path}/ran"')
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        do.install("requirements.txt")
    (tmp_path / "requirements.txt").write_text("one==2\n")
    do.install("requirements.txt")
    ran = (tmp_path / "ran").read_text()
    assert ran.count("--require-hashes -r requirements.txt") == 2


def test_without_a_browser_it_says_what_to_install_and_passes_nothing_over(do, monkeypatch):
    monkeypatch.setattr(do.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="apt-get install chromium"):
        do.browser()


def test_the_secret_is_made_once_and_for_its_owner_alone(do, tmp_path):
    secret = do.secret(tmp_path / "secret")
    assert len(secret) >= 50
    assert do.secret(tmp_path / "secret") == secret
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


def test_a_reset_deletes_what_the_demonstration_made_and_nothing_else(do, tmp_path, monkeypatch):
    orders = []
    monkeypatch.setattr(do, "server", lambda *order: orders.append(order))
    (tmp_path / "thesis.txt").write_text("years of work")
    (tmp_path / "static").mkdir()
    do.secret(tmp_path / "secret")
    do.forget(tmp_path)
    assert os.listdir(tmp_path) == ["thesis.txt"]
    assert orders == [("erase", tmp_path)]


@pytest.mark.enable_socket
def test_a_reset_does_not_touch_a_database_that_it_did_not_make(do, monkeypatch):
    monkeypatch.setattr(do, "must_be_free", lambda port: None)
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody@elsewhere/precious")
    with pytest.raises(SystemExit, match="DATABASE_URL names another"):
        do.demo(["--reset"])


def test_the_private_server_of_the_tests_is_stopped_whatever_happens(do, tmp_path, monkeypatch):
    orders = []
    monkeypatch.setattr(do, "server", lambda order, *rest: orders.append(order) or "17")
    seen = 'test "$DATABASE_URL$TEAMAROUND_EXPECT_PG_MAJOR" = 1717 && exit 5'
    assert do.on_a_server("test", ["sh", "-c", seen], {}) == 5
    with pytest.raises(FileNotFoundError):
        do.on_a_server("test", [str(tmp_path / "no such program")], {})
    assert orders == ["version", "start", "stop"] * 2
