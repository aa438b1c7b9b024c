from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.addresses import target_at
from scripts.publishing.errors import AddressError
from scripts.publishing.targets.folder import Folder
from scripts.publishing.targets.git_branch import GitBranch
from scripts.publishing.targets.rsync import Rsync
from scripts.publishing.targets.s3 import Bucket
from tests.publishing.moments import NOW

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/srv/web/site", Folder),
        ("folder:web/site", Folder),
        ("ssh://reseau@serveur.exemple.org:2222/srv/web/site", Rsync),
        ("git+https://forge.exemple.org/reseau/site.git#pages", GitBranch),
        ("git+ssh://git@forge.exemple.org/reseau/site.git", GitBranch),
        ("s3://espace/un/prefixe?endpoint=https://s3.exemple.org&region=fr&history=autre", Bucket),
    ],
)
def test_each_address_has_its_target(address: str, kind: type) -> None:
    with closing(target_at(address, environment={}, keep=5, now=lambda: NOW)) as target:
        assert isinstance(target, kind)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("ftp://exemple.org/site", "n’est pas un endroit où publier"),
        ("ssh://serveur", "n’est pas une adresse de serveur"),
        ("ssh://-oProxyCommand=x/srv", "n’est pas une adresse de serveur"),
        ("ssh://serveur/srv/$(reboot)", "n’est pas une adresse de serveur"),
        ("ssh://serveur/srv/../etc", "n’est pas une adresse de serveur"),
        ("ssh://serveur:port/srv", "n’est pas un endroit où publier"),
        ("git+https://forge.exemple.org", "n’est pas une branche"),
        ("git+https://forge.exemple.org/a.git#--force", "n’est pas une branche"),
        ("git+ext::sh -c id", "n’est pas un endroit où publier"),
        ("s3://E", "n’est pas un espace de stockage"),
        ("s3://espace?cle=x", "n’est pas un espace de stockage"),
        ("s3://espace?endpoint=file:///etc", "n’est pas un espace de stockage"),
        ("s3://espace/../autre", "n’est pas un espace de stockage"),
    ],
)
def test_what_is_no_address_is_said(address: str, said: str) -> None:
    with pytest.raises(AddressError, match=said):
        target_at(address, environment={}, keep=5, now=lambda: NOW)


@pytest.mark.parametrize(
    "address", ["ssh://a:hunter2@serveur/srv", "git+https://a:hunter2@forge/x.git", "s3://a:hunter2@espace"]
)
def test_a_password_in_an_address_is_refused_and_not_repeated(address: str) -> None:
    with pytest.raises(AddressError, match="ne contient jamais de mot de passe") as error:
        target_at(address, environment={}, keep=5, now=lambda: NOW)
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("name", ["content", "data", ".git"])
def test_a_folder_of_sources_is_no_target(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(AddressError, match="n’est pas un site fabriqué"):
        target_at(str(tmp_path), environment={}, keep=5, now=lambda: NOW)


@pytest.mark.parametrize("place", ["content/site", "data/geo/site", ".git/site"])
def test_what_is_published_never_lies_among_sources(place: str, tmp_path: Path) -> None:
    for name in ("content", "data", ".git"):
        (tmp_path / name).mkdir()
    (tmp_path / "data" / "site.yaml").touch()
    with pytest.raises(AddressError, match="n’est pas un site fabriqué"):
        target_at(str(tmp_path / place), environment={}, keep=5, now=lambda: NOW)


def test_links_that_lead_in_a_circle_are_no_target(tmp_path: Path) -> None:
    (tmp_path / "un").symlink_to("deux")
    (tmp_path / "deux").symlink_to("un")
    with pytest.raises(AddressError, match="n’est pas un site fabriqué"):
        target_at(str(tmp_path / "un"), environment={}, keep=5, now=lambda: NOW)
