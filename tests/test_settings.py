"""Settings of the service: one that is wrong, or nearly named, is told with its value and what may stand there."""

import pytest

from api.settings import Settings, read_settings
from ontology.errors import WrongSettings

WRONG = {
    "READS=opne": "is 'opne': write open or token",
    "READS=": "is empty: write open or token",
    "MCP=false": "is 'false': write on or off",
    "LOG_LEVEL=verbose": "write debug, info, warning or error",
    "WRITE_RATE=fast": "is 'fast': write a number from 0 to",
    "READ_RATE=-1": "write a number from 0 to",
    "READ_BURST=0": "write a whole number from 1 to",
    "MAX_BODY=10MB": "write a whole number from 1 to",
    "MAX_BODY=1.5": "write a whole number from 1 to",
    "BODY_SECONDS=nan": "write a number above 0 to 86400",
    "SPARQL_SECONDS=inf": "write a number above 0 to 86400",
    "SPARQL_ROWS=99999999999999999999999999": "write a whole number from 1 to",
    "SPARQL_MEMORY=10": "write a whole number from 1000000 to",
    "BASE=maps.example": "write an address as https://maps.example/",
    "BASE=https://a b/": "write an address as",
    "BASE=https://a.example/?b": "write an address as",
    "BASE=https://[::1/": "write an address as",
    "CORS=https://a.example,https://b.example/": "write origins as https://a.example",
    "CORS=a.example": "write origins as https://a.example",
    "EMBED=https://a.example/": "write origins as https://a.example",
    "EMBED=none": "write origins as https://a.example",
    "EMBED=*,https://a.example": "or * alone",
    "EMBED=https://a.example;script-src *": "write origins as https://a.example",
    "EMBED='self'": "write origins as https://a.example",
    "STORE=mysql://eve:secret@h/d": "is 'mysql://eve:***@h/d': write sqlite:////srv/maps.db or postgresql://",
    "STORE=maps.db": "is 'maps.db': write sqlite:////srv/maps.db",
    "REPLICA=postgresql://eve:secret@h/d": "only a store on PostgreSQL has a replica",
    "REPLICA_SECONDS=0": "write a number from 1 to 86400",
    "PROXIES=nginx": "write addresses as 10.0.0.7",
    "ROOT_PATH=/a b": "a prefix has letters",
}


@pytest.mark.parametrize("given", WRONG)
def test_a_wrong_setting_is_told_with_what_may_stand_there(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, value = given.partition("=")
    monkeypatch.setenv(f"CONCEPTMAP_{name}", value)
    with pytest.raises(WrongSettings) as caught:
        read_settings()
    (said,) = caught.value.wrong
    assert said.startswith(f"CONCEPTMAP_{name} is ")
    assert WRONG[given] in said
    assert "secret" not in said


@pytest.mark.parametrize("url", ["replica", "sqlite:///a.db", "postgresql://a,b/maps"])
def test_a_replica_is_one_server(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCEPTMAP_STORE", "postgresql+psycopg://a,b/maps")
    monkeypatch.setenv("CONCEPTMAP_REPLICA", url)
    with pytest.raises(WrongSettings, match="write the URL of one server"):
        read_settings()


def test_all_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"READS": "all", "WRIT_RATE": "3", "DRAWINGS": "0"}.items():
        monkeypatch.setenv(f"CONCEPTMAP_{name}", value)
    with pytest.raises(WrongSettings) as caught:
        read_settings()
    assert len(caught.value.wrong) == 3


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("CONCEPTMAP_WRIT_RATE", "CONCEPTMAP_WRITE_RATE"),
        ("CONCEPTMAP_STOER", "CONCEPTMAP_STORE"),
        ("CONCEPTMAP_READ", "CONCEPTMAP_READS"),
        ("CONCEPTMAP_COR", "CONCEPTMAP_CORS"),
        ("CONCEPTMAP_SPARQLSECONDS", "CONCEPTMAP_SPARQL_SECONDS"),
        ("CONCEPTMAP_LOGLEVL", "CONCEPTMAP_LOG_LEVEL"),
        ("CONCEPT_MAP_STORE", "CONCEPTMAP_STORE"),
        ("conceptmap_max_bdy", "CONCEPTMAP_MAX_BODY"),
        ("CONCEPTMAP_MAPS", "CONCEPTMAP_MAP"),
    ],
)
def test_a_variable_that_is_nearly_a_setting_is_refused(name: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, "1")
    with pytest.raises(WrongSettings, match=f"{name} is no setting: did you mean {meant}"):
        read_settings()


@pytest.mark.parametrize("option", ["workers", "host", "port"])
def test_a_variable_for_what_is_an_option_is_refused(option: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"CONCEPTMAP_{option.upper()}", "2")
    with pytest.raises(WrongSettings, match=f"{option} is an option, as in conceptmap serve --{option}"):
        read_settings()


@pytest.mark.parametrize(
    "given",
    [
        "CONCEPTMAP_MAP=bread",
        "CONCEPTMAP_TOKEN=cmap_x",
        "CONCEPTMAP_SERVICE=https://maps.example/",
        "CONCEPTMAP_SHARED=/srv",
        "CONCEPTMAP_TEST_POSTGRES=postgresql://127.0.0.1/x",
        "CONCEPTMAP_PORT=tcp://10.0.0.1:8000",
        "CONCEPTMAP_SERVICE_HOST=10.0.0.1",
        "CONCEPTMAP_PORT_8000_TCP_ADDR=10.0.0.1",
        "_CONCEPTMAP_COMPLETE=complete_bash",
    ],
)
def test_variables_of_other_programs_are_left_alone(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(*given.split("=", 1))
    assert read_settings() == Settings()


@pytest.mark.parametrize(
    "given",
    [
        "EMBED=",
        "EMBED=*",
        "EMBED=https://*.a.example, http://localhost:3000",
        "STORE=",
        "CORS=",
        "CORS=*",
        "CORS=https://a.example, http://localhost:3000",
        "BASE=http://[::1]:80/maps",
    ],
)
def test_what_may_stand_in_a_setting_is_taken(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name, _, value = given.partition("=")
    monkeypatch.setenv(f"CONCEPTMAP_{name}", value)
    read_settings()
