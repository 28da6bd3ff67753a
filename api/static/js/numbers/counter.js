import "/static/js/desk/near.js";

// The counter's form: kinds show their own parts, roads and addresses are chosen while one types, the number follows the place.
const form = document.getElementById("counter");
const by = (name) => form.elements[name];
const parts = { address: ["变更", "换发", "补发", "注销", "证明"], number: form.dataset.new.split(" "), proof: ["证明"], end: ["注销"] };
const needed = JSON.parse(form.dataset.needed);
const point = document.getElementById("field-point");
const advice = document.getElementById("counter-advice");
let map = null;

function shape() {
  const kind = by("kind").value;
  for (const part of form.querySelectorAll("[data-part]")) part.hidden = !parts[part.dataset.part].includes(kind);
  for (const label of form.querySelectorAll("[data-material]")) label.classList.toggle("is-other", !(needed[kind] || []).includes(label.dataset.material));
}

async function json(path, asked) {
  const answer = await fetch(`/desk/numbers/${path}?${new URLSearchParams(asked)}`);
  return answer.ok ? answer.json() : null;
}

// A box whose answers are chosen by ↓ and Enter, or by a click; leaving it closes the list.
function choosing(input, list, ask, take, changed = () => {}) {
  let timer = 0;
  let newest = 0;
  let fresh = true;
  let wanted = false;
  input.addEventListener("input", () => {
    changed();
    fresh = wanted = false;
    clearTimeout(timer);
    const mine = ++newest;
    timer = setTimeout(async () => {
      const found = (await ask(input.value.trim())) || [];
      // An answer to fewer letters, or to one who has chosen or gone on, comes too late.
      if (mine === newest) show(input.closest(".field").contains(document.activeElement) ? found : []);
    }, 120);
  });
  input.addEventListener("keydown", (event) => {
    // While an input method is composing, the keys are its own.
    if (event.isComposing) return;
    // Enter means the answer to what stands there now: it is taken when it comes.
    if (event.key === "Enter" && !event.ctrlKey && !fresh) {
      event.preventDefault();
      wanted = true;
      return;
    }
    const first = list.querySelector("button");
    if (list.hidden || !first) return;
    if (event.key === "ArrowDown") { event.preventDefault(); first.focus(); }
    if (event.key === "Enter") { event.preventDefault(); first.click(); }
    if (event.key === "Escape") list.hidden = true;
  });
  list.addEventListener("keydown", (event) => {
    const here = event.target.closest("li");
    const to = { ArrowDown: here?.nextElementSibling, ArrowUp: here?.previousElementSibling }[event.key];
    if (to) { event.preventDefault(); to.querySelector("button").focus(); }
    if (event.key === "Escape") { list.hidden = true; input.focus(); }
  });
  input.closest(".field").addEventListener("focusout", (event) => {
    if (!input.closest(".field").contains(event.relatedTarget)) list.hidden = true;
  });
  function show(found) {
    list.replaceChildren(...found.map((one) => {
      const button = document.createElement("button");
      const note = document.createElement("small");
      button.type = "button";
      button.append(one.text || one.name);
      note.textContent = one.kind ? `${one.kind} ${one.town}` : "";
      button.append(note);
      button.addEventListener("click", () => {
        clearTimeout(timer);
        newest += 1;
        fresh = true;
        list.hidden = true;
        input.value = one.text || one.name;
        take(one);
      });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    list.hidden = !found.length;
    fresh = true;
    if (wanted) list.querySelector("button")?.click();
    wanted = false;
  }
}

function place() {
  const found = /^\s*(-?[\d.]+)\s*[,，\s]\s*(-?[\d.]+)\s*$/.exec(point.value);
  if (found) return { lon: found[1], lat: found[2] };
  try {
    const [lon, lat] = (JSON.parse(point.value).geometry || JSON.parse(point.value)).coordinates;
    return { lon, lat };
  } catch { return null; }
}

let suggested = 0;

async function suggest() {
  const mine = ++suggested;
  const at = place();
  if (!at || !by("handle").value || !parts.number.includes(by("kind").value)) return;
  const found = await json("suggest", { handle: by("handle").value, ...at });
  // What was advised for another road or place comes too late.
  if (!found || mine !== suggested) return;
  if (!by("number").value || by("number").dataset.advised) {
    by("number").value = found.number;
    by("sub").value = found.sub;
    by("number").dataset.advised = "1";
    by("use_reserved").checked = found.reserved;
  }
  const title = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = found.text;
  title.append("建议编为 ", strong);
  const reasons = document.createElement("ul");
  reasons.append(...found.reasons.map((words) => Object.assign(document.createElement("li"), { textContent: words })));
  advice.replaceChildren(title, reasons);
  await check();
}

let checked = 0;

async function check() {
  const mine = ++checked;
  if (!by("handle").value || !by("number").value) return;
  const asked = { handle: by("handle").value, number: by("number").value, sub: by("sub").value, kind: by("kind").value, address: by("address").value, own: form.dataset.own || "", reserved: by("use_reserved").checked };
  const found = await json("check", { ...asked, ...(place() || {}) });
  if (mine !== checked) return;
  advice.querySelector(".findings-list")?.remove();
  if (!found?.length) return;
  const list = Object.assign(document.createElement("ul"), { className: "findings-list" });
  list.append(...found.map((f) => Object.assign(document.createElement("li"), { className: `finding is-${f.severity}`, textContent: `${f.evidence}。${f.remedy}。` })));
  advice.append(list);
}

choosing(by("handle_name"), document.getElementById("counter-handles"), (q) => json("handles", { q }), async (one) => {
  by("handle").value = one.code;
  const known = await json("handle", { code: one.code });
  if (known && map) { map.show(known.map); map.fit(known.map); }
  await suggest();
}, () => { by("handle").value = ""; });
choosing(document.getElementById("counter-find"), document.getElementById("counter-found"), (q) => json("find", { q }), async (one) => {
  by("address").value = one.code;
  const where = await json("place", { address: one.code });
  if (!where?.lon || !parts.number.includes(by("kind").value)) return;
  by("handle").value = where.handle;
  by("handle_name").value = where.handle_name;
  point.value = `${where.lon.toFixed(7)},${where.lat.toFixed(7)}`;
  await suggest();
});
choosing(document.getElementById("counter-next"), document.getElementById("counter-nexts"), (q) => json("find", { q }), (one) => {
  by("successor").value = one.code;
});
document.addEventListener("map-ready", (event) => { map = event.detail; });
point.addEventListener("change", suggest);
point.addEventListener("input", suggest);
by("number").addEventListener("input", () => {
  // The 附号 belonged to the number that was advised.
  if (by("number").dataset.advised) by("sub").value = "";
  delete by("number").dataset.advised;
});
for (const name of ["number", "sub", "use_reserved"]) by(name).addEventListener("change", check);
by("kind").addEventListener("change", shape);
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) form.querySelector(".form-acts .btn-primary").click();
  else if (event.key === "Enter" && event.target.matches("input:not([type=checkbox])")) event.preventDefault();
});
shape();
// The first thing the clerk types is the road, or the address it is about: the cursor waits there.
const first = parts.address.includes(by("kind").value) ? document.getElementById("counter-find") : by("handle_name");
if (!first.value && document.activeElement === document.body) first.focus({ preventScroll: true });
suggest();
