// Drawing into a field: a point, a line or an area, by mouse or finger, or from a GeoJSON file. The field keeps GeoJSON.
import { TerraDraw, TerraDrawLineStringMode, TerraDrawPointMode, TerraDrawPolygonMode, TerraDrawSelectMode } from "/static/vendor/terra-draw.js";
import { TerraDrawMapLibreGLAdapter } from "/static/vendor/terra-draw-maplibre.js";
import { bar, button, say } from "./map_bar.js";
import { fit } from "./map.js";
import { measured } from "./measure.js";

const KIND = { point: "Point", line: "LineString", polygon: "Polygon" };
const MODE = { point: "point", line: "linestring", polygon: "polygon" };
const HOW = { point: "点一下放置位置。", line: "逐点画线，双击或回车结束。", polygon: "逐点画出范围，点第一个点或回车结束。" };
const PLATE = "#0b4f9e";
const CHOSEN = {
  selectedPointColor: PLATE,
  selectedLineStringColor: PLATE,
  selectedPolygonColor: PLATE,
  selectedPolygonOutlineColor: PLATE,
  selectionPointColor: PLATE,
  selectionPointOutlineColor: "#ffffff",
  midPointColor: "#ffffff",
  midPointOutlineColor: PLATE,
};
const NODES = { flags: { linestring: bends(), polygon: bends(), point: { feature: { draggable: true } } } };

function bends() {
  return { feature: { draggable: true, coordinates: { midpoints: true, draggable: true, deletable: true } } };
}

export function drawing(maplibre, map, place) {
  const field = document.getElementById(place.dataset.input);
  const kind = place.dataset.draw;
  let written = field.value;
  const draw = new TerraDraw({
    adapter: new TerraDrawMapLibreGLAdapter({ map }),
    modes: [
      new TerraDrawPointMode({ styles: { pointColor: PLATE, pointOutlineColor: "#ffffff", pointOutlineWidth: 2 } }),
      new TerraDrawLineStringMode({ styles: { lineStringColor: PLATE, lineStringWidth: 3, closingPointColor: PLATE } }),
      new TerraDrawPolygonMode({ styles: { fillColor: PLATE, fillOpacity: 0.15, outlineColor: PLATE, outlineWidth: 3, closingPointColor: PLATE } }),
      new TerraDrawSelectMode({ ...NODES, styles: CHOSEN }),
    ],
  });
  draw.start();
  const tools = bar(place);
  const begin = button(tools, "画", () => mode(MODE[kind], HOW[kind]));
  button(tools, "改", () => mode("select", "点选后拖动顶点，右键删除顶点。"));
  button(tools, "清除", () => {
    draw.clear();
    keep();
    mode(MODE[kind], HOW[kind]);
  });
  file(tools, (geometry) => put(geometry));

  function mode(name, words) {
    place.dataset.busy = name === "select" ? "" : "yes";
    draw.setMode(name);
    say(place, words);
  }

  function put(geometry) {
    const parts = simple(geometry).filter((part) => part.type === KIND[kind]);
    if (!parts.length) return say(place, `文件里没有${{ point: "点", line: "线", polygon: "面" }[kind]}。`);
    draw.clear();
    draw.addFeatures(parts.slice(0, 1).map((part) => ({ type: "Feature", geometry: rounded(part), properties: { mode: MODE[kind] } })));
    keep();
    fit(maplibre, map, parts[0]);
    mode("select", parts.length > 1 ? `文件里有 ${parts.length} 个图形，只取第一个。` : "已放到地图上。");
  }

  // What was typed or read elsewhere into the field is shown as it is, all its parts.
  function follow() {
    const parts = simple(parsed(field.value) ?? lines(field.value, kind)).filter((part) => part.type === KIND[kind]);
    if (!parts.length) return;
    draw.clear();
    draw.addFeatures(parts.map((part) => ({ type: "Feature", geometry: rounded(part), properties: { mode: MODE[kind] } })));
    fit(maplibre, map, { type: "FeatureCollection", features: parts.map((geometry) => ({ type: "Feature", properties: {}, geometry })) });
    mode("select", measured(parts[0]));
  }

  function keep() {
    const drawn = draw.getSnapshot().filter((feature) => feature.geometry.type === KIND[kind] && !feature.properties.midPoint && !feature.properties.selectionPoint);
    const several = drawn.length > 1 && kind !== "point";
    const geometry = several ? { type: `Multi${KIND[kind]}`, coordinates: drawn.map((one) => one.geometry.coordinates) } : drawn.at(-1)?.geometry;
    field.value = geometry ? JSON.stringify(geometry) : "";
    written = field.value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
    if (geometry) say(place, measured(drawn.at(-1).geometry));
  }

  field.addEventListener("change", () => {
    if (field.value !== written) follow();
  });

  draw.on("finish", (id) => {
    const others = draw.getSnapshot().filter((feature) => feature.id !== id && feature.geometry.type === KIND[kind]);
    if (draw.getMode() !== "select") draw.removeFeatures(others.map((feature) => feature.id));
    keep();
    if (draw.getMode() !== "select") setTimeout(() => mode("select", measured(JSON.parse(field.value))), 0);
  });
  const before = parsed(field.value) ?? lines(field.value, kind);
  if (before) put(before);
  else begin.click();
  const text = place.parentElement.querySelector(".map-text");
  // Who is typing coordinates already goes on typing.
  if (text && !text.contains(document.activeElement)) text.open = Boolean(text.querySelector("[aria-invalid]"));
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// Lines of “经度,纬度”, as the field's help offers them.
function lines(text, kind) {
  const points = text.trim().split(/\n+/).map((line) => line.split(/[,，\s]+/).map(Number));
  if (!points.every((point) => point.length === 2 && point.every(Number.isFinite))) return null;
  if (kind === "point") return { type: "Point", coordinates: points[0] };
  if (kind === "line") return points.length > 1 ? { type: "LineString", coordinates: points } : null;
  return points.length > 2 ? { type: "Polygon", coordinates: [[...points, points[0]]] } : null;
}

// Any GeoJSON as plain geometries, multi-parts taken apart.
function simple(json) {
  if (!json) return [];
  if (json.type === "FeatureCollection") return json.features.flatMap(simple);
  if (json.type === "Feature") return simple(json.geometry);
  if (json.type === "GeometryCollection") return json.geometries.flatMap(simple);
  if (json.type?.startsWith("Multi")) return json.coordinates.map((coordinates) => ({ type: json.type.slice(5), coordinates }));
  return [json];
}

function rounded(geometry) {
  const round = (value) => (typeof value[0] === "number" ? value.slice(0, 2).map((n) => Math.round(n * 1e9) / 1e9) : value.map(round));
  return { ...geometry, coordinates: round(geometry.coordinates) };
}

function file(tools, take) {
  // A form that reads files of more kinds on the server has a field of its own for it.
  if (document.getElementById("shape-file")) return;
  const input = Object.assign(document.createElement("input"), { type: "file", accept: ".geojson,.json", hidden: true });
  const label = document.createElement("label");
  label.className = "btn btn-sm";
  label.append("从文件", input);
  input.hidden = false;
  input.className = "visually-hidden";
  input.addEventListener("change", async () => {
    const given = input.files[0] ? parsed(await input.files[0].text()) : null;
    take(given);
    input.value = "";
  });
  tools.append(label);
}
