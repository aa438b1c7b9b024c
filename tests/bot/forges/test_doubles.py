"""The judge judges, and faults happen as they say: else the other tests prove little."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from tests.bot.forges.doubles import DOUBLES, Fault, GitHubDouble, MemoryRepository
from tests.bot.forges.doubles.contract import Sent, contract_of

JSON = {"content-type": "application/json"}
PULLS = {"github": "/repos/o/r/pulls", "gitlab": "/projects/o%2Fr/merge_requests", "forgejo": "/repos/o/r/pulls"}
GOOD = {
    "github": {"head": "a", "base": "b", "title": "t", "body": "x"},
    "gitlab": {"source_branch": "a", "target_branch": "b", "title": "t"},
    "forgejo": {"head": "a", "base": "b", "title": "t"},
}


def sent(kind: str, body: Any, path: str = "", query: tuple[tuple[str, str], ...] = ()) -> Sent:
    content = b"" if body is None else json.dumps(body).encode()
    headers = {**JSON, "authorization": "Bearer x"}
    return Sent("POST" if body is not None else "GET", path or PULLS[kind], query, headers, content)


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_a_good_request_has_no_faults(kind: Any) -> None:
    assert contract_of(kind).faults_of_request(sent(kind, GOOD[kind])) == []
    assert contract_of(kind).faults_of_request(sent(kind, None, query=(("state", "all"),))) == []


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_faults_of_requests_are_seen(kind: Any) -> None:
    contract = contract_of(kind)
    assert contract.faults_of_request(sent(kind, GOOD[kind] | {"title": 7}))
    assert contract.faults_of_request(sent(kind, GOOD[kind] | {"colour": "red"})) == [
        "unknown member of the body: colour"
    ]
    assert contract.faults_of_request(sent(kind, None, query=(("sate", "all"),))) == ["unknown query parameter: sate"]
    assert contract.faults_of_request(sent(kind, None, query=(("page", "x"),)))
    assert contract.faults_of_request(sent(kind, None, "/nowhere")) == ["no such operation: GET /nowhere"]
    assert contract.faults_of_request(sent(kind, None, PULLS[kind].replace("%2F", "/") + "/a/b/c/d"))


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_required_members_are_missed(kind: Any) -> None:
    assert contract_of(kind).faults_of_request(sent(kind, {"title": "t"}))


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_faults_of_answers_are_seen(kind: Any) -> None:
    contract, request = contract_of(kind), sent(kind, None)
    assert contract.faults_of_answer(request, 200, JSON, b"[]") == []
    assert contract.faults_of_answer(request, 200, JSON, b"{}")
    assert contract.faults_of_answer(request, 200, JSON, b'[{"number": "12", "iid": "12"}]')
    assert contract.faults_of_answer(request, 418, JSON, b"{}")
    assert contract.faults_of_answer(request, 502, {"content-type": "text/html"}, b"<html>") == []


def test_null_is_allowed_where_forgejo_really_sends_it() -> None:
    contract, request = contract_of("forgejo"), sent("forgejo", None, "/repos/o/r/pulls/1")
    assert contract.faults_of_answer(request, 200, JSON, b'{"labels": null, "merged_at": null, "assignee": null}') == []
    assert contract.faults_of_answer(request, 200, JSON, b'{"title": null}')


def test_a_broken_contract_fails_the_test() -> None:
    double = GitHubDouble()
    double.violations.append("x")
    with pytest.raises(AssertionError), double:
        pass


def test_an_undescribed_request_is_noted_and_has_no_effect() -> None:
    double = GitHubDouble(MemoryRepository("main", "b"))
    headers = {"authorization": f"Bearer {double.token}", "x-github-api-version": "2022-11-28"}
    body = {"head": "b", "base": "main", "title": "t", "colour": "red"}
    answer = httpx.post(f"{double.address}/api/v3/repos/reseau/site/pulls", json=body, headers=headers)
    double.stop()
    assert (answer.status_code, double.pulls, double.violations) == (400, [], ["unknown member of the body: colour"])


@pytest.mark.parametrize("kind", ["drop", "lose", "half", "slow", "refuse", "veil"])
def test_each_fault_happens_once_as_it_says(kind: Any) -> None:
    with GitHubDouble(MemoryRepository("main", "b")) as double:
        double.faults.push(Fault(kind, "POST", "/pulls$", seconds=0.05, skip=0))
        headers = {"authorization": f"Bearer {double.token}", "x-github-api-version": "2022-11-28"}
        body = {"head": "b", "base": "main", "title": "t"}
        status: int | str
        try:
            status = httpx.post(
                f"{double.address}/api/v3/repos/reseau/site/pulls", json=body, headers=headers
            ).status_code
        except httpx.HTTPError as error:
            status = type(error).__name__
        expected = {"slow": 201, "refuse": 503, "veil": 503}.get(kind, "RemoteProtocolError")
        assert (status, len(double.pulls)) == (expected, 0 if kind in {"drop", "refuse"} else 1)
        assert (double.faults.waiting, [fault.kind for fault in double.faults.struck]) == (0, [kind])
