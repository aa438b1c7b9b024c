"""Forges of others: rights, git, webhook and clock, against the doubles."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.doctor.forge_access import check_hook, hook_address
from scripts.bot.french import doctor as french
from scripts.bot.settings import load_settings
from tests.bot.forges.doubles import DOUBLES, Double, Fault
from tests.bot.forges.table import laid

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bot.doctor.conftest import Patient

pytestmark = pytest.mark.slow
HOOK_SECRET = "avis-de-la-forge-" * 3
UNKNOWN, UNFIT = "un-autre-jeton-1234567890", "un jeton avec des espaces"


@pytest.fixture(params=sorted(DOUBLES))
def double(request: pytest.FixtureRequest, patient: Patient, tmp_path: Path) -> Iterator[Double]:
    """A forge with the patient's repository."""
    bare = tmp_path / "site.git"
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(bare)], check=True)
    identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "-A"],
        [*identity, "commit", "-q", "-m", "x"],
        ["push", "-q", str(bare), "main"],
    ):
        subprocess.run(["git", "-C", str(patient.root), *command], check=True)
    with laid(request.param, repository=bare) as table:
        found = table.double
        patient.set(
            FORGE=request.param,
            FORGE_URL=found.address,
            FORGE_REPOSITORY=found.name,
            FORGE_TOKEN=found.token,
        )
        yield found


def wrong(patient: Patient) -> list[str]:
    patient.examine()
    return [finding.subject for finding in patient.said if finding.health == "wrong"]


def test_everything_is_granted(patient: Patient, double: Double) -> None:
    found = patient.examine()
    assert [finding for finding in patient.said if finding.health == "wrong"] == []
    assert [finding.health for finding in found[french.GIT]] == ["fine"]
    assert [finding.health for finding in found[french.HOOK]] == ["untold"]
    assert "forge" in found[french.CLOCK][0].said
    assert sum(subject.startswith("forge, ") for subject in found) >= 3
    assert not any(double.token in finding.said + finding.advice for finding in patient.said)


def test_a_token_that_is_not_known(patient: Patient, double: Double) -> None:
    patient.set(FORGE_TOKEN=UNKNOWN)
    assert wrong(patient) == [french.at_forge("identifiants"), french.GIT]
    assert not any(UNKNOWN in finding.said + finding.advice for finding in patient.said)
    assert double.git is not None
    assert double.git.refused


def test_a_token_that_may_only_read(patient: Patient, double: Double) -> None:
    double.state.may_push = False
    if double.kind == "gitlab":
        double.access_level = 20  # type: ignore[attr-defined]  # GitLab's own
    assert french.at_forge("écriture dans le dépôt") in wrong(patient)


def test_a_repository_that_is_not_there(patient: Patient, double: Double) -> None:
    patient.set(FORGE_REPOSITORY="reseau/autre")
    assert double.name != "reseau/autre"
    assert wrong(patient) == [french.at_forge("dépôt"), french.GIT]


def test_a_forge_that_is_down(patient: Patient, double: Double) -> None:
    double.faults.push(Fault.answer(503, times=100))
    assert french.FORGE in wrong(patient)


def test_settings_from_which_no_forge_can_be_made(patient: Patient, double: Double) -> None:
    patient.set(FORGE_TOKEN=UNFIT)
    assert wrong(patient) == [french.FORGE]
    assert double.log == [line for line in double.log if line.method == "GET"]


def test_a_clock_that_is_fast(patient: Patient, double: Double) -> None:
    fast = dt.timedelta(minutes=5)
    patient.instruments = replace(patient.instruments, clock=lambda: dt.datetime.now(dt.UTC) + fast)
    assert french.CLOCK in wrong(patient)
    (said,) = [finding.said for finding in patient.said if finding.subject == french.CLOCK]
    ahead = int(re.match(r"elle avance de (\d+)", said)[1])  # type: ignore[index]  # no match is a failure, too
    assert ahead >= fast.total_seconds() - 1  # the forge’s answer is some time on its way
    assert double.kind


@pytest.mark.parametrize(
    ("public_url", "addresses", "health"),
    [
        ("https://formulaires.example.org", ["203.0.113.7", "192.0.2.1", "93.184.216.34"], "fine"),
        ("https://formulaires.example.org", ["10.1.2.3"], "untold"),
        ("https://formulaires.example.org", ["127.0.0.1", "::1"], "wrong"),
        ("https://formulaires.example.org", None, "wrong"),
        ("http://formulaires.example.org", ["93.184.216.34"], "wrong"),
    ],
)
def test_where_the_forge_would_call(
    patient: Patient, public_url: str, addresses: list[str] | None, health: str
) -> None:
    def resolve(_: str) -> list[str]:
        if addresses is None:
            raise OSError("no such host")
        return addresses

    instruments = replace(patient.instruments, addresses=resolve)
    patient.set(PUBLIC_URL=public_url, WEBHOOK_SECRET=HOOK_SECRET, FORGE="gitlab", FORGE_REPOSITORY="reseau/site")
    settings = load_settings(patient.environment, credentials=False)
    assert hook_address(settings) == f"{public_url}/crochets/gitlab/"
    finding = check_hook(settings, instruments)
    assert finding.health == health
    assert HOOK_SECRET not in finding.said + finding.advice
