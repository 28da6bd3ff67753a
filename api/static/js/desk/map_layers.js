// How features look: colour by class (five at most), shape by geometry, a ring around the chosen one.
export const SOURCE = "desk";
export const TONES = { plate: "#0b4f9e", sign: "#0a7a4b", marker: "#b3261e", amber: "#855800", grey: "#55606d" };
const FACES = ["PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "sans-serif"];
const CHOSEN = ["boolean", ["feature-state", "chosen"], false];

// A legend is a list of { key, label, tone, shape }; without one everything is plate blue.
export function classes(legend) {
  return (legend ?? []).map((entry) => [entry.key, TONES[entry.tone] ?? TONES.plate]);
}

function tone(known) {
  if (!known.length) return TONES.plate;
  return ["match", ["to-string", ["get", "class"]], ...known.flatMap(([key, colour]) => [String(key), colour]), TONES.grey];
}

export function layersOf(known) {
  const colour = tone(known);
  const of = (...types) => ["in", ["geometry-type"], ["literal", types]];
  return [
    { id: "desk-fill", type: "fill", source: SOURCE, filter: of("Polygon", "MultiPolygon"), paint: { "fill-color": colour, "fill-opacity": ["case", CHOSEN, 0.32, 0.16] } },
    { id: "desk-edge", type: "line", source: SOURCE, filter: of("Polygon", "MultiPolygon"), paint: { "line-color": colour, "line-width": ["case", CHOSEN, 3.5, 1.8] } },
    { id: "desk-ring", type: "line", source: SOURCE, filter: of("LineString", "MultiLineString"), layout: { "line-cap": "round" }, paint: { "line-color": TONES.plate, "line-width": 11, "line-opacity": ["case", CHOSEN, 0.28, 0] } },
    { id: "desk-line", type: "line", source: SOURCE, filter: of("LineString", "MultiLineString"), layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": colour, "line-width": 3.5 } },
    { id: "desk-halo", type: "circle", source: SOURCE, filter: of("Point", "MultiPoint"), paint: { "circle-radius": 12, "circle-color": "#fff", "circle-opacity": ["case", CHOSEN, 0.9, 0], "circle-stroke-color": TONES.plate, "circle-stroke-width": ["case", CHOSEN, 3, 0] } },
    { id: "desk-point", type: "circle", source: SOURCE, filter: of("Point", "MultiPoint"), paint: { "circle-radius": 6, "circle-color": colour, "circle-stroke-color": "#fff", "circle-stroke-width": 2 } },
    {
      // Along the line's middle: at its beginning it would be taken for the name of the point that stands there.
      id: "desk-line-label", type: "symbol", source: SOURCE, filter: of("LineString", "MultiLineString"),
      layout: { "symbol-placement": "line-center", "text-field": ["coalesce", ["get", "label"], ""], "text-font": FACES, "text-size": 13, "text-offset": [0, -1], "text-max-angle": 80 },
      paint: { "text-color": "#1b2430", "text-halo-color": "#fff", "text-halo-width": 1.6 },
    },
    {
      id: "desk-label", type: "symbol", source: SOURCE, filter: ["!", of("LineString", "MultiLineString")],
      layout: { "text-field": ["coalesce", ["get", "label"], ""], "text-font": FACES, "text-size": 13, "text-offset": [0, 1.1], "text-anchor": "top", "text-optional": true },
      paint: { "text-color": "#1b2430", "text-halo-color": "#fff", "text-halo-width": 1.6 },
    },
  ];
}
