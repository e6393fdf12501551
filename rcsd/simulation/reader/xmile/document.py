"""The XML of an XMILE file -> a tree of XMILE's own elements by their plain names, and notes on what was mended."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree

from rcsd.errors import ModelError

_ATTRIBUTE = re.compile(r"[^\W\d][\w.-]*")
_CLOSED = re.compile(r"</(?:[\w.-]+:)?xmile\s*>|<(?:[\w.-]+:)?xmile[^<>]*/>")
_HARMLESS = "NS_ERR_UNDEFINED_NAMESPACE"
_EXAMPLE = '<xmile version="1.0" xmlns="http://docs.oasis-open.org/xmile/ns/XMILE/v1.0">'


def document(path: Path, text: str) -> tuple[etree._Element, tuple[str, ...]]:
    """Parse a file.

    Parameters
    ----------
    path : Path
        The user's file, for messages.
    text : str
        Its content.

    Returns
    -------
    (root, notes)
        The tree, without the elements of vendors; entities are not resolved. A note where the XML is faulty and was
        read on.

    Raises
    ------
    ModelError
        When nothing can be read, or the file is another kind of XML.
    """
    # a declared encoding would contradict the decoded text; entities could read other files, or grow without end
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, encoding="utf-8", recover=True)
    try:
        root = etree.fromstring(text.encode(errors="replace"), parser)
    except etree.XMLSyntaxError as error:
        raise ModelError(f"the file is not well-formed XML: {error.msg}", path=path, line=error.lineno) from error
    faults = [entry for entry in parser.error_log if entry.type_name != _HARMLESS]
    if root is None:
        cause = f": {faults[0].message}" if faults else ""
        raise ModelError(f"the file is not XML{cause}", path=path, line=faults[0].line if faults else None)
    if faults and _plain(root) == "xmile":
        _require_whole(path, text, root, faults[0])
    if _plain(root) != "xmile":
        raise ModelError(
            f"the file begins with <{_plain(root)}>; an XMILE file begins with {_EXAMPLE}",
            path=path,
            line=root.sourceline,
        )
    notes: tuple[str, ...] = ()
    if faults:
        more = f", and in {len(faults) - 1} more places" if len(faults) > 1 else ""
        notes = (
            f"{path.name}:{faults[0].line}: the XML is not well formed ({' '.join(faults[0].message.split())}{more}); "
            "it was read on, so that what follows may be incomplete: save the file anew from the modelling tool",
        )
    _simplify(root, _split(root.tag)[0])
    return root, notes


def _require_whole(path: Path, text: str, root: etree._Element, fault: etree._LogEntry) -> None:
    """Refuse a faulty file that lacks its end, or a part that no model can be without.

    Raises
    ------
    ModelError
        With the line.
    """
    if not _CLOSED.search(text):
        last = text.rstrip().count("\n") + 1
        message = f"the file is cut off in line {last}: <xmile> is not closed; save it anew from the modelling tool"
        raise ModelError(message, path=path, line=last)
    names = {_plain(node) for node in root.iter(etree.Element)}
    lacks = next((tag for tag in ("sim_specs", "model") if tag not in names), None)
    if lacks is not None:
        why = " ".join(fault.message.split())
        message = f"the XML is not well formed ({why}), and no <{lacks}> is left of it; save the file anew"
        raise ModelError(message, path=path, line=fault.line)


def _plain(node: etree._Element) -> str:
    """Return the name of an element without its namespace."""
    return _split(str(node.tag))[1].rpartition(":")[2]


def _split(tag: str) -> tuple[str | None, str]:
    """Split a tag into namespace and name; with an undeclared prefix it is no name that lxml would take."""
    namespace, brace, name = tag.rpartition("}")
    return (namespace[1:] if brace else None), name


def _simplify(root: etree._Element, namespace: str | None) -> None:
    """Take out comments, entities and the elements of vendors, and the namespace from the names of the others."""
    for node in list(root.iter()):
        own, name = _split(node.tag) if isinstance(node.tag, str) else (None, ":")
        if ":" not in name and own in (namespace, None):
            node.tag = name
            for key in [key for key in node.attrib if key.startswith("{") or ":" in key]:
                value, plain = node.attrib.pop(key), re.split(r"[}:]", key)[-1]
                if _ATTRIBUTE.fullmatch(plain) and plain not in node.attrib:
                    node.set(plain, value)
        elif (parent := node.getparent()) is not None:
            _remove(parent, node)


def _remove(parent: etree._Element, node: etree._Element) -> None:
    """Take a node out, and leave the text behind it."""
    before = node.getprevious()
    tail = node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(node)
