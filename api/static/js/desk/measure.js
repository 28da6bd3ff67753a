// Lengths and areas on the sphere, in words; and a tool that measures where one clicks.
import { bar, button, say } from "./map_bar.js";

const RADIUS_M = 6371008.8;
const rad = (degrees) => (degrees * Math.PI) / 180;

export function distance([x1, y1], [x2, y2]) {
  const half = Math.sin(rad(y2 - y1) / 2) ** 2 + Math.cos(rad(y1)) * Math.cos(rad(y2)) * Math.sin(rad(x2 - x1) / 2) ** 2;
  return 2 * RADIUS_M * Math.asin(Math.sqrt(half));
}

function length(line) {
  return line.slice(1).reduce((sum, at, index) => sum + distance(line[index], at), 0);
}

function area(ring) {
  const sum = ring.slice(1).reduce((total, [x2, y2], index) => {
    const [x1, y1] = ring[index];
    return total + rad(x2 - x1) * (2 + Math.sin(rad(y1)) + Math.sin(rad(y2)));
  }, 0);
  return Math.abs((sum * RADIUS_M * RADIUS_M) / 2);
}

export function inWords(metres) {
  return metres < 1000 ? `${Math.round(metres)} 米` : `${(metres / 1000).toFixed(2)} 公里`;
}

export function measured(geometry) {
  if (geometry.type === "Point") return `经度 ${geometry.coordinates[0].toFixed(6)}，纬度 ${geometry.coordinates[1].toFixed(6)}`;
  if (geometry.type === "LineString") return `长 ${inWords(length(geometry.coordinates))}`;
  const [ring] = geometry.coordinates;
  const size = area(ring);
  return `面积 ${size < 1e6 ? `${Math.round(size)} 平方米` : `${(size / 1e6).toFixed(2)} 平方公里`}，周长 ${inWords(length(ring))}`;
}

const LINE = "desk-measure";

export function measuring(map, place) {
  const tools = bar(place);
  let points = null;
  const start = button(tools, "量距离", () => {
    points = points ? null : [];
    place.dataset.busy = points ? "yes" : "";
    start.textContent = points ? "结束测量" : "量距离";
    show();
    say(place, points ? "在地图上逐点单击。" : "");
  });

  function show() {
    const data = { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: points ?? [] } };
    if (map.getSource(LINE)) map.getSource(LINE).setData(data);
    else {
      map.addSource(LINE, { type: "geojson", data });
      map.addLayer({ id: LINE, type: "line", source: LINE, paint: { "line-color": "#1b2430", "line-width": 2, "line-dasharray": [2, 1.5] } });
      map.addLayer({ id: `${LINE}-dot`, type: "circle", source: LINE, paint: { "circle-radius": 4, "circle-color": "#fff", "circle-stroke-color": "#1b2430", "circle-stroke-width": 2 } });
    }
  }

  map.on("click", (event) => {
    if (!points) return;
    points.push([event.lngLat.lng, event.lngLat.lat]);
    show();
    say(place, points.length > 1 ? `长 ${inWords(length(points))}` : "再点一个点。");
  });
}
