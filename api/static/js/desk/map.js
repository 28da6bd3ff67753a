// Maps of the workbench. A page writes
//   <div class="desk-map" data-geojson="#id | address" data-legend="#id" data-draw="line" data-input="field id" data-measure>
// (the macro desk.map does) and gets quiet ground, features coloured by their class, a ring around the chosen one,
// drawing, a file to draw from, and measuring. Features carry in properties: id, class, label, href, made_up.
import { classes, layersOf, SOURCE } from "./map_layers.js";

const WORDS = {
  "NavigationControl.ZoomIn": "放大",
  "NavigationControl.ZoomOut": "缩小",
  "ScaleControl.Meters": "米",
  "ScaleControl.Kilometers": "公里",
  "Map.Title": "地图",
  "Marker.Title": "标记",
  "Popup.Close": "关闭",
};
const HOME = { center: [121.26, 28.65], zoom: 11 };
const opened = new WeakMap();

// The map behind an element, for a page's own script: { map, show(geojson), choose(id), fit(geojson) }.
export function mapOf(element) {
  return opened.get(element);
}

export async function upgradeMaps(root) {
  const places = [...root.querySelectorAll(".desk-map")].filter((place) => !opened.has(place));
  if (!places.length) return;
  if (!hasWebGL()) return places.forEach(away);
  const maplibre = await import("/static/vendor/maplibre-gl.mjs");
  styled();
  for (const place of places) await upgrade(maplibre, place);
}

// Without WebGL the words stand where the map would be.
function away(place) {
  place.classList.add("is-away");
  document.querySelector(`[data-map-away="${place.id}"]`)?.classList.add("is-shown");
}

async function upgrade(maplibre, place) {
  place.classList.add("is-on");
  document.querySelector(`[data-map-away="${place.id}"]`)?.remove();
  place.dataset.state = "loading";
  const map = base(maplibre, place);
  // Asked for at once: the map may be there before what it is to show, and says so only one time.
  const loaded = new Promise((done) => map.once("load", done));
  const data = await given(place);
  await loaded;
  const known = classes(read(place.dataset.legend));
  map.addSource(SOURCE, { type: "geojson", data, promoteId: "id" });
  layersOf(known).forEach((layer) => map.addLayer(layer));
  const shown = { map, show: (next) => map.getSource(SOURCE).setData(next), choose: (id) => choose(map, id), fit: (next) => fit(maplibre, map, next) };
  opened.set(place, shown);
  pointing(maplibre, map);
  if (place.dataset.draw) (await import("./draw.js")).drawing(maplibre, map, place);
  if ("measure" in place.dataset && !place.dataset.draw) (await import("./measure.js")).measuring(map, place);
  if (place.dataset.focus) map.fitBounds(place.dataset.focus.split(",").map(Number), { padding: 24, animate: false });
  else fit(maplibre, map, data);
  map.on("idle", () => (place.dataset.state = "idle"));
  // It may be at rest already: one more picture, and it says so.
  map.triggerRepaint();
  place.dispatchEvent(new CustomEvent("map-ready", { bubbles: true, detail: shown }));
}

function base(maplibre, place) {
  const map = new maplibre.Map({
    container: place,
    style: `/styles/${place.dataset.style || "quiet"}.json`,
    ...HOME,
    minZoom: 6,
    maxZoom: 20,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    locale: WORDS,
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), "bottom-left");
  return map;
}

async function given(place) {
  const from = place.dataset.geojson;
  const empty = { type: "FeatureCollection", features: [] };
  if (!from) return empty;
  if (from.startsWith("#")) return collection(read(from)) ?? empty;
  const answer = await fetch(from).catch(() => null);
  if (!answer?.ok) return empty;
  return collection(await answer.json()) ?? empty;
}

function read(selector) {
  const element = selector ? document.querySelector(selector) : null;
  return element ? JSON.parse(element.textContent) : null;
}

export function collection(json) {
  if (!json) return null;
  if (json.type === "FeatureCollection") return json;
  const feature = json.type === "Feature" ? json : { type: "Feature", properties: {}, geometry: json };
  return { type: "FeatureCollection", features: [feature] };
}

export function fit(maplibre, map, data) {
  const box = new maplibre.LngLatBounds();
  for (const feature of collection(data).features) each(feature.geometry?.coordinates ?? [], (at) => box.extend(at));
  if (!box.isEmpty()) map.fitBounds(box, { padding: 48, maxZoom: 17, animate: false });
}

function each(coordinates, take) {
  if (typeof coordinates[0] === "number") take(coordinates.slice(0, 2));
  else coordinates.forEach((part) => each(part, take));
}

let chosen = null;

function choose(map, id) {
  if (chosen) map.setFeatureState({ source: SOURCE, id: chosen }, { chosen: false });
  chosen = id;
  if (id) map.setFeatureState({ source: SOURCE, id }, { chosen: true });
}

// What lies under the pointer says its name; a click chooses it and shows the way to its record.
function pointing(maplibre, map) {
  const layers = ["desk-fill", "desk-line", "desk-point"];
  map.on("mousemove", (event) => {
    map.getCanvas().style.cursor = map.queryRenderedFeatures(event.point, { layers }).length ? "pointer" : "";
  });
  map.on("click", (event) => {
    const found = map.queryRenderedFeatures(event.point, { layers })[0];
    if (!found || map.getContainer().dataset.busy) return;
    choose(map, found.id);
    const words = Object.assign(document.createElement(found.properties.href ? "a" : "span"), { textContent: found.properties.label || "未命名" });
    if (found.properties.href) words.href = found.properties.href;
    new maplibre.Popup({ closeButton: true, maxWidth: "260px" }).setLngLat(event.lngLat).setDOMContent(words).addTo(map);
    map.getContainer().dispatchEvent(new CustomEvent("map-chosen", { bubbles: true, detail: found.properties }));
  });
}

export function hasWebGL() {
  return Boolean(document.createElement("canvas").getContext("webgl2"));
}

function styled() {
  if (document.querySelector('link[href$="maplibre-gl.css"]')) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: "/static/vendor/maplibre-gl.css" }));
}
