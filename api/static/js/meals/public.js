// The public pages of meal points and cemeteries: the map beside the list, and "from where I stand".
import { upgradeMaps } from "../desk/map.js";

upgradeMaps(document);

const here = document.getElementById("here");
if (here && "geolocation" in navigator) {
  here.hidden = false;
  here.addEventListener("click", () => {
    here.disabled = true;
    here.textContent = "正在定位…";
    navigator.geolocation.getCurrentPosition(found, refused, { enableHighAccuracy: true, timeout: 15000 });
  });
}

function found({ coords }) {
  const asked = new URLSearchParams(new FormData(here.form));
  asked.delete("near");
  // About ten metres: enough for a walk, and no more than that goes into the address bar.
  asked.set("lon", coords.longitude.toFixed(4));
  asked.set("lat", coords.latitude.toFixed(4));
  location.assign(`${location.pathname}?${asked}`);
}

function refused() {
  here.disabled = false;
  here.textContent = "没有得到位置，请填写地址";
}
