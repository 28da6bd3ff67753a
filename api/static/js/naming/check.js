import "/static/js/desk/near.js";

// Checks that answer while one types, with their evidence on the map, and free names on request.
const PAUSE_MS = 450;

const check = document.getElementById("live-check");
const names = document.getElementById("live-names");
let map = null;
let newest = 0;
let waiting = 0;

document.addEventListener("map-ready", (event) => {
  map = event.detail;
  ask();
});

if (check) {
  const form = document.getElementById(check.dataset.form);
  const later = () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MS);
  };
  form.addEventListener("input", later);
  document.addEventListener("input", (event) => {
    if (event.target.form === form) later();
  });
  ask();
}

if (names) {
  names.querySelector("[data-ask]").addEventListener("click", suggest);
  names.addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-name]");
    if (chosen) choose(chosen.dataset.name);
  });
}

async function ask() {
  if (!check) return;
  const form = document.getElementById(check.dataset.form);
  const name = form.elements.name?.value.trim();
  const answer = check.querySelector("[data-answer]");
  if (!name) return;
  const turn = ++newest;
  check.dataset.state = "asking";
  const found = await send(check.dataset.action, form);
  if (turn !== newest) return;
  check.dataset.state = found ? "answered" : "failed";
  if (!found) {
    answer.textContent = "现在不能校验，请稍后再试；提交时会再校验一次。";
    return;
  }
  if (!found.html) return;
  answer.innerHTML = found.html;
  if (map && found.map) map.show(found.map);
}

async function suggest() {
  const form = document.getElementById(names.dataset.form);
  const answer = names.querySelector("[data-answer]");
  answer.textContent = "正在查找可用的名称…";
  const found = await send(names.dataset.action, form);
  if (found) answer.innerHTML = found.html;
  else answer.textContent = "请先选择所在镇街并标出位置，再推荐名称。";
}

function choose(name) {
  const field = document.getElementById(names.dataset.form).elements.name;
  field.value = name;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
}

async function send(address, form) {
  try {
    const answer = await fetch(address, { method: "POST", body: new FormData(form) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
