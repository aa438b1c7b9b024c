"""The whole circle without a browser and without a setting: a form is read, filled in and posted; what comes of it is in git,
on the review page, on the status page, and online.
"""

from __future__ import annotations

import io
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.scripts.commands import run
from tests.serve.form_inputs import form_in

if TYPE_CHECKING:
    from pathlib import Path

    from tests.serve.conftest import Stage

pytestmark = pytest.mark.slow
EVENT = {
    "title": "Fête des objets réparés",
    "summary": "Une journée pour apprendre à réparer ce que l’on jette, avec les ateliers du quartier.",
    "start": "2027-03-20T14:00",
    "end": "2027-03-20T18:00",
    "place.name": "Halle du marché",
    "body": "Apportez un objet en panne.\n\nRepartez avec un objet réparé.",
    "contact.name": "Camille Nouvelle",
    "contact.email": "camille@example.org",
}


def proposed(stage: Stage, **changes: str) -> str:
    """Propose an event; gives the address of its status page."""
    values = {**EVENT, "pillars": "reparer", **{name.replace("__", "."): value for name, value in changes.items()}}
    answer = stage.send(stage.form("/contribuer/evenement/"), values)
    assert answer.status_code == 202, answer.text
    found = re.search(r'<([^>]+)>; rel="status"', answer.headers["link"])
    assert found is not None
    assert re.search(r'<a [^>]*rel="status"[^>]*>', answer.text)
    assert found[1] in answer.text
    return found[1]


def branch_of(stage: Stage, status: str) -> str:
    """The branch of a proposal, once it is there."""
    branch = f"proposition/{stage.review_of(status).split('/')[2]}"
    stage.until(lambda: branch in stage.branches(), branch)
    return branch


def test_the_site_the_forms_and_the_review_answer_on_one_port(stage: Stage) -> None:
    for path in ("/", "/agenda/", "/contribuer/", "/contribuer/evenement/", "/relecture/", "/sante"):
        assert stage.client.get(path).status_code == 200, path
    assert stage.form("/contribuer/evenement/").action in {
        "/contribuer/evenement/",
        f"{stage.address}/contribuer/evenement/",
    }
    assert stage.client.get("/", headers={"Host": "evil.example"}).status_code == 421


def test_a_post_becomes_a_branch_whose_file_passes_the_check(stage: Stage, tmp_path: Path) -> None:
    before = stage.git("rev-parse", "main")
    branch = branch_of(stage, proposed(stage))
    assert stage.git("rev-list", "--count", f"{before}..{branch}") == "1"
    files = stage.git("diff", "--name-only", before, branch).split("\n")
    assert "content/events/2027/fete-des-objets-repares.md" in files
    assert all(path.startswith(("content/events/", "data/members/")) for path in files)
    assert "camille@example.org" not in stage.git("log", "-p", "--format=full", branch)
    checkout = tmp_path / "root"
    subprocess.run(
        ["git", "clone", "--quiet", "--branch", branch, str(stage.root / ".forge/site.git"), str(checkout)], check=True
    )
    done = run("check", "--root", checkout, "--format", "json")
    assert done.returncode == 0, done.stdout


def test_what_is_accepted_is_online_and_its_status_page_says_so(stage: Stage) -> None:
    picture = io.BytesIO()
    Image.new("RGB", (900, 600), "peru").save(picture, "JPEG")
    values = {**EVENT, "pillars": "reparer", "title": "Bal des boîtes à outils", "image.alt": "Une boîte à outils"}
    answer = stage.send(stage.form("/contribuer/evenement/"), values, {"image.file": ("photo.jpg", picture.getvalue())})
    assert answer.status_code == 202
    status = re.search(r"<([^>]+)>", answer.headers["link"])[1]  # type: ignore[index]
    branch, review = branch_of(stage, status), stage.review_of(status)
    head = stage.git("rev-parse", branch)
    assert "Bal des boîtes à outils" in stage.client.get(f"{review}apercu/").text
    assert stage.decide(review, "accept").status_code == 303
    page = "/agenda/2027/bal-des-boites-a-outils/"
    stage.until(lambda: stage.client.get(page).status_code == 200, page)
    stage.until(lambda: "En ligne" in stage.said(status), "the status page says that it is online")
    assert page in stage.client.get(status).text
    assert "Une boîte à outils" in stage.client.get(page).text
    assert stage.git("merge-base", "--is-ancestor", head, "main") == ""
    assert (stage.root / "content/events/2027/bal-des-boites-a-outils.md").is_file()
    stage.until(lambda: branch not in stage.branches(), "the branch is gone")


def test_what_is_refused_is_not_and_the_reason_is_read(stage: Stage) -> None:
    status = proposed(stage, title="Grande réclame du quartier")
    branch, before = branch_of(stage, status), stage.git("rev-parse", "main")
    assert stage.decide(stage.review_of(status), "refuse", "").status_code == 422
    assert stage.decide(stage.review_of(status), "refuse", "C’est de la publicité.").status_code == 303
    stage.until(lambda: "C’est de la publicité." in stage.said(status), "the reason")
    stage.until(lambda: branch not in stage.branches(), "the branch is gone")
    assert stage.git("rev-parse", "main") == before
    assert stage.client.get("/agenda/2027/grande-reclame-du-quartier/").status_code == 404


def test_a_change_keeps_what_the_form_does_not_show(stage: Stage) -> None:
    file = next((stage.root / "content/events").rglob("*.md"))
    source = file.read_text(encoding="utf-8")
    file.write_text(source.replace("---\n", "---\n# à relire avec le club\n", 1), encoding="utf-8")
    entry = file.relative_to(stage.root / "content").with_suffix("").as_posix()
    form = stage.form(f"/contribuer/evenement/?modifier={entry}")
    title = dict(form.pairs)["title"]
    answer = stage.send(
        form, {"title": f"{title}, deuxième édition", "contact.name": "Ada", "contact.email": "ada@example.org"}
    )
    assert answer.status_code == 202, answer.text
    status = re.search(r"<([^>]+)>", answer.headers["link"])[1]  # type: ignore[index]
    branch_of(stage, status)
    review = stage.client.get(stage.review_of(status)).text
    assert "deuxième édition" in review
    assert 'class="hidden">ajouté</span>' in review
    assert stage.decide(stage.review_of(status), "accept").status_code == 303
    stage.until(lambda: "deuxième édition" in file.read_text(encoding="utf-8"), "the file")
    assert file.read_text(encoding="utf-8").startswith("---\n# à relire avec le club\n")
    stage.until(lambda: "En ligne" in stage.said(status), "online")


def test_a_question_is_answered_by_a_correction_on_the_same_branch(stage: Stage) -> None:
    status = proposed(stage, title="Atelier sans heure de fin")
    branch = branch_of(stage, status)
    first = stage.git("rev-parse", branch)
    assert stage.decide(stage.review_of(status), "question", "À quelle heure finit-il\u202f?").status_code == 303
    stage.until(lambda: "À quelle heure finit-il" in stage.said(status), "the question")
    form = form_in(stage.client.get(f"{status}corriger/").text, "event")
    assert stage.send(form, {"end": "2027-03-20T19:30"}).status_code == 303
    stage.until(lambda: stage.git("rev-parse", branch) != first, "a new commit")
    assert stage.git("merge-base", "--is-ancestor", first, branch) == ""
    assert "2027-03-20T19:30" in stage.git("show", f"{branch}:content/events/2027/atelier-sans-heure-de-fin.md")


def test_the_folder_of_the_forge_is_published_watched_and_committed_by_nobody(stage: Stage) -> None:
    assert (stage.root / ".forge/.gitignore").read_text(encoding="utf-8").splitlines()[-1] == "*"
    assert stage.git("ls-tree", "--name-only", "main").split() == ["content", "data"]
    for path in ("/.forge/secret", "/.forge/propositions.sqlite", "/%2eforge/secret"):
        assert stage.client.get(path).status_code == 404
    assert oct((stage.root / ".forge/secret").stat().st_mode & 0o777) == "0o600"
