// How each kind looks on the public map: shape and colour together, names with a halo, at most five strong colours.
const FACES = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"];
export const LARGE = document.documentElement.classList.contains("large");
const INK = "#1b2430";
const NAMES = ["meals", "cemeteries", "places", "addresses"];

// Kind of the page -> layers of the map; the roads' names belong to the ground.
export const KIND_LAYERS = {
  meals: ["meals", "meals-name"],
  cemeteries: ["cemeteries-area", "cemeteries", "cemeteries-name"],
  heritage: ["heritage", "heritage-name"],
  places: ["places", "places-name"],
  doors: ["doors", "doors-number", "door", "door-number"],
  roads: ["road-name"],
};

export function sourcesFor(origin) {
  return Object.fromEntries(
    NAMES.map((name) => [name, { type: "vector", tiles: [`${origin}/tiles/${name}/{z}/{x}/{y}.mvt`], minzoom: name === "addresses" ? 13 : name === "places" ? 8 : 0, maxzoom: 17 }]),
  );
}

export function layersFor() {
  const plain = ["!", ["has", "heritage"]];
  return [
    { id: "cemeteries-area", type: "fill", source: "cemeteries", "source-layer": "cemetery_area", paint: { "fill-color": "#4e7a63", "fill-opacity": 0.25 } },
    dots("doors", "addresses", "door", "#0b4f9e", 2.5, { maxzoom: 16 }),
    { ...names("doors-number", "addresses", "door", ["get", "number"], { minzoom: 16.4 }), filter: ["has", "number"] },
    dots("places", "places", "place", "#855800", 3.5, { filter: plain }),
    { ...names("places-name", "places", "place", ["get", "name"]), filter: plain },
    rings("heritage", "places", "place", "#b3261e", { filter: ["has", "heritage"] }),
    { ...names("heritage-name", "places", "place", ["get", "name"]), filter: ["has", "heritage"] },
    { id: "cemeteries", type: "symbol", source: "cemeteries", "source-layer": "cemetery", layout: { "icon-image": "square", "icon-size": grown(LARGE ? 1.4 : 1), "icon-allow-overlap": true } },
    names("cemeteries-name", "cemeteries", "cemetery", ["get", "name"], { minzoom: 11.5 }),
    meals(),
    names("meals-name", "meals", "meal_point", ["get", "name"], { minzoom: 12 }),
  ];
}

// From far away marks are smaller, or a phone would show nothing but marks.
function grown(full) {
  return ["interpolate", ["linear"], ["zoom"], 8.5, full * 0.55, 12, full];
}

function dots(id, source, part, colour, radius, more = {}) {
  return { id, type: "circle", source, "source-layer": part, paint: { "circle-color": colour, "circle-radius": grown(LARGE ? radius * 1.4 : radius), "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 }, ...more };
}

// A hollow disc serves nothing now: the colour stays that of its kind.
function meals() {
  const open = ["==", ["get", "state"], "open"];
  const layer = dots("meals", "meals", "meal_point", ["case", open, "#0a7a4b", "#ffffff"], 7);
  layer.paint["circle-stroke-color"] = ["case", open, "#ffffff", "#0a7a4b"];
  layer.paint["circle-stroke-width"] = ["case", open, 1.5, 3];
  return layer;
}

// Squares for cemeteries: shape and colour together, so that nobody needs to tell two greens apart.
export function addImages(map) {
  const side = 28, edge = 3, data = new Uint8ClampedArray(side * side * 4);
  for (let at = 0; at < side * side; at++) {
    const x = at % side, y = Math.floor(at / side);
    const inner = x >= edge && y >= edge && x < side - edge && y < side - edge;
    data.set(inner ? [0x4e, 0x7a, 0x63, 255] : [255, 255, 255, 255], at * 4);
  }
  map.addImage("square", { width: side, height: side, data }, { pixelRatio: 2 });
}

function rings(id, source, part, colour, more = {}) {
  return { id, type: "circle", source, "source-layer": part, paint: { "circle-color": "#fff", "circle-radius": grown(LARGE ? 7 : 5), "circle-stroke-color": colour, "circle-stroke-width": 3 }, ...more };
}

function names(id, source, part, field, more = {}) {
  return {
    id, type: "symbol", source, "source-layer": part,
    layout: { "text-field": field, "text-font": FACES, "text-size": LARGE ? 18 : 13, "text-offset": [0, 0.9], "text-anchor": "top", "text-optional": true },
    paint: { "text-color": INK, "text-halo-color": "#fff", "text-halo-width": 1.8 },
    ...more,
  };
}
