"""PySD's XmileFile over the plain form: its sections, with macros, modules' names and our equations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree
from pysd.translators.structures.abstract_model import AbstractSubscriptRange
from pysd.translators.xmile.xmile_file import XmileFile
from pysd.translators.xmile.xmile_section import Section

from rcsd.simulation.reader.xmile.components import Setting, Variable, symbol_of
from rcsd.simulation.reader.xmile.limits import limit
from rcsd.simulation.reader.xmile.symbols import Dimension, Macro, Symbol, Symbols

_NS = "{*}"
_VARIABLES = ("aux", "flow", "stock")


class XmileModelFile(XmileFile):  # type: ignore[misc]  # PySD publishes no types
    """A file in the plain form of `writing`, parsed as PySD does; macros are sections of their own."""

    def __init__(self, path: Path, text: str) -> None:
        self._text = text
        # PySD opens what ends as XMILE may; here nothing is opened
        super().__init__(path.with_suffix(".xmile"))

    def _get_root(self) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, encoding="utf-8")
        return etree.fromstring(self._text.encode(), parser)

    def parse(self, parse_all: bool = True) -> None:
        """Split the file into sections."""
        roots = self.xmile_root.findall(f"{_NS}macro")
        macros = [_macro(node) for node in roots]
        dimensions = [
            Dimension(
                dim.get("name", ""),
                tuple(e.get("name", "") for e in dim.iterfind(f"{_NS}elem")),
                dim.get("written", ""),
            )
            for dim in self.xmile_root.iterfind(f"{_NS}dimensions/{_NS}dim")
        ]
        self.sections = [ModelSection(self.xmile_path, self.xmile_root, self.ns, dimensions, macros)]
        self.sections += [
            ModelSection(self.xmile_path, node, self.ns, dimensions, macros, macro)
            for node, macro in zip(roots, macros, strict=True)
        ]
        if parse_all:
            for section in self.sections:
                section.parse()


class ModelSection(Section):  # type: ignore[misc]  # PySD publishes no types
    """The main model, or one macro."""

    def __init__(
        self,
        path: Path,
        root: etree._Element,
        namespace: str,
        dimensions: list[Dimension],
        macros: list[Macro],
        macro: Macro | None = None,
    ) -> None:
        name = "__main__" if macro is None else macro.name
        place = path.with_suffix(".py") if macro is None else path.with_name(f"{_clean(name)}.py")
        kind, parameters = ("main", []) if macro is None else ("macro", list(macro.parameters))
        super().__init__(name, place, kind, parameters, [], root, namespace, split=False, views_dict=None)
        nodes = [node for tag in _VARIABLES for node in root.iterfind(f"{_NS}model/{_NS}variables/{_NS}{tag}")]
        self.nodes = nodes
        self.symbols = Symbols([*map(symbol_of, nodes), *_parameters(parameters)], dimensions, macros)

    def _parse_components(self) -> list[Any]:
        return [Variable(node, self.ns, self.symbols) for node in self.nodes]

    def _parse_control_vars(self) -> list[Any]:
        return [Setting(setting, self.symbols) for setting in super()._parse_control_vars()]

    def limited(self) -> tuple[tuple[str, str], ...]:
        """Keep the outflows of non-negative stocks within what there is; return what has to be said of each."""
        return limit([each for each in self.components if isinstance(each, Variable)], self.symbols)

    def get_abstract_section(self) -> Any:
        """Return the section as PySD's abstract model has it; second names of dimensions are dimensions too."""
        section = super().get_abstract_section()
        section.subscripts += [
            AbstractSubscriptRange(alias.name, list(alias.elements), []) for alias in self.symbols.aliases.values()
        ]
        return section


def _macro(node: etree._Element) -> Macro:
    parameters = {parm.text or "": parm.get("default") for parm in node.iterfind(f"{_NS}parm")}
    defaults = {name: default for name, default in parameters.items() if default is not None}
    return Macro(node.get("name", ""), tuple(parameters), defaults)


def _parameters(names: list[str]) -> list[Any]:
    return [Symbol(name) for name in names]


def _clean(name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in name.lower())
