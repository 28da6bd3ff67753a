// A form is never lost: kept in the browser with each stroke, and on the server a moment later.
// <form data-draft="proposal" data-draft-title="命名申请">: the key names the form, one draft a form and account.
const WAIT_MS = 2500;
const SENT = "drafts-sent";
const COOKIE = "diming_draft_";

export function drafts() {
  const sent = stored(SENT, sessionStorage) ?? [];
  sessionStorage.removeItem(SENT);
  sent.filter(taken).forEach(({ path, form }) => localStorage.removeItem(keyOf(path, form)));
  document.querySelectorAll("form[data-draft]").forEach((form) => keep(form, sent.find((one) => one.form === form.dataset.draft)));
}

// A form that was sent lets its draft go only when the office took it: with that answer the server takes the cookie away
// that names the draft. A lost network, an ended session or a refusal leave the cookie, and the draft, where they are.
function taken({ id }) {
  if (!document.cookie.split("; ").some((one) => one.startsWith(`${COOKIE}${id}=`))) return true;
  document.cookie = `${COOKIE}${id}=; path=/desk; max-age=0`;
  return false;
}

function name(form, path, to) {
  const id = crypto.getRandomValues(new Uint32Array(2)).join("");
  const what = encodeURIComponent(JSON.stringify([new URL(to, location.href).pathname, form.dataset.draft, path]));
  document.cookie = `${COOKIE}${id}=${what}; path=/desk; max-age=3600; samesite=strict${location.protocol === "https:" ? "; secure" : ""}`;
  const sent = [...(stored(SENT, sessionStorage) ?? []), { id, form: form.dataset.draft, path }];
  sessionStorage.setItem(SENT, JSON.stringify(sent));
}

function keyOf(path, form) {
  return `draft:${path}:${form}`;
}

function keep(form, sent) {
  const wrong = form.querySelector(".has-error") ?? document.getElementById("errors");
  // A form that comes back with its errors stands at the address it was sent to; its draft is that of the first page.
  const path = wrong && sent ? sent.path : location.pathname;
  const key = keyOf(path, form.dataset.draft);
  const line = document.createElement("p");
  line.className = "draft-line";
  line.setAttribute("role", "status");
  form.prepend(line);
  if (!wrong) find(form, key).then((found) => found && differs(form, found) && offer(form, line, found, key));
  let timer = 0;
  let sending = new AbortController();
  function save() {
    const values = valuesOf(form);
    localStorage.setItem(key, JSON.stringify(values));
    clearTimeout(timer);
    timer = setTimeout(() => send(form, path, values, line, sending.signal), WAIT_MS);
  }
  form.addEventListener("input", save);
  // On a slow line people write before this part of the page is there: that is kept too.
  if (form.contains(document.activeElement) && written(form)) save();
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    // A draft that is still on its way must not arrive behind the form.
    sending.abort();
    sending = new AbortController();
    name(form, path, event.submitter?.getAttribute("formaction") ?? form.getAttribute("action") ?? "");
  });
}

// What this browser has, else what was typed on another machine.
async function find(form, key) {
  const here = stored(key);
  if (here) return here;
  const asked = new URLSearchParams({ path: location.pathname, key: form.dataset.draft });
  const answer = await fetch(`/desk/drafts/content?${asked}`).catch(() => null);
  return answer?.ok ? answer.json() : null;
}

function stored(key, where = localStorage) {
  try {
    return JSON.parse(where.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

// What a person is known by is not kept: data-draft-not names those fields.
function fields(form) {
  const not = ["token", ...(form.dataset.draftNot ?? "").split(" ")];
  return [...form.elements].filter((field) => field.name && !not.includes(field.name) && !["hidden", "file", "password", "submit", "button"].includes(field.type));
}

function valuesOf(form) {
  const values = {};
  for (const field of fields(form)) {
    if (["checkbox", "radio"].includes(field.type)) {
      values[field.name] ??= [];
      if (field.checked) values[field.name].push(field.value);
    } else values[field.name] = field.value;
  }
  return values;
}

// Whether a field says something else than the page came with.
function written(form) {
  return fields(form).some((field) => {
    if (["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
    if (field.type.startsWith("select")) return [...field.options].some((one) => one.defaultSelected && !one.selected);
    return field.value !== field.defaultValue;
  });
}

function differs(form, values) {
  return JSON.stringify(valuesOf(form)) !== JSON.stringify(values);
}

function fill(form, values) {
  for (const field of fields(form)) {
    if (!(field.name in values)) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = values[field.name].includes(field.value);
    else field.value = values[field.name];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function offer(form, line, values, key) {
  const back = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "接着填" });
  const away = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: "丢弃草稿" });
  line.replaceChildren("有一份没有提交的草稿。", back, away);
  back.addEventListener("click", () => {
    fill(form, values);
    line.textContent = "已填入草稿。";
  });
  away.addEventListener("click", () => {
    localStorage.removeItem(key);
    line.textContent = "草稿已丢弃。";
    post("/desk/drafts/done", form, { key: form.dataset.draft, path: location.pathname });
  });
}

async function send(form, path, values, line, signal) {
  try {
    const answer = await post("/desk/drafts", form, {
      key: form.dataset.draft,
      path,
      title: form.dataset.draftTitle ?? document.title,
      content: JSON.stringify(values),
    }, signal);
    line.textContent = answer.ok ? `草稿已保存，${new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" })}。` : "草稿只保存在这台电脑上。";
  } catch {
    line.textContent = "网络未连接，草稿保存在这台电脑上。";
  }
}

function tokenOf(form) {
  return form?.elements.token?.value ?? "";
}

function post(address, form, values, signal) {
  // A draft is small, and what is let go must be let go even when the page is left at once.
  const body = new URLSearchParams({ ...values, token: tokenOf(form) });
  return fetch(address, { method: "POST", body, keepalive: body.toString().length < 60000, signal });
}
