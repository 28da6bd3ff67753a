// The map: the register's own lines on quiet ground, one strong layer, labels in the reader's own faces.
import * as maplibre from "/static/vendor/maplibre-gl.mjs";

const LEVEL_ZOOM = { door: 16.5, interpolated: 16.5, estate: 16, natvil: 15, road: 15, intersection: 16.5, relative: 16 };

export function openMap(container, points) {
  const map = new maplibre.Map({
    container,
    style: `/styles/${document.documentElement.classList.contains("large") ? "large" : "quiet"}.json`,
    center: points[0].at,
    zoom: zoomOf(points[0]),
    minZoom: 8,
    maxZoom: 19,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    fadeDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 200,
    localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    locale: {
      "NavigationControl.ZoomIn": "放大",
      "NavigationControl.ZoomOut": "缩小",
      "ScaleControl.Meters": "米",
      "ScaleControl.Kilometers": "公里",
      "Map.Title": "地图",
      "Marker.Title": "标记",
    },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({ maxWidth: 120 }), "bottom-left");
  container.dataset.state = "loading";
  map.on("idle", () => {
    container.dataset.state = "idle";
  });
  let markers = [];

  function show(now) {
    markers.forEach((marker) => marker.remove());
    markers = now.map((point) => mark(point).addTo(map));
    container.dataset.state = "loading";
    map.jumpTo({ center: now[0].at, zoom: zoomOf(now[0]) });
    map.triggerRepaint();
  }

  return { map, show };
}

function zoomOf(point) {
  return LEVEL_ZOOM[point.level] ?? 13;
}

function mark(point) {
  const element = document.createElement("div");
  element.className = point.best ? "mark-found" : "mark-other";
  // The map's own label would lie half under the mark; this one lies over it.
  if (point.best && point.number) element.dataset.number = point.number;
  return new maplibre.Marker({ element }).setLngLat(point.at);
}
