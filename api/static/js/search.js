// The search page with a script: suggestions, answers without a reload, the map. Without it the form still works.
import { suggestions } from "./suggest.js";
import { shareButtons } from "./share.js";
import { showOnMap } from "./show.js";

const main = document.getElementById("main");
const form = document.getElementById("ask");
const input = document.getElementById("q");
const results = document.getElementById("results");
const locator = document.getElementById("locator");

let running = null;

async function ask(question, { remember = true } = {}) {
  running?.abort();
  running = new AbortController();
  const address = `/?q=${encodeURIComponent(question)}`;
  if (remember) history.pushState({ question }, "", address);
  document.title = `${question} · 地名地址查询`;
  main.className = "search is-answered";
  state("loading");
  try {
    const answer = await fetch(`/results?q=${encodeURIComponent(question)}`, { signal: running.signal });
    put(await answer.text(), answer);
  } catch (error) {
    if (error.name !== "AbortError") state(navigator.onLine ? "unreached" : "offline");
  }
}

function put(html, answer) {
  const given = new DOMParser().parseFromString(html, "text/html");
  const found = given.getElementById("results");
  if (!found) {
    state("error", answer.headers.get("x-request-id"));
    return;
  }
  results.replaceChildren(...found.childNodes);
  locator.replaceChildren(...given.getElementById("locator").childNodes);
  results.removeAttribute("aria-busy");
  ready();
}

function ready() {
  shareButtons(results);
  showOnMap(results);
}

const WORDS = {
  loading: ["正在查询", "请稍候。"],
  offline: ["网络未连接", "连上网络后点“再试一次”。"],
  unreached: ["没有连上服务器", "请点“再试一次”；若一直这样，请告知管理员。"],
  error: ["系统出错", "请点“再试一次”；若仍出错，请将编号告知管理员。"],
};

function state(kind, id = "") {
  const [title, text] = WORDS[kind];
  const box = make("div", "state");
  box.append(make("h2", "", title));
  if (kind === "loading") box.append(make("div", "loading-bar"));
  else box.append(make("p", "", text));
  if (id) box.append(make("p", "state-id", `请求编号：${id}`));
  if (kind !== "loading") {
    const again = make("button", "btn btn-primary", "再试一次");
    again.type = "button";
    again.addEventListener("click", () => ask(input.value.trim(), { remember: false }));
    box.append(again);
  }
  results.toggleAttribute("aria-busy", kind === "loading");
  results.replaceChildren(box);
}

function make(name, className = "", text = "") {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = input.value.trim();
  if (question) ask(question);
  else input.focus();
});

addEventListener("popstate", () => {
  const question = new URLSearchParams(location.search).get("q")?.trim();
  if (!question) {
    location.reload();
    return;
  }
  input.value = question;
  ask(question, { remember: false });
});

suggestions(input, document.getElementById("suggestions"), (text) => {
  input.value = text;
  ask(text);
});
if (main.classList.contains("is-answered")) ready();
