"""XML of other people: what is not safe is refused with its place, and nothing else is opened."""

import pytest

from conceptmap.formats.format import SentFile
from conceptmap.formats.safe_xml import DEEPEST, MOST_BYTES, Element, check_xml, read_xml
from ontology.errors import InvalidDocument

LAUGHS = '<!DOCTYPE m [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><m>&b;</m>'
SHORT = '<!DOCTYPE m [<!ENTITY ns "https://example.org/">]><m about="&ns;x"/>'

REFUSED = {
    "": "the file is empty",
    " \n": "the file is empty",
    "<m>": "no element found",
    "<m/>more": "m.xml:1:5: .*junk after document element",
    "<m>\n<a b=1/></m>": "m.xml:2:6: this is no XML that can be read",
    "<m>&#0;</m>": "invalid character number",
    "<x:m/>": "unbound prefix",
    "<table/>": "this is no drawing: it begins with <table>, not with <m>",
    "<!DOCTYPE html><html/>": "this is a web page",
    '<!DOCTYPE m SYSTEM "file:///etc/passwd"><m/>': "may lead to other files",
    LAUGHS: "m.xml:1: a document type",
    SHORT: "a document type",
    "<m>" * (DEEPEST + 1): f"more than {DEEPEST} deep",
    f"<m>{' ' * MOST_BYTES}</m>": "this is too much",
}


def sent(text: str | bytes) -> SentFile:
    return SentFile("m.xml", text if isinstance(text, bytes) else text.encode())


def read(text: str | bytes) -> Element:
    return read_xml(sent(text), "m", "drawing")


@pytest.mark.parametrize(("text", "said"), REFUSED.items(), ids=[one[:20] for one in REFUSED])
def test_what_is_not_safe_or_no_xml_is_refused_with_its_place(text: str, said: str) -> None:
    with pytest.raises(InvalidDocument, match=said):
        read(text)


def test_an_element_knows_its_line_its_namespace_and_what_is_in_it() -> None:
    root = read('<m xmlns:y="urn:y">\n <y:a k="1" y:k="2">one<b/>two</y:a>\n</m>')
    a = root.children[0]
    assert (a.name, a.namespace, a.line, a.text) == ("a", "urn:y", 2, "onetwo")
    assert a.attributes == {"k": "1", "urn:y k": "2"}
    assert [one.name for one in root.within("a", "b")] == ["a", "b"]
    assert root.first("b") is None and a.first("b") is not None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_every_usual_encoding_is_read_where_the_file_names_it(encoding: str) -> None:
    assert read(f"<?xml version='1.0' encoding='{encoding}'?><m>Café</m>".encode(encoding)).text == "Café"
    with pytest.raises(InvalidDocument, match="not well-formed"):
        read("<m>Café</m>".encode("iso-8859-1"))


def test_no_document_type_passes() -> None:
    check_xml(sent("<m/>"))
    for text in (LAUGHS, SHORT, '<!DOCTYPE m SYSTEM "m.dtd"><m/>'):
        with pytest.raises(InvalidDocument, match="document type"):
            check_xml(sent(text))
