// The repair desk by keyboard, without reloading the page. Without a script every link and form works as it stands.
import { showOnMap } from "../show.js";

const PARTS = ["progress", "desk-counts", "desk-list", "record", "locator", "said"];
const desk = document.getElementById("desk");
const said = document.getElementById("said");
const LOOK_AGAIN_MS = 2000;
let busy = false;
let waiting = 0;

async function load(address, options = {}, remember = true) {
  if (busy) return;
  busy = true;
  desk.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { ...options, headers: { accept: "text/html" } });
    const given = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (given.getElementById("desk")) put(given, answer, remember);
    else tell(given);
  } catch {
    said.textContent = navigator.onLine ? "没有连上服务器，刚才的操作没有完成，请再试一次。" : "网络未连接，刚才的操作没有完成。";
  } finally {
    busy = false;
    desk.removeAttribute("aria-busy");
  }
}

function put(given, answer, remember) {
  for (const id of PARTS) document.getElementById(id).replaceChildren(...given.getElementById(id).childNodes);
  desk.dataset.row = given.getElementById("desk").dataset.row;
  const address = new URL(answer.url);
  address.searchParams.delete("said");
  address.searchParams.delete("n");
  if (remember) history.pushState(null, "", address);
  ready();
}

// A refusal (somebody was faster, a reason is missing) is said in its place; the desk stays.
function tell(given) {
  const words = given.querySelector("[data-problem]")?.textContent;
  said.textContent = words || "没有完成，请刷新页面后再试。";
}

function ready() {
  const list = document.querySelector("#desk-list ol");
  const chosen = list?.querySelector(".is-chosen");
  if (chosen) list.scrollTop = chosen.offsetTop - list.clientHeight / 3;
  const record = document.getElementById("record");
  const placed = record.querySelector("[data-lon]");
  document.getElementById("map-pane").hidden = !placed;
  if (placed) showOnMap(record);
  follows();
}

// While the matching goes on, counts and progress come again; the record that is being worked on stays as it is.
function follows() {
  clearTimeout(waiting);
  if (document.querySelector(".progress-line")) waiting = setTimeout(lookAgain, LOOK_AGAIN_MS);
}

async function lookAgain() {
  const empty = !desk.dataset.row;
  try {
    const answer = busy ? null : await fetch(location.href, { headers: { accept: "text/html" } });
    const given = answer && new DOMParser().parseFromString(await answer.text(), "text/html");
    if (!busy && given?.getElementById("desk")) {
      const typing = document.getElementById("desk-counts").contains(document.activeElement);
      if (empty) put(given, answer, false);
      else for (const id of typing ? ["progress"] : ["progress", "desk-counts"]) document.getElementById(id).replaceChildren(...given.getElementById(id).childNodes);
    }
  } catch {
    // Not reached just now; the next look may.
  }
  follows();
}

function press(id) {
  const form = document.getElementById(id);
  form?.requestSubmit();
  return Boolean(form);
}

function follow(id) {
  const link = document.getElementById(id);
  if (link) load(link.href);
  return Boolean(link);
}

function focus(id) {
  const field = document.getElementById(id);
  field?.focus();
  field?.scrollIntoView({ block: "nearest" });
  return Boolean(field);
}

const KEYS = {
  j: () => follow("go-after"),
  k: () => follow("go-before"),
  Enter: () => press("accept-form"),
  u: () => press("undo-form"),
  r: () => focus("reason"),
  s: () => focus("find"),
  m: () => focus("map-pane"),
  "?": () => document.getElementById("keys").showModal() ?? true,
};

addEventListener("keydown", (event) => {
  const on = event.target;
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.key === "Escape" && on.matches("input, select")) {
    on.blur();
    return;
  }
  if (on.matches("input, select, textarea")) return;
  // Enter on a link or button is that link's or button's own.
  if (event.key === "Enter" && on.matches("a, button, summary")) return;
  const done = /^[1-5]$/.test(event.key) ? press(`choice-${event.key}`) : KEYS[event.key]?.();
  if (done) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("#desk-counts a:not(.btn), #desk-list a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  load(link.href);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!desk.contains(form)) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(form));
  // Not form.action: a field of that name would stand in its place.
  const address = form.getAttribute("action");
  if (form.method === "get") load(`${address}?${fields}`);
  else load(address, { method: "POST", body: fields });
});

addEventListener("popstate", () => load(location.href, {}, false));
ready();
