"""The Dockerfile: linted, and of one mind with the locks and the ignore list. Building it needs Docker."""

import re

from tests.deploy.commands import run_tool
from tests.deploy.names import ROOT

DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text(encoding="utf-8")


def pins(path: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^ ;\\]+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE))


def test_hadolint_has_nothing_to_say():
    run_tool("hadolint", "deploy/Dockerfile")


def test_what_is_copied_is_sent_to_the_builder():
    sent = re.findall(r"^!(\S+)", (ROOT / ".dockerignore").read_text(encoding="utf-8"), re.MULTILINE)
    lines = re.findall(r"^COPY (?!--from)(.+)$", DOCKERFILE, re.MULTILINE)
    copied = [word for line in lines for word in line.split()[:-1]]
    assert sorted(copied) == sorted(sent)
    assert all((ROOT / path).exists() for path in copied)


def test_the_builder_is_pinned_as_the_developers_lock_pins_it():
    everything, builder = pins("requirements-dev.lock"), pins("deploy/build.lock")
    assert "hatchling" in builder
    assert {name: everything.get(name) for name in builder} == builder


def test_both_stages_are_the_same_python():
    assert len(set(re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE))) == 1
    assert "python:3.11." in DOCKERFILE


def test_it_runs_as_nobody_in_particular():
    assert re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE) == ["10001:10001"]


def test_every_install_checks_hashes_or_stays_offline():
    for line in re.findall(r"pip install[^\n]*", DOCKERFILE):
        assert "--require-hashes" in line or "--no-index" in line
        assert "--no-deps" in line
