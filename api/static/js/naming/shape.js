// A position read from a file: the server turns it, the form shows it; datum and layer are asked where the file leaves them open.
const box = document.getElementById("shape-file");
const file = document.getElementById("shape-input");
const datum = document.getElementById("shape-datum");
const layer = document.getElementById("shape-layer");
const layers = document.getElementById("shape-layers");
let newest = 0;

file.addEventListener("change", () => {
  ask([]);
  read();
});
datum.addEventListener("change", read);
layer.addEventListener("change", read);

async function read() {
  if (!file.files.length) return;
  const turn = ++newest;
  const form = document.getElementById(box.dataset.form);
  const body = new FormData();
  body.set("token", form.elements.token.value);
  body.set("category", form.elements.category.value);
  body.set("datum", datum.value);
  body.set("layer", layer.value);
  body.set("file", file.files[0]);
  say("正在读入…");
  try {
    const found = await (await fetch(box.dataset.action, { method: "POST", body })).json();
    if (turn !== newest) return;
    if (found.layers) ask(found.layers);
    say((found.said ?? found.problem ?? "文件没有读入，请换一种格式再试。") + (found.doubt ?? ""), !found.geometry || Boolean(found.doubt));
    if (found.geometry) take(found.geometry);
  } catch {
    say("没有连上服务器，请稍后再试。", true);
  }
}

function take(geometry) {
  const field = document.getElementById(box.dataset.input);
  field.value = geometry;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}

function ask(found) {
  const first = new Option("请选图层", "", true, true);
  layer.replaceChildren(...(found.length ? [first, ...found.map(([name, count]) => new Option(`${name || "（无名）"}，${count} 个图形`, name))] : []));
  layers.hidden = !found.length;
}

function say(words, wrong = false) {
  const answer = box.querySelector("[data-answer]");
  answer.textContent = words;
  answer.className = wrong ? "field-error" : "";
}
