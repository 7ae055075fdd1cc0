"""Proxies before the service: whom it believes about who asks, and that a prefix is in every address it gives."""

from ipaddress import ip_network
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from api.proxies import ProxyMiddleware
from api.settings import Settings

TRUSTED = (ip_network("10.0.0.0/8"), ip_network("::1"))


async def seen(client: str, headers: dict[str, str], prefix: str = "", path: str = "/maps/bread") -> dict[str, Any]:
    """What the app sees of a request from an address with these headers."""
    found: dict[str, Any] = {}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        found.update(
            client=request.client.host if request.client else None,
            scheme=request.url.scheme,
            host=request.url.netloc,
            root=scope["root_path"],
            path=scope["path"],
            raw=scope["raw_path"],
        )
        await JSONResponse({})(scope, receive, send)

    async def send(_: Any) -> None:
        pass

    async def receive() -> Any:
        return {"type": "http.request"}

    raw = [(name.lower().encode(), value.encode()) for name, value in {"Host": "inner:8000", **headers}.items()]
    scope = {
        "type": "http",
        "method": "GET",
        "scheme": "http",
        "client": (client, 9),
        "server": ("inner", 8000),
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": raw,
    }
    await ProxyMiddleware(app, TRUSTED, prefix, {"maps", "docs"})(scope, receive, send)
    return found


SAID = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "maps.example.org",
    "X-Forwarded-Prefix": "/course",
}


@pytest.mark.anyio
@pytest.mark.parametrize("client", ["127.0.0.1", "192.0.2.1", "2001:db8::1", "11.0.0.1", "testclient", ""])
async def test_nobody_else_is_believed(client: str) -> None:
    found = await seen(client, SAID)
    assert found == {
        "client": client,
        "scheme": "http",
        "host": "inner:8000",
        "root": "",
        "path": "/maps/bread",
        "raw": b"/maps/bread",
    }


@pytest.mark.anyio
@pytest.mark.parametrize("client", ["10.0.0.1", "::1", "::ffff:10.0.0.1"])
async def test_a_proxy_that_is_named_is_believed(client: str) -> None:
    found = await seen(client, SAID)
    assert found == {
        "client": "203.0.113.9",
        "scheme": "https",
        "host": "maps.example.org",
        "root": "/course",
        "path": "/course/maps/bread",
        "raw": b"/course/maps/bread",
    }


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("said", "client"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
        ("198.51.100.1, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        ("10.0.0.3, 10.0.0.2", "10.0.0.3"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("2001:DB8::1", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, unknown", "10.0.0.1"),
        ("203.0.113.9, unknown, 10.0.0.2", "10.0.0.2"),
        ("<script>", "10.0.0.1"),
        ("", "10.0.0.1"),
        (", ".join(["203.0.113.9"] * 1000), "203.0.113.9"),
    ],
)
async def test_the_client_is_the_last_address_that_no_trusted_proxy_has(said: str, client: str) -> None:
    assert (await seen("10.0.0.1", {"X-Forwarded-For": said}))["client"] == client


@pytest.mark.anyio
async def test_of_several_proxies_that_append_the_one_before_the_client_says_what_it_asked() -> None:
    said = {"X-Forwarded-For": "203.0.113.9, 10.0.0.2", "X-Forwarded-Proto": "https, http"}
    assert (await seen("10.0.0.1", said))["scheme"] == "https"
    forged = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "ftp, http"}
    assert (await seen("10.0.0.1", forged))["scheme"] == "http"


@pytest.mark.anyio
@pytest.mark.parametrize(
    "said", ["//evil.example", "/a/../b", "/a b", '/a"b', "https://evil.example", "/.", "/a//b", "/é"]
)
async def test_a_prefix_that_could_lead_elsewhere_is_none(said: str) -> None:
    assert (await seen("10.0.0.1", {"X-Forwarded-Prefix": said}))["root"] == ""


@pytest.mark.anyio
@pytest.mark.parametrize("said", ["evil.example/x", "a b", "a@b", "", "a\tb", "x" * 300])
async def test_a_host_that_is_none_is_not_taken_over(said: str) -> None:
    assert (await seen("10.0.0.1", {"X-Forwarded-Host": said}))["host"] == "inner:8000"


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("path", "prefix", "found"),
    [
        ("/maps/bread", "/course", "/course/maps/bread"),
        ("/course/maps/bread", "/course", "/course/maps/bread"),
        ("/course", "/course", "/course"),
        ("/courses", "/course", "/course/courses"),
        ("/maps/bread", "/maps", "/maps/maps/bread"),
        ("/", "/a/b", "/a/b/"),
    ],
)
async def test_a_proxy_may_take_the_prefix_off_or_leave_it(path: str, prefix: str, found: str) -> None:
    given = await seen("192.0.2.1", {}, prefix, path)
    assert (given["path"], given["raw"], given["root"]) == (found, found.encode(), prefix)


@pytest.mark.anyio
async def test_the_prefix_that_is_set_counts_and_not_one_that_is_said() -> None:
    assert (await seen("10.0.0.1", SAID, "/set"))["root"] == "/set"


def test_settings_name_addresses_and_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONCEPTMAP_PROXIES", "10.0.0.7, 192.168.0.0/16,2001:db8::/32")
    monkeypatch.setenv("CONCEPTMAP_ROOT_PATH", "course/maps/")
    settings = Settings()
    assert [str(one) for one in settings.proxies] == ["10.0.0.7/32", "192.168.0.0/16", "2001:db8::/32"]
    assert settings.root_path == "/course/maps"


@pytest.mark.parametrize("given", ["localhost", "*", "10.0.0.1/8", "10.0.0"])
def test_a_proxy_that_is_no_address_is_refused_with_how_to_write_it(given: str) -> None:
    with pytest.raises(ValueError, match=r"write addresses as 10\.0\.0\.7 and networks as 10\.0\.0\.0/8"):
        Settings.model_validate({"proxies": given})


@pytest.mark.parametrize("given", ["/a b", "//a", "/..", "/a?b", "https://a"])
def test_a_root_path_that_is_no_path_is_refused(given: str) -> None:
    with pytest.raises(ValueError, match="a prefix has letters"):
        Settings.model_validate({"root_path": given})


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
async def test_forwarded_is_not_read_and_a_trusted_proxy_that_sends_it_alone_is_told(
    caplog: pytest.LogCaptureFixture,
) -> None:
    given = {"Forwarded": "for=203.0.113.9;proto=https;host=maps.example.org"}
    assert (await seen("198.51.100.7", given))["client"] == "198.51.100.7"
    assert not caplog.messages  # anybody may send it
    found = await seen("10.0.0.7", given)
    assert (found["client"], found["scheme"]) == ("10.0.0.7", "http")
    assert "let it write X-Forwarded-For" in caplog.text
    caplog.clear()
    assert (await seen("10.0.0.7", given | SAID))["client"] == "203.0.113.9"
    assert not caplog.messages
