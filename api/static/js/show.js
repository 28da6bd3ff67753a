// Which points stand on the map, and whether there can be one: without WebGL the drawn locator stays.
let drawn = null;

export async function showOnMap(within) {
  const points = [...within.querySelectorAll("[data-lon]")].map((item) => ({
    at: [Number(item.dataset.lon), Number(item.dataset.lat)],
    level: item.dataset.level ?? "",
    number: item.querySelector(".plate-number")?.firstChild?.textContent.trim() ?? "",
    best: item.classList.contains("result") || "best" in item.dataset,
  }));
  const place = document.getElementById("map");
  if (!points.length || !place || !hasWebGL()) return;
  try {
    const { openMap } = await import("./map.js");
    place.hidden = false;
    drawn ??= openMap(place, points);
    drawn.show(points);
    document.getElementById("locator").hidden = true;
  } catch (error) {
    console.warn("地图未能打开", error);
    place.hidden = true;
    document.getElementById("locator").hidden = false;
  }
}

function hasWebGL() {
  const canvas = document.createElement("canvas");
  return Boolean(canvas.getContext("webgl2"));
}
