"""The project for QGIS, opened by QGIS itself: every layer valid, read through its own provider, and drawn."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest

from tests.serving import Served
from tiles import qgis

#: QGIS comes with Debian's own Python, never from a package index.
PYTHON = "/usr/bin/python3"
SCRIPT = """
import json, sys
from qgis.core import QgsApplication, QgsMapRendererSequentialJob, QgsMapSettings, QgsProject, QgsRectangle
from qgis.PyQt.QtCore import QSize
app = QgsApplication([], False)
app.initQgis()
project = QgsProject.instance()
read = project.read(sys.argv[1])
layers = project.layerTreeRoot().layerOrder()
told = {}
for layer in project.mapLayers().values():
    count = sum(1 for _ in layer.getFeatures()) if layer.providerType() == "OAPIF" and layer.isValid() else None
    told[layer.id()] = {"provider": layer.providerType(), "valid": layer.isValid(), "rows": count}
drawn = QgsMapSettings()
drawn.setLayers(layers)
drawn.setOutputSize(QSize(500, 400))
drawn.setDestinationCrs(project.crs())
drawn.setExtent(QgsRectangle(*map(float, sys.argv[3].split(","))))
job = QgsMapRendererSequentialJob(drawn)
job.start()
job.waitForFinished()
job.renderedImage().save(sys.argv[2])
print(json.dumps({"read": read, "system": project.crs().authid(), "layers": told}))
app.exitQgis()
"""


def has_qgis() -> bool:
    if not Path(PYTHON).exists() or (
        shutil.which("qgis") is None and not Path("/usr/lib/python3/dist-packages/qgis").is_dir()
    ):
        return False
    return (
        subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(not has_qgis(), reason="本机没有安装 QGIS（python3-qgis）")
def test_qgis_opens_the_project_reads_every_collection_and_draws_it(server: Served, tmp_path: Path):
    from PIL import Image

    file, picture = tmp_path / "diming.qgs", tmp_path / "map.png"
    file.write_bytes(httpx.get(f"{server.url}/docs/diming.qgs", timeout=240).content)
    canvas = httpx.get(f"{server.url}/docs/diming.qgs", timeout=240).text
    extent = ",".join(canvas.split(f"<{tag}>")[1].split("<")[0] for tag in ("xmin", "ymin", "xmax", "ymax"))
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        [PYTHON, "-c", SCRIPT, str(file), str(picture), extent],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.stdout, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["read"] and told["system"] == "EPSG:3857"
    layers = told["layers"]
    assert {name for name in layers if name.startswith("diming_tiles_")} == {
        "diming_tiles_base",
        "diming_tiles_boundaries",
    }
    filled = 0
    for collection in qgis.collections():
        view = collection.removeprefix("published.")
        items = f"{server.url}/ogc/collections/{collection}/items"
        expected = httpx.get(items, params={"limit": 1}, timeout=240).json()["numberMatched"]
        # QGIS asks the first rows what they are; of a collection without any it makes nothing.
        if expected:
            assert layers[f"diming_ogc_{view}"] == {"provider": "OAPIF", "valid": True, "rows": expected}
            filled += 1
    assert filled >= 5
    assert len(Image.open(picture).convert("RGB").getcolors(200_000) or ()) > 3


def test_the_description_of_the_service_is_where_its_landing_page_says(server: Served):
    links = httpx.get(f"{server.url}/ogc/", timeout=240).json()["links"]
    described = next(link["href"] for link in links if link["rel"] == "service-desc")
    answer = httpx.get(described, timeout=240)
    assert answer.status_code == 200 and answer.json()["openapi"].startswith("3.")
    assert all(link["href"].startswith(f"{server.url}/ogc") for link in links)
