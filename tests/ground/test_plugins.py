"""Plug-ins are found by what installed distributions declare, and loaded when they are wanted."""

import dataclasses
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from rcsd.errors import PluginError, RcsdWarning
from rcsd.plugins import found, loaded

Installer = Callable[..., None]

# The groups are of these tests alone: what else is installed must not show.


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installer:
    """Return a function that lays a distribution of one module on Python's path, as an installer does."""

    def lay(name: str, entry_points: str, module: str = "") -> None:
        site = tmp_path / f"site_{name}"
        metadata = site / f"{name}-1.2.dist-info"
        metadata.mkdir(parents=True)
        (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n", encoding="utf-8")
        (metadata / "entry_points.txt").write_text(entry_points, encoding="utf-8")
        (site / f"{name}.py").write_text(module, encoding="utf-8")
        monkeypatch.syspath_prepend(site)
        monkeypatch.delitem(sys.modules, name, raising=False)

    return lay


def _names(group: str) -> list[str]:
    return [plugin.name for plugin in found(group)]


def test_plugins_are_those_of_the_group_in_the_order_of_their_names(install: Installer) -> None:
    """What one distribution declares for several groups, and two for one group, is told apart and sorted."""
    install(
        "grove_one", "[rcsd.trees]\npine = grove_one:PINE\nash = grove_one:ASH\n[rcsd.shrubs]\nelm = grove_one:ELM\n"
    )
    install("grove_two", "[rcsd.trees]\nbeech = grove_two:BEECH\n")
    assert _names("rcsd.trees") == ["ash", "beech", "pine"]
    assert _names("rcsd.shrubs") == ["elm"]
    assert _names("rcsd.herbs") == []


def test_a_plugin_names_its_distribution_and_version(install: Installer) -> None:
    """A user who has to update or remove a plug-in is told what to look for."""
    install("grove", "[rcsd.trees]\nash = grove:ASH\n")
    assert [plugin.source for plugin in found("rcsd.trees")] == ["grove 1.2"]


def test_nothing_is_imported_before_it_is_loaded(install: Installer) -> None:
    """Finding plug-ins is cheap whatever they import; loading gives the very object of the module."""
    install("grove", "[rcsd.trees]\nash = grove:ASH\n", "ASH = ('an', 'object')")
    (ash,) = found("rcsd.trees")
    assert "grove" not in sys.modules
    assert ash.load() is sys.modules["grove"].ASH
    assert ash.load_as(tuple) == ("an", "object")


def test_two_plugins_of_one_name_are_refused(install: Installer) -> None:
    """Which of the two was meant cannot be known; the message names both distributions."""
    install("grove_one", "[rcsd.trees]\nash = grove_one:ASH\n")
    install("grove_two", "[rcsd.trees]\nash = grove_two:ASH\n")
    with pytest.raises(
        PluginError, match=r"'ash' \(rcsd.trees\) is declared twice, by grove_one 1.2 and grove_two 1.2"
    ):
        found("rcsd.trees")


@pytest.mark.parametrize(
    ("module", "cause"),
    [
        ("import no_such_module_anywhere", "ModuleNotFoundError: No module named 'no_such_module_anywhere'"),
        ("", "AttributeError: module 'grove' has no attribute 'ASH'"),
        ("ASH = 1 / 0", "ZeroDivisionError: division by zero"),
        ("ASH = (", "SyntaxError: "),
    ],
)
def test_a_plugin_that_cannot_be_loaded_is_one_message(install: Installer, module: str, cause: str) -> None:
    """Plug-in, distribution, cause and remedy stand in one sentence."""
    install("grove", "[rcsd.trees]\nash = grove:ASH\n", module)
    (ash,) = found("rcsd.trees")
    with pytest.raises(PluginError) as caught:
        ash.load()
    said = str(caught.value)
    assert said.startswith(f"plug-in 'ash' (rcsd.trees) of grove 1.2 cannot be loaded ({cause}")
    assert said.endswith("update or uninstall that distribution")


def test_an_object_of_another_kind_is_refused(install: Installer) -> None:
    """An entry point that names the wrong object says what is expected and what was found."""
    install("grove", "[rcsd.trees]\nash = grove:ASH\n", "ASH = 3")
    (ash,) = found("rcsd.trees")
    with pytest.raises(PluginError, match="must be of type tuple, but grove:ASH is of type int"):
        ash.load_as(tuple)


def test_a_faulty_plugin_leaves_the_others_usable(install: Installer) -> None:
    """Where work can go on without a plug-in, one warning names it and the others are there."""
    install("grove", "[rcsd.trees]\nash = grove:ASH\nelm = grove:ELM\n", "ELM = 'elm'")
    with pytest.warns(RcsdWarning, match=r"plug-in 'ash' .* of grove 1.2 cannot be loaded .*; it is left out") as shown:
        objects = loaded("rcsd.trees", str)
    assert objects == {"elm": "elm"}
    assert len(shown) == 1


def test_a_plugin_cannot_be_changed(install: Installer) -> None:
    """What was found stays as it was found."""
    install("grove", "[rcsd.trees]\nash = grove:ASH\n")
    with pytest.raises(dataclasses.FrozenInstanceError):
        found("rcsd.trees")[0].name = "oak"
