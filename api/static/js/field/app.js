// The field pages (外业): one screen at a time, chosen by the address after #. Nothing is shown before the store is open.
import { clear, h } from "./dom.js";
import { Outbox } from "./outbox.js";
import { Position } from "./position.js";
import { Background } from "./background.js";
import { lockOf } from "./store.js";
import { openWork } from "./work.js";
import { accuracyWords, countWords } from "./words.js";
import * as entry from "./screens/entry.js";
import * as tasks from "./screens/tasks.js";
import * as marker from "./screens/marker.js";
import * as steps from "./screens/steps.js";
import * as references from "./screens/references.js";
import * as photos from "./screens/photos.js";
import * as signing from "./screens/signing.js";
import * as outboxScreen from "./screens/outbox.js";
import * as map from "./screens/map.js";

export const DATABASE = "diming-field";

const SCREENS = {
  "": tasks.list, task: marker.marker, last: marker.last, map: map.map, state: steps.state, measure: steps.measure,
  references: references.object, care: steps.care, photos: photos.photos, note: steps.note, review: steps.review,
  sign: signing.sign, outbox: outboxScreen.outbox, settings: entry.settings,
};

export const app = {
  store: null, outbox: null, position: new Position(), background: null, leaving: [],

  async opened(store) {
    app.store = store;
    app.outbox = new Outbox(store);
    app.background = new Background(app);
    app.position.start();
    app.background.start();
    await app.go("#/");
  },

  async go(hash) {
    if (location.hash === hash) await show();
    else location.hash = hash;
  },

  async tasks() {
    const found = await app.store.all("task");
    return found.sort((a, b) => a.round.localeCompare(b.round) || a.place - b.place);
  },

  async work(number) {
    const all = await app.tasks();
    const task = all[Number(number)];
    return task ? openWork(app.store, app.outbox, task) : null;
  },

  async refreshBar() {
    const mine = ++bars;
    const parts = await bar();
    // Of two that were counted at the same time the later one is right.
    if (parts && mine === bars) clear(document.querySelector("#bar"), parts);
  },

  // Runs when the screen is left, so that no watch or camera goes on behind.
  onLeave(what) {
    app.leaving.push(what);
  },
};

let bars = 0;

async function bar() {
  const { store } = app;
  if (!store) return null;
  const counts = await app.outbox.counts().catch((error) => {
    // Whoever leaves while it is being counted has no store any more.
    if (app.store === store) throw error;
  });
  if (!counts) return null;
  const online = app.background.state === "offline" ? h("span", { class: "is-off" }, "无网络") : null;
  return [
    h("a", { href: "#/outbox", id: "bar-outbox", class: counts.conflicts || counts.refused ? "is-bad" : "" }, countWords(counts)),
    online,
    h("span", { id: "bar-gps" }, accuracyWords(app.position)),
  ];
}

let turn = 0;

async function show() {
  const now = ++turn;
  app.leaving.splice(0).forEach((leave) => leave());
  const { hash } = location;
  const [name = "", ...rest] = hash.replace(/^#\/?/, "").split("/");
  const root = document.querySelector("#app");
  // A screen that is on its way out takes no more presses: they would be meant for the one that comes.
  root.inert = true;
  let screen;
  try {
    screen = app.store ? await (SCREENS[name] ?? tasks.list)(app, ...rest) : await entry.entry(app, await lockOf(DATABASE));
  } finally {
    // Another screen was asked for while this one was being put together: that one opens the page again.
    if (now === turn) root.inert = false;
  }
  if (now !== turn) return;
  document.title = `${screen.title} · 界桩外业`;
  clear(root,
    h("header", { class: "top" }, screen.back ? h("a", { class: "back", href: screen.back, "aria-label": "返回" }, "‹") : null,
      h("h1", { tabindex: "-1" }, screen.title), screen.under ? h("p", {}, screen.under) : null),
    h("main", { id: "main", class: screen.kind ?? "" }, screen.body),
    h("footer", { class: "foot" }, screen.foot ?? []));
  document.body.dataset.screen = name || (app.store ? "tasks" : "entry");
  document.body.dataset.at = hash;
  window.scrollTo(0, 0);
  root.querySelector("h1").focus({ preventScroll: true });
  screen.shown?.();
  await app.refreshBar();
}

// What could not be kept is said, whichever button it was: a full device must not swallow a record.
window.addEventListener("unhandledrejection", ({ reason }) => {
  const full = reason?.name === "QuotaExceededError" || reason?.inner?.name === "QuotaExceededError";
  alarm(full ? "设备空间不足，刚才的内容没有保存。请先同步，或删去手机里的其他文件，再填一次。"
    : "刚才的内容没有保存，请再试一次；仍不行时先同步，再重新打开页面。");
});

function alarm(sentence) {
  document.querySelector("#alarm")?.remove();
  const close = h("button", { class: "small", onclick: () => document.querySelector("#alarm").remove() }, "知道了");
  document.querySelector("#bar").after(h("div", { id: "alarm", class: "notice is-bad", role: "alert" }, h("p", {}, sentence), close));
}

window.addEventListener("hashchange", show);
app.position.addEventListener("change", () => app.refreshBar());

if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/field/sw.js", { scope: "/field" })
    .then(() => navigator.serviceWorker.ready)
    .then(() => { document.body.dataset.kept = "yes"; })
    .catch(() => { document.body.dataset.kept = "no"; });
}
navigator.storage?.persist?.();
show();
