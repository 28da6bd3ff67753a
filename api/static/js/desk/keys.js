// The keyboard of the workbench: Ctrl K finds, ? helps, M goes to the map, G D to what waits.
export function keys() {
  addEventListener("keydown", (event) => {
    if (event.isComposing || document.querySelector("dialog[open]")) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open("finder");
      return;
    }
    // A page with a table of keys of its own sees to them itself.
    if (document.getElementById("keys")) return;
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") {
      event.preventDefault();
      open("keyhelp");
    } else if (event.key.toLowerCase() === "m" && toMap()) event.preventDefault();
  });
  // Fetched while nothing else is going on, so that no letter typed right after the keys is lost.
  globalThis.requestIdleCallback?.(() => import("./finder.js").catch(() => {}));
  document.getElementById("open-finder")?.addEventListener("click", (event) => press(event, "finder"));
  const own = document.getElementById("keys");
  document.getElementById("open-keys")?.addEventListener("click", (event) => {
    if (!own) press(event, "keyhelp");
    else {
      event.preventDefault();
      own.showModal();
    }
  });
}

export function typing(on) {
  return on.matches?.("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");
}

// A click with a key held down is the browser's own: another tab, another window.
function press(event, part) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(part);
}

async function open(part) {
  const { show } = await import(`./${part}.js`);
  show();
}

function toMap() {
  const map = document.querySelector(".desk-map.is-on, .map-pane");
  if (!map) return false;
  map.tabIndex = -1;
  map.scrollIntoView({ block: "center" });
  map.focus({ preventScroll: true });
  return true;
}
