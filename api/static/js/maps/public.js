// The public map: our own ground, layers of the boxes that are ticked, a list that leads to the map and back.
import { KIND_LAYERS, LARGE, addImages, layersFor, sourcesFor } from "./layers.js";
import { hasWebGL } from "../desk/map.js";

const WORDS = {
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
  "ScaleControl.Meters": "米",
  "ScaleControl.Kilometers": "公里",
  "Map.Title": "地图",
  "Marker.Title": "我的位置",
  "Popup.Close": "关闭",
};
const HREF = { meal_point: "/meals/", cemetery: "/cemeteries/", place: "/n/", door: "/a/" };
const place = document.getElementById("pm-map");
const form = document.getElementById("pm-ask");
const said = document.getElementById("pm-said");
const given = JSON.parse(document.querySelector(place.dataset.given).textContent);
const ticks = [...form.querySelectorAll('input[name="on"]')];

finding();
if (hasWebGL()) open();
else {
  place.classList.add("is-away");
  document.getElementById("pm-away").classList.add("is-shown");
}

async function open() {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/static/vendor/maplibre-gl.css" }));
  const maplibre = await import("/static/vendor/maplibre-gl.mjs");
  const style = await (await fetch(`/styles/${LARGE ? "large" : "quiet"}.json`)).json();
  place.dataset.state = "loading";
  const map = new maplibre.Map({
    container: place,
    style: on(style),
    ...(given.bounds ? { bounds: given.bounds, fitBoundsOptions: { padding: 20 } } : { center: [121.26, 28.65], zoom: 10 }),
    hash: true,
    minZoom: 7,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    locale: WORDS,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), "bottom-left");
  addImages(map);
  map.on("load", () => {
    ticks.forEach((tick) => shown(map, tick));
    if (given.here) here(maplibre, map, hadView);
  });
  map.on("idle", () => (place.dataset.state = "idle"));
  ticks.forEach((tick) => tick.addEventListener("change", () => ticked(map, tick)));
  document.querySelectorAll(".pm-list a[data-lon]").forEach((link) => listed(map, link));
  pointing(maplibre, map);
}

const hadView = location.hash.split("/").length >= 3;

// Our ground, with the pictures of another ground in its place where one is chosen.
function on(style) {
  Object.assign(style.sources, sourcesFor(location.origin));
  if (given.ground) {
    style.layers = style.layers.filter((layer) => layer.id === "ground");
    given.ground.tiles.forEach((tiles, n) => {
      style.sources[`ground-${n}`] = { type: "raster", tiles: [tiles], tileSize: 256, maxzoom: 18 };
      style.layers.push({ id: `ground-${n}`, type: "raster", source: `ground-${n}` });
    });
  }
  style.layers.push(...layersFor());
  return style;
}

function here(maplibre, map, keep) {
  new maplibre.Marker({ color: "#0b4f9e" }).setLngLat(given.here).addTo(map);
  if (!keep) map.jumpTo({ center: given.here, zoom: 14 });
}

function shown(map, tick) {
  for (const id of KIND_LAYERS[tick.value]) if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", tick.checked ? "visible" : "none");
}

// A box shows its layer at once; the list of a kind that was not there yet comes with the next search.
function ticked(map, tick) {
  shown(map, tick);
  const list = document.querySelector(`.pm-list[data-kind="${tick.value}"]`);
  if (list) list.hidden = !tick.checked;
  remember();
  if (!list && tick.checked && ["meals", "cemeteries", "heritage"].includes(tick.value)) form.requestSubmit();
}

function address() {
  const now = new URL(location.href);
  now.searchParams.delete("on");
  now.searchParams.set("show", ticks.filter((tick) => tick.checked).map((tick) => tick.value).join(","));
  return now;
}

function remember() {
  history.replaceState(history.state, "", address());
}

function listed(map, link) {
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    const item = link.closest("li");
    if (item.classList.contains("is-chosen")) return; // a second click opens its page
    event.preventDefault();
    document.querySelector(".pm-list .is-chosen")?.classList.remove("is-chosen");
    item.classList.add("is-chosen");
    map.jumpTo({ center: [Number(link.dataset.lon), Number(link.dataset.lat)], zoom: Math.max(map.getZoom(), 15) });
    said.textContent = `地图已移到“${link.textContent}”，再点一次打开详情。`;
    if (innerWidth < 900) place.scrollIntoView({ block: "start" });
  });
}

function pointing(maplibre, map) {
  const all = () => Object.values(KIND_LAYERS).flat().filter((id) => map.getLayer(id));
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers: all() }).length ? "pointer" : "";
  });
  map.on("click", (event) => {
    const near = [[event.point.x - 6, event.point.y - 6], [event.point.x + 6, event.point.y + 6]];
    const found = map.queryRenderedFeatures(near, { layers: all() }).find((one) => HREF[one.sourceLayer] && one.properties.code);
    if (!found) return;
    const told = found.properties;
    const box = document.createElement("div");
    box.append(...pointed(found.sourceLayer, told));
    new maplibre.Popup({ maxWidth: "260px" }).setLngLat(event.lngLat).setDOMContent(box).addTo(map);
  });
}

// What a mark says: its name as a link; a dot that stands for many doors says how many, for no one of them is meant.
function pointed(kind, told) {
  if (told.doors > 1) return [`此处有 ${told.doors} 个门牌，放大后逐个显示。`];
  const name = told.name || (told.street || told.number ? `${told.street ?? ""}${told.number ?? ""}号` : "查看这个门牌");
  const link = Object.assign(document.createElement("a"), { textContent: name, href: HREF[kind] + told.code });
  return [link, told.made_up ? "（示例数据）" : ""];
}

// The form sends what is ticked as one word, so that the address stays short enough to read out.
function finding() {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const asked = new URLSearchParams({ show: ticks.filter((tick) => tick.checked).map((tick) => tick.value).join(",") });
    const near = form.elements.near.value.trim();
    if (near) asked.set("near", near);
    else for (const key of ["lon", "lat"]) if (new URLSearchParams(location.search).get(key)) asked.set(key, new URLSearchParams(location.search).get(key));
    if (form.elements.ground?.value) asked.set("ground", form.elements.ground.value);
    location.assign(`/map?${asked}`);
  });
  form.elements.ground?.addEventListener("change", () => form.requestSubmit());
  const where = document.getElementById("here");
  if ("geolocation" in navigator) {
    where.hidden = false;
    where.addEventListener("click", () => {
      said.textContent = "正在定位…";
      navigator.geolocation.getCurrentPosition(found, () => (said.textContent = "没有得到位置，请填写地址。"), { enableHighAccuracy: true, timeout: 15000 });
    });
  }
  const link = document.getElementById("link");
  link.hidden = false;
  link.addEventListener("click", async () => {
    remember();
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "链接已复制。";
    } catch {
      said.textContent = "请复制浏览器地址栏里的链接。";
    }
  });
}

function found({ coords }) {
  // About ten metres: enough for a walk, and no more than that goes into the address bar.
  const asked = address().searchParams;
  asked.delete("near");
  asked.set("lon", coords.longitude.toFixed(4));
  asked.set("lat", coords.latitude.toFixed(4));
  location.assign(`/map?${asked}`);
}
