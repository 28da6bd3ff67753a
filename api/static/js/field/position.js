// Where the phone is: one watch for all pages, bearing and distance to a marker, the mean of many fixes.

const WORDS = [
  "北", "东北偏北", "东北", "东北偏东", "东", "东南偏东", "东南", "东南偏南",
  "南", "西南偏南", "西南", "西南偏西", "西", "西北偏西", "西北", "西北偏北",
];
const A = 6378137, E2 = 0.00669438002290;

// The word of the 22.5° sector; 北 is 348°45′ up to, not including, 11°15′.
export function directionWord(azimuth) {
  const turn = ((azimuth % 360) + 360) % 360;
  return WORDS[Math.floor((turn + 11.25) / 22.5) % 16];
}

export const directions = WORDS.map((word, index) => ({ word, azimuth: index * 22.5 }));

// Azimuth from true north and metres, on the ellipsoid's own radii: right to a centimetre within some kilometres.
export function toward(from, to) {
  const lat = ((from.lat + to.lat) / 2) * Math.PI / 180;
  const w = Math.sqrt(1 - E2 * Math.sin(lat) ** 2);
  const north = (to.lat - from.lat) * Math.PI / 180 * (A * (1 - E2) / w ** 3);
  const east = (to.lon - from.lon) * Math.PI / 180 * (A / w) * Math.cos(lat);
  return { azimuth: (Math.atan2(east, north) * 180 / Math.PI + 360) % 360, metres: Math.hypot(east, north) };
}

export function metresWords(metres) {
  if (metres >= 1000) return `${(metres / 1000).toFixed(2)} 公里`;
  return metres >= 100 ? `${Math.round(metres)} 米` : `${metres.toFixed(1)} 米`;
}

// The weighted mean of fixes: the better ones count more. Their accuracy is not made smaller than the scatter shows.
export function meanOf(fixes) {
  const weights = fixes.map((fix) => 1 / Math.max(fix.accuracy, 0.5) ** 2);
  const sum = weights.reduce((a, b) => a + b, 0);
  const mean = (read) => fixes.reduce((total, fix, i) => total + read(fix) * weights[i], 0) / sum;
  const at = { lon: mean((fix) => fix.lon), lat: mean((fix) => fix.lat) };
  const scatter = Math.sqrt(fixes.reduce((t, fix, i) => t + weights[i] * toward(at, fix).metres ** 2, 0) / sum);
  // Fixes of one phone in one place err together: the mean is taken as no better than the best of them.
  const best = Math.min(...fixes.map((fix) => fix.accuracy));
  const heights = fixes.filter((fix) => fix.height !== null);
  return {
    ...at, accuracy_m: round(Math.max(best, scatter), 2), count: fixes.length,
    height: heights.length ? round(heights.reduce((t, fix) => t + fix.height, 0) / heights.length, 2) : null,
  };
}

const round = (value, digits) => Number(value.toFixed(digits));

export class Position extends EventTarget {
  constructor() {
    super();
    this.fix = null;
    this.heading = null;
    this.trouble = "正在定位";
  }

  start() {
    if (!navigator.geolocation) return this.#fail("此设备不能定位");
    navigator.geolocation.watchPosition(
      (found) => this.#take(found),
      (error) => this.#fail(error.code === 1 ? "没有定位权限" : "暂无定位"),
      { enableHighAccuracy: true, maximumAge: 0, timeout: 60_000 },
    );
    const turned = (event) => {
      const heading = event.webkitCompassHeading ?? (event.absolute && event.alpha !== null ? 360 - event.alpha : null);
      if (heading !== null) {
        this.heading = heading % 360;
        this.dispatchEvent(new Event("change"));
      }
    };
    window.addEventListener("deviceorientationabsolute", turned);
    window.addEventListener("deviceorientation", turned);
  }

  // Asks anew, for a measurement: a phone that lies still may send no fix by itself.
  poll() {
    navigator.geolocation?.getCurrentPosition(
      (found) => this.#take(found), () => {}, { enableHighAccuracy: true, maximumAge: 0, timeout: 5_000 },
    );
  }

  #take({ coords, timestamp }) {
    this.fix = {
      lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy, height: coords.altitude, at: timestamp,
    };
    this.trouble = "";
    this.dispatchEvent(new CustomEvent("fix", { detail: this.fix }));
    this.dispatchEvent(new Event("change"));
  }

  #fail(sentence) {
    this.trouble = sentence;
    this.dispatchEvent(new Event("change"));
  }
}
