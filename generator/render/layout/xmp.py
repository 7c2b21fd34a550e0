"""XMP metadata of a PDF: title, authors, dates, licence and standards.

WeasyPrint writes one block of RDF for one standard. A file that claims PDF/UA-1 and PDF/A-3a needs both in the *same* block, and
PDF/A requires a description of names outside its own list (an "extension schema"). So this module writes the whole block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

_NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """Metadata of a PDF. The dates are the brief's, never the current time: same input, same bytes."""

    title: str
    language: str
    """BCP 47, such as `en-GB`."""
    created: date
    modified: date
    authors: tuple[str, ...] = ()
    subject: str = ""
    keywords: tuple[str, ...] = ()
    publisher: str = ""
    generator: str = ""
    """Name and version of the program, such as `policy-brief-generator 0.1.0`."""
    licence: str = ""
    licence_url: str = ""
    identifier: str = ""
    """Address or number of the published brief."""


def timestamp(day: date) -> str:
    """Return midnight UTC of that day, as a basis of XMP and PDF dates."""
    return f"{day.isoformat()[:10]}T00:00:00Z"


def xmp_block(about: DocumentInfo, producer: str) -> bytes:
    """Return the RDF block: PDF/UA-1 and PDF/A-3a together, and the fields of `about`. `producer` made the file."""
    for prefix, uri in _NAMES.items():
        register_namespace(prefix, uri)
    rdf = Element(_name("rdf:RDF"))
    _standards(rdf)
    _dublin_core(_description(rdf), about)
    other = _description(rdf)
    _text(other, "pdf:Producer", producer)
    _text(other, "pdf:Keywords", ", ".join(about.keywords))
    _text(other, "xmp:CreatorTool", about.generator)
    _text(other, "xmp:CreateDate", timestamp(about.created))
    _text(other, "xmp:ModifyDate", timestamp(about.modified))
    _text(other, "xmp:MetadataDate", timestamp(about.modified))
    _text(other, "xmpRights:WebStatement", about.licence_url)
    block: bytes = tostring(rdf, encoding="utf-8")
    return block


def _standards(rdf: Element) -> None:
    """Return claims of both standards, and a description of `pdfuaid:part` as ISO 19005-3, 6.6.2.3 requires."""
    claim = _description(rdf)
    _text(claim, "pdfaid:part", "3")
    _text(claim, "pdfaid:conformance", "A")
    _text(claim, "pdfuaid:part", "1")
    bag = SubElement(SubElement(_description(rdf), _name("pdfaExtension:schemas")), _name("rdf:Bag"))
    schema = _resource(bag)
    _text(schema, "pdfaSchema:schema", "PDF/UA identification schema")
    _text(schema, "pdfaSchema:namespaceURI", _NAMES["pdfuaid"])
    _text(schema, "pdfaSchema:prefix", "pdfuaid")
    properties = SubElement(SubElement(schema, _name("pdfaSchema:property")), _name("rdf:Seq"))
    part = _resource(properties)
    _text(part, "pdfaProperty:name", "part")
    _text(part, "pdfaProperty:valueType", "Integer")
    _text(part, "pdfaProperty:category", "internal")
    _text(part, "pdfaProperty:description", "Which part of ISO 14289 the file conforms to")


def _dublin_core(parent: Element, about: DocumentInfo) -> None:
    _alternatives(parent, "dc:title", about.title, about.language)
    _alternatives(parent, "dc:description", about.subject, about.language)
    _alternatives(parent, "dc:rights", about.licence, about.language)
    _items(parent, "dc:creator", "rdf:Seq", about.authors)
    _items(parent, "dc:publisher", "rdf:Bag", [about.publisher])
    _items(parent, "dc:subject", "rdf:Bag", about.keywords)
    _items(parent, "dc:language", "rdf:Bag", [about.language])
    _items(parent, "dc:date", "rdf:Seq", [timestamp(about.modified)])
    _text(parent, "dc:identifier", about.identifier)
    _text(parent, "dc:format", "application/pdf")


def _name(qualified: str) -> str:
    prefix, local = qualified.split(":")
    return f"{{{_NAMES[prefix]}}}{local}"


def _description(rdf: Element) -> Element:
    return SubElement(rdf, _name("rdf:Description"), {_name("rdf:about"): ""})


def _resource(parent: Element) -> Element:
    return SubElement(parent, _name("rdf:li"), {_name("rdf:parseType"): "Resource"})


def _text(parent: Element, name: str, value: str) -> None:
    if value:
        SubElement(parent, _name(name)).text = value


def _items(parent: Element, name: str, container: str, values: Sequence[str]) -> None:
    if any(values):
        items = SubElement(SubElement(parent, _name(name)), _name(container))
        for value in values:
            SubElement(items, _name("rdf:li")).text = value


def _alternatives(parent: Element, name: str, value: str, language: str) -> None:
    """Return the same words as default and in the document's language, because readers look for either."""
    if value:
        alternatives = SubElement(SubElement(parent, _name(name)), _name("rdf:Alt"))
        for lang in ("x-default", language):
            SubElement(alternatives, _name("rdf:li"), {_XML_LANG: lang}).text = value
