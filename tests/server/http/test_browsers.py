"""What browsers are told: cookies, headers, whose pages may do what, and which page is at which address."""

from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from httpx2 import ASGITransport, AsyncClient

from tests.support.houses import Running, running
from threebirds_server.http import pages


@pytest.fixture
async def house(tmp_path: Path) -> AsyncGenerator[Running]:
    async with running(tmp_path) as house:
        yield house


PLAY = {"scenario": "winter", "role": "SUP"}


async def cookie_over(house: Running, scheme: str) -> str:
    async with AsyncClient(transport=ASGITransport(house.app), base_url=f"{scheme}://localhost") as browser:
        return (await browser.post("/api/play", json=PLAY)).headers["set-cookie"]


async def test_the_cookie_is_kept_from_scripts_and_other_sites(house: Running) -> None:
    cookie = await cookie_over(house, "http")
    assert cookie.startswith("threebirds=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Path=/" in cookie


async def test_the_cookie_is_secure_where_that_is_possible(house: Running) -> None:
    assert "Secure" in await cookie_over(house, "https")
    assert "Secure" not in await cookie_over(house, "http")


@pytest.mark.parametrize("path", ["/", "/api/me", "/api/none", "/healthz"])
async def test_every_answer_carries_the_security_headers_and_none_that_forbids_plain_http(
    house: Running, path: str
) -> None:
    headers = (await house.guest().http.get(path)).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "strict-transport-security" not in headers


async def test_over_tls_a_browser_is_told_to_come_over_tls_again(house: Running) -> None:
    async with AsyncClient(transport=ASGITransport(house.app), base_url="https://localhost") as browser:
        headers = (await browser.get("/healthz")).headers
    assert headers["strict-transport-security"] == "max-age=31536000"
    assert headers["cross-origin-opener-policy"] == "same-origin"


async def test_nothing_of_the_api_is_kept(house: Running) -> None:
    assert (await house.guest().http.get("/api/me")).headers["cache-control"] == "no-store"


async def test_a_page_of_another_site_changes_nothing(house: Running) -> None:
    browser = house.guest().http
    response = await browser.post("/api/play", json=PLAY, headers={"origin": "https://evil.example"})
    assert response.status_code == 403
    assert response.json()["error"]["code"] == "forbidden"
    assert (await browser.post("/api/play", json=PLAY, headers={"origin": "http://localhost"})).status_code == 201


async def test_an_unknown_address_of_the_api_is_a_coded_error(house: Running) -> None:
    browser = house.guest().http
    missing, wrong = await browser.get("/api/none"), await browser.put("/api/play", json=PLAY)
    assert (missing.status_code, wrong.status_code) == (404, 405)
    assert missing.json()["error"]["code"] == wrong.json()["error"]["code"] == "bad_frame"


async def test_a_body_that_no_form_has_is_refused_by_its_size(house: Running) -> None:
    response = await house.guest().http.post("/api/join", json={"code": "2" * 70_000, "name": "x"})
    assert (response.status_code, response.json()["error"]["code"]) == (413, "too_large")


async def test_a_body_that_does_not_say_its_size_is_not_read_to_its_end(house: Running) -> None:
    async def endless() -> AsyncGenerator[bytes]:
        for _ in range(20):
            yield b"2" * 10_000

    response = await house.guest().http.post("/api/join", content=endless())
    assert response.status_code == 400
    assert "error" in response.json()


@pytest.fixture
def bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A web client of two files."""
    folder = tmp_path / "web"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Three Birds</title>")
    (folder / "assets" / "page-0a1b2c.js").write_text("1")
    monkeypatch.setattr(pages, "BUNDLE", folder)
    return folder


@pytest.mark.parametrize("path", ["/", "/join", "/t/t_0123", "/desk"])
async def test_every_page_is_the_web_client_and_asked_for_anew(bundle: Path, path: str) -> None:
    async with running(bundle.parent / "data") as house:
        response = await house.guest().http.get(path)
    assert response.text == "<title>Three Birds</title>"
    assert response.headers["cache-control"] == "no-cache"


async def test_files_that_never_change_are_kept_for_a_year(bundle: Path) -> None:
    async with running(bundle.parent / "data") as house:
        response = await house.guest().http.get("/assets/page-0a1b2c.js")
        missing = await house.guest().http.get("/assets/page-ffffff.js")
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


async def test_a_checkout_without_a_bundle_says_how_to_build_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "BUNDLE", tmp_path / "nothing")
    async with running(tmp_path / "data") as house:
        response = await house.guest().http.get("/")
    assert response.status_code == 503
    assert "run.py setup" in response.text


async def test_who_mistypes_an_address_gets_a_page_and_a_program_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "index.html").write_text("<!doctype html><title>Three Birds</title>")
    monkeypatch.setattr(pages, "BUNDLE", tmp_path)
    async with running(tmp_path / "data") as house:
        http = house.guest().http
        page = await http.get("/nosuch", headers={"accept": "text/html"})
        error = await http.get("/nosuch", headers={"accept": "application/json"})
        api = await http.get("/api/nosuch", headers={"accept": "text/html"})
    assert (page.status_code, page.text[:9]) == (404, "<!doctype")
    assert error.json()["error"]["code"] == api.json()["error"]["code"]
