// Lists: j and k move, Enter opens, x ticks; on a wide screen the chosen record shows at the right.
import { typing } from "./keys.js";

const WIDE = matchMedia("(min-width: 1100px)");

export function lists() {
  waiting(document.querySelector("[data-list-simple]"));
  const table = document.querySelector("[data-list]");
  if (!table) return;
  const rows = [...table.querySelectorAll("tbody tr")];
  let at = -1;

  function choose(index) {
    if (!rows[index]) return false;
    rows[at]?.removeAttribute("aria-current");
    at = index;
    rows[at].setAttribute("aria-current", "true");
    rows[at].scrollIntoView({ block: "nearest" });
    rows[at].querySelector(".row-link")?.focus({ preventScroll: true });
    if (WIDE.matches) preview(rows[at].querySelector(".row-link")?.href);
    return true;
  }

  function close() {
    const cols = document.querySelector(".desk-cols.has-chosen");
    if (!cols) return false;
    cols.classList.remove("has-chosen");
    asked = "";
    rows[at]?.querySelector(".row-link")?.focus();
    return true;
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const done = { j: () => choose(at + 1), k: () => choose(at - 1), x: () => tick(rows[at]), Escape: close }[event.key]?.();
    if (done) event.preventDefault();
  });
  table.addEventListener("click", (event) => {
    if (event.target.closest("a, button, input, label")) return;
    choose(rows.indexOf(event.target.closest("tbody tr")));
  });
  document.getElementById("aside")?.addEventListener("click", (event) => event.target.closest("[data-close]") && close());
  ticks(table);
  table.dataset.ready = "yes";
}

// The list of what waits has links only: j and k go from one to the next, Enter is the link's own.
function waiting(list) {
  if (!list) return;
  const links = [...list.querySelectorAll(".row-link")];
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    const step = { j: 1, k: -1 }[event.key];
    const next = step && links[links.indexOf(document.activeElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}

function tick(row) {
  const box = row?.querySelector("[data-tick]");
  box?.click();
  return Boolean(box);
}

function ticks(table) {
  const form = table.closest("form");
  const bar = form?.querySelector("[data-bulk]");
  if (!bar) return;
  const boxes = [...table.querySelectorAll("[data-tick]")];
  const all = table.querySelector("[data-tick-all]");
  const count = bar.querySelector("[data-bulk-count]");
  const words = count.textContent;
  function tell() {
    const ticked = boxes.filter((box) => box.checked).length;
    bar.classList.toggle("is-on", ticked > 0);
    count.textContent = ticked ? `已选 ${ticked} 条` : words;
    bar.querySelectorAll("button").forEach((button) => (button.disabled = ticked === 0));
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
  }
  all.addEventListener("change", () => {
    boxes.forEach((box) => (box.checked = all.checked));
    tell();
  });
  boxes.forEach((box) => box.addEventListener("change", tell));
  tell();
}

let asked = "";

async function preview(href) {
  const aside = document.querySelector(".layout-list #aside");
  if (!aside || !href || href === asked) return;
  asked = href;
  aside.closest(".desk-cols").classList.add("has-chosen");
  aside.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(href, { headers: { accept: "text/html" } });
    const given = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (asked === href) put(aside, given, href);
  } catch {
    aside.textContent = navigator.onLine ? "没有取到内容，请打开整页查看。" : "网络未连接，请稍后再试。";
  } finally {
    aside.removeAttribute("aria-busy");
  }
}

async function put(aside, given, href) {
  const main = given.getElementById("main");
  const open = document.createElement("p");
  const link = Object.assign(document.createElement("a"), { href, textContent: "打开整页", className: "btn" });
  open.className = "aside-open";
  const shut = Object.assign(document.createElement("button"), { type: "button", textContent: "收起", className: "btn" });
  shut.dataset.close = "";
  open.append(link, shut);
  given.querySelectorAll(".desk-content > *, .page-head, .desk-aside > *").forEach((part) => part.classList.add("is-preview"));
  const parts = [main?.querySelector(".page-head"), ...(main?.querySelectorAll("#content > *, #aside > *") ?? [])];
  aside.replaceChildren(open, ...parts.filter(Boolean));
  aside.scrollTop = 0;
  if (aside.querySelector(".desk-map")) (await import("./map.js")).upgradeMaps(aside);
}
