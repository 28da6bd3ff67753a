// The map of the walk, drawn from the tiles that were taken along; works without a network and without WebGL as a list.
import { h } from "../dom.js";
import { toward } from "../position.js";
import { nameOf } from "../words.js";

const WORKER = "/static/vendor/maplibre-gl-worker.mjs";
const FAR_M = 10_000;
const UNITS = { "ScaleControl.Meters": "米", "ScaleControl.Kilometers": "千米" };
const SOURCE = "taken://{z}/{x}/{y}";

export async function map(app) {
  const container = h("div", { id: "map", "aria-label": "地图" });
  const said = h("p", { class: "said" });
  const whole = h("button", { class: "button", id: "whole", disabled: true }, "全线");
  const me = h("button", { class: "button go", id: "me", disabled: true }, "我的位置");
  return {
    title: "地图", back: "#/", kind: "wide", body: [container, said], foot: [whole, me],
    shown: () => drawn(app, container, { whole, me }).catch(() => {
      container.remove();
      said.textContent = "此设备不能显示地图，请按任务清单上的方向和距离行走。";
    }),
  };
}

async function drawn(app, container, buttons) {
  const maplibre = await import("/static/vendor/maplibre-gl.mjs");
  await ready(app, maplibre);
  const style = await app.store.get("meta", "style");
  for (const source of Object.values(style.sources)) Object.assign(source, { tiles: [SOURCE], minzoom: 11, maxzoom: 16 });
  const tasks = (await app.tasks()).filter((task) => task.marker.lon !== null);
  const shown = new maplibre.Map({
    container, style, ...opening(app.position.fix, tasks), minZoom: 8, maxZoom: 18, attributionControl: false, dragRotate: false, locale: UNITS,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
  });
  app.onLeave(() => shown.remove());
  shown.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), "bottom-left");
  shown.on("load", async () => lines(shown, (await app.store.get("meta", "lines")) ?? []));
  shown.on("idle", () => { container.dataset.state = "idle"; });
  (await app.tasks()).forEach((task, number) => {
    if (task.marker.lon !== null) pin(maplibre, shown, task, number);
  });
  here(app, maplibre, shown);
  moves(app, shown, tasks, buttons);
}

const places = (tasks) => tasks.map((task) => [task.marker.lon, task.marker.lat]);

// The whole walk, or where the phone is.
function moves(app, shown, tasks, { whole, me }) {
  whole.addEventListener("click", () => shown.fitBounds(around(places(tasks)), { padding: 48, maxZoom: 15 }));
  me.addEventListener("click", () => {
    const { fix } = app.position;
    if (fix) shown.easeTo({ center: [fix.lon, fix.lat], zoom: Math.max(shown.getZoom(), 15) });
  });
  whole.disabled = tasks.length === 0;
  const can = () => { me.disabled = !app.position.fix; };
  can();
  app.position.addEventListener("change", can);
  app.onLeave(() => app.position.removeEventListener("change", can));
}

function around(found) {
  const [lons, lats] = [found.map(([lon]) => lon), found.map(([, lat]) => lat)];
  return [[Math.min(...lons), Math.min(...lats)], [Math.max(...lons), Math.max(...lats)]];
}

// The walk is tens of kilometres long: the map begins with the next marker and, when it is not far, the way there.
function opening(fix, tasks) {
  const start = nearest(fix, tasks);
  if (!start) return {};
  const near = fix && toward(fix, start).metres < FAR_M;
  const bounds = near ? around([[start.lon, start.lat], [fix.lon, fix.lat]]) : null;
  return bounds ? { bounds, fitBoundsOptions: { padding: 72, maxZoom: 16 } } : { center: [start.lon, start.lat], zoom: 14 };
}

function nearest(fix, tasks) {
  const far = (marker) => (fix ? toward(fix, marker).metres : 0);
  return tasks.map((task) => task.marker).sort((a, b) => far(a) - far(b))[0];
}

let prepared = null;

// Map workers do not pass through the service worker of these pages: the code is handed over as a blob, tiles by protocol.
async function ready(app, maplibre) {
  prepared ??= (async () => {
    const code = await (await fetch(WORKER)).blob();
    maplibre.setWorkerUrl(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
    maplibre.addProtocol("taken", async ({ url }) => {
      const bytes = await app.store.getBytes("tile", url.replace("taken://", ""));
      return { data: bytes ? bytes.buffer : new ArrayBuffer(0) };
    });
  })();
  return prepared;
}

function lines(shown, found) {
  const features = found.filter((line) => line.shape).map((line) => ({ type: "Feature", properties: {}, geometry: line.shape }));
  shown.addSource("line", { type: "geojson", data: { type: "FeatureCollection", features } });
  shown.addLayer({ id: "line", type: "line", source: "line", paint: { "line-color": "#b3261e", "line-width": 3, "line-dasharray": [4, 2] } });
}

function pin(maplibre, shown, task, number) {
  const element = h("a", { class: "pin", href: `#/task/${number}` }, nameOf(task.marker));
  new maplibre.Marker({ element, anchor: "bottom" }).setLngLat([task.marker.lon, task.marker.lat]).addTo(shown);
}

function here(app, maplibre, shown) {
  const dot = new maplibre.Marker({ element: h("div", { class: "here", "aria-label": "我的位置" }) });
  const move = () => {
    const { fix } = app.position;
    if (fix) dot.setLngLat([fix.lon, fix.lat]).addTo(shown);
  };
  move();
  app.position.addEventListener("change", move);
  app.onLeave(() => app.position.removeEventListener("change", move));
}
