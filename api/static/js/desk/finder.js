// Search over everything: one box, answers while typing, arrows and Enter; the page /desk/search does the same.
import { dialog } from "./dialog.js";

let shown = null;

export function show() {
  shown ??= made();
  shown.box.showModal();
  shown.input.select();
}

function made() {
  const content = document.createElement("div");
  content.className = "finder";
  const label = Object.assign(document.createElement("label"), { htmlFor: "finder-q", textContent: "名称、拼音、编号或编码" });
  const input = Object.assign(document.createElement("input"), { id: "finder-q", className: "form-control", type: "text", autocomplete: "off", maxLength: 200 });
  const list = document.createElement("div");
  list.className = "finder-list";
  list.setAttribute("role", "status");
  list.textContent = "输入后按方向键选择，回车打开。";
  content.append(label, input, list);
  const box = dialog("查找", content);
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => look(input.value.trim(), list), 180);
  });
  content.addEventListener("keydown", (event) => move(event, input, list));
  return { box, input };
}

let newest = 0;
let timer = 0;

async function look(words, list) {
  const mine = ++newest;
  if (!words) {
    list.textContent = "输入后按方向键选择，回车打开。";
    return;
  }
  try {
    const answer = await fetch(`/desk/search?q=${encodeURIComponent(words)}`, { headers: { accept: "text/html" } });
    const given = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine !== newest) return;
    list.dataset.words = words;
    list.replaceChildren(...(given.getElementById("found")?.childNodes ?? ["没有取到结果，请再试。"]));
  } catch {
    list.textContent = "没有连上服务器，请再试。";
  }
}

function move(event, input, list) {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    (links[to] ?? input).focus();
  } else if (event.key === "Enter" && event.target === input && !event.isComposing) {
    event.preventDefault();
    first(input.value.trim(), list);
  }
}

// Enter is often quicker than the answer: what is opened fits the words that stand there now.
async function first(words, list) {
  clearTimeout(timer);
  if (!words) return;
  if (list.dataset.words !== words) await look(words, list);
  const link = list.dataset.words === words && list.querySelector("a");
  if (link) location.href = link.href;
}
