"""leaflet-control-geocoder, unchanged, in a real browser on a page of another origin."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.settings import ROOT
from tests.clients.conftest import Door
from tests.serving import Served

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><title>map</title>
<link rel="stylesheet" href="leaflet.css">
<div id="map" style="height:400px"></div>
<script src="leaflet.js"></script><script src="Control.Geocoder.js"></script>
<script>
const map = L.map('map').setView([28.6, 121.2], 11);
function use(geocoder) {
  L.Control.geocoder({geocoder, collapsed: false, defaultMarkGeocode: false, placeholder: 'address'})
    .on('startsuggest', () => { window.suggesting = true; })
    .on('markgeocode', e => { window.marked = {name: e.geocode.name, at: e.geocode.center}; }).addTo(map);
  window.asked = geocoder;
}
</script>"""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """The library's files and nothing in the log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site of its own with the map page, as somebody else's server would have it."""
    folder: Path = tmp_path_factory.mktemp("site")
    for name in ("leaflet.js", "leaflet.css", "Control.Geocoder.js"):
        (folder / name).write_bytes((ROOT / "api" / "static" / "vendor" / name).read_bytes())
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/index.html"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["photon", "nominatim"])
def page(request: pytest.FixtureRequest, browser: Browser, elsewhere: str, server: Served) -> Iterator[Page]:
    base = f"{server.url}/dialects/{request.param}"
    made = {
        "photon": f"L.Control.Geocoder.photon({{serviceUrl: '{base}/api/', reverseUrl: '{base}/reverse/'}})",
        "nominatim": f"L.Control.Geocoder.nominatim({{serviceUrl: '{base}/'}})",
    }
    opened = browser.new_page()
    opened.set_default_timeout(240_000)
    opened.goto(elsewhere)
    opened.evaluate(f"use({made[request.param]})")
    yield opened
    opened.close()


def test_typing_an_address_marks_its_point(page: Page, door: Door):
    box = page.get_by_placeholder("address")
    box.fill(door.address)
    # Enter within its pause before suggesting makes this client drop an answer that comes after the pause.
    page.wait_for_function("window.suggesting")
    box.press("Enter")
    choices = page.locator(".leaflet-control-geocoder-alternatives li")
    # One sure answer is marked at once; of several a person picks the first.
    page.wait_for_function(
        "window.marked || document.querySelector('.leaflet-control-geocoder-alternatives li')"
    )
    if not page.evaluate("!!window.marked"):
        expect(choices.first).to_be_visible()
        choices.first.locator("a").click()
    page.wait_for_function("window.marked")
    marked = page.evaluate("window.marked")
    assert (marked["at"]["lng"], marked["at"]["lat"]) == pytest.approx((door.lon, door.lat), abs=2e-6)
    assert f"{door.road}{door.number}号" in marked["name"]


def test_a_click_on_the_map_gives_the_address_there(page: Page, door: Door):
    found = page.evaluate(
        "([lat, lng]) => asked.reverse({lat, lng}, map.options.crs.scale(18))", [door.lat, door.lon]
    )
    assert f"{door.road}{door.number}号" in found[0]["name"]
