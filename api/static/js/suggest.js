// Suggestions while typing, as an ARIA combobox: ↑ ↓ choose, Enter takes, Esc closes.
const WAIT_MS = 120;

const LEVELS = {
  door: "门牌", interpolated: "推算位置", estate: "小区、地点", road: "道路", natvil: "自然村", community: "村、社区",
  town: "乡镇街道", county: "县（市、区）", city: "设区市", province: "省", intersection: "交叉口", relative: "相对位置",
};

export function suggestions(input, list, take) {
  let timer = 0;
  let asked = null;
  let chosen = -1;
  let typed = "";

  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  close();

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  async function fill() {
    typed = input.value;
    const text = typed.trim();
    if (!text) return close();
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(`/v1/suggest?q=${encodeURIComponent(text.slice(0, 100))}`, { signal: asked.signal });
      if (!answer.ok) return close();
      show((await answer.json()).features);
      list.dataset.asked = text;
    } catch {
      // Suggestions are a comfort: without them the form still asks.
    }
  }

  function show(features) {
    if (!features.length) return close();
    list.replaceChildren(...features.map((feature, at) => option(feature.properties.geocoding, at)));
    list.hidden = false;
    chosen = -1;
    input.setAttribute("aria-expanded", "true");
    input.removeAttribute("aria-activedescendant");
  }

  function option(found, at) {
    const item = document.createElement("li");
    item.id = `suggestion-${at}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.dataset.text = found.label || found.name;
    item.append(part("what", found.name), part("kind", LEVELS[found.level] ?? ""));
    const where = found.hint || (found.label === found.name ? "" : found.label);
    if (where) item.append(part("where", where));
    // mousedown, before the input loses focus and closes the list.
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      pick(at);
    });
    return item;
  }

  function part(name, text) {
    const span = document.createElement("span");
    span.className = name;
    span.textContent = text;
    return span;
  }

  function pick(at) {
    const text = list.children[at].dataset.text;
    close();
    take(text);
  }

  function move(by) {
    // Who has begun to choose must not have the list changed under the finger.
    clearTimeout(timer);
    asked?.abort();
    const count = list.children.length;
    chosen = (chosen + by + count + 1) % (count + 1);
    if (chosen === count) chosen = -1;
    [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === chosen)));
    if (chosen < 0) {
      input.removeAttribute("aria-activedescendant");
      return;
    }
    input.setAttribute("aria-activedescendant", `suggestion-${chosen}`);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(fill, WAIT_MS);
  });
  input.addEventListener("keydown", (event) => {
    // While an input method is composing, the keys are its own.
    if (event.isComposing) return;
    // The browser would empty the box; with the list open, Escape only closes the list.
    if (event.key === "Escape" && !list.hidden) close();
    else if (event.key === "Enter" && chosen >= 0) pick(chosen);
    else if (event.key === "ArrowDown" && list.hidden) fill();
    else if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp" && !list.hidden) move(-1);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  input.form.addEventListener("submit", close);
}
