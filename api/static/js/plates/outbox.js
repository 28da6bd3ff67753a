// What was done before the plates, kept on the phone until the server has it; the same sending twice does nothing twice.
import { openDB } from "/static/vendor/idb.js";

const opened = openDB("diming-plates", 1, {
  upgrade(db) {
    db.createObjectStore("acts", { keyPath: "key" });
    db.createObjectStore("kept");
  },
});
let running = null;

export async function put(act) {
  await (await opened).put("acts", { ...act, key: newKey(), trouble: "" });
}

export async function all() {
  const found = await (await opened).getAll("acts");
  return found.sort((a, b) => a.at.localeCompare(b.at));
}

export async function drop(key) {
  await (await opened).delete("acts", key);
}

export async function keep(name, value) {
  await (await opened).put("kept", value, name);
}

export async function kept(name) {
  return (await opened).get("kept", name);
}

// Send everything that waits, the oldest first. Gives what a person should read, "" when all went well or nothing waits.
export function send() {
  running ??= drain().finally(() => {
    running = null;
  });
  return running;
}

async function drain() {
  const waiting = await all();
  if (!waiting.length) return "";
  const token = await freshToken();
  if (token === null) return "现在连不上，稍后自动上传。";
  if (token === "") return "登录已过期，请重新登录后再上传；内容仍保存在本机。";
  let trouble = "";
  for (const act of waiting) {
    const said = await one(act, token);
    if (said === null) return "现在连不上，稍后自动上传。";
    trouble = said || trouble;
  }
  return trouble;
}

async function one(act, token) {
  const form = new FormData();
  for (const name of ["code", "done", "at", "lon", "lat", "accuracy", "note"]) {
    if (act[name] !== null && act[name] !== undefined && act[name] !== "") form.set(name, act[name]);
  }
  for (const [number, photo] of act.photos.entries()) form.append("photos", new Blob([photo], { type: "image/jpeg" }), `${number + 1}.jpg`);
  let answer;
  try {
    answer = await fetch("/v1/field/plates", {
      method: "POST",
      body: form,
      headers: { "X-CSRF-Token": token, "Idempotency-Key": act.key, Accept: "application/json" },
    });
  } catch {
    return null;
  }
  if (answer.ok) {
    await drop(act.key);
    return "";
  }
  const told = await answer.json().catch(() => ({}));
  const trouble = `${told.detail ?? "服务器没有收下。"}${told.remedy ?? ""}`;
  await (await opened).put("acts", { ...act, trouble });
  return trouble;
}

// The page as the server has it now carries the token of the login that holds now.
async function freshToken() {
  try {
    const answer = await fetch("/field/plates?token", { cache: "no-store", headers: { "X-Live": "1" } });
    if (!answer.ok || answer.redirected) return "";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.body.dataset.token ?? "";
  } catch {
    return null;
  }
}

function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Plain HTTP in an office network has no randomUUID, but good randomness.
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = [...b].map((n) => n.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
