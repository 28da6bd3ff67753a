// The phone before the plate: find it, photograph it, send it - or keep it until there is a network again.
import { canScan, scan, smaller, watch } from "./camera.js";
import { taken, verified } from "./codes.js";
import { all, drop, keep, kept, put, send } from "./outbox.js";

const at = (id) => document.getElementById(id);
const SIGNED = { valid: "签名有效", forged: "签名不符：这不是本机关制作的门牌，不要安装", unknown: "" };
let here = null;
const SHOWN = 50;
let work = { plates: [], keys: [], context: "" };
let chosen = null;
let photos = {};

function net() {
  at("net").textContent = navigator.onLine ? "联网" : "离线";
  at("net").className = navigator.onLine ? "is-on" : "is-off";
}

async function refresh() {
  try {
    const answer = await fetch("/v1/field/plates", { headers: { Accept: "application/json" } });
    if (answer.ok) await keep("work", await answer.json());
  } catch {
    // Without a network the list of this morning is what there is.
  }
  work = (await kept("work")) ?? work;
  await draw();
}

async function draw() {
  const waiting = await all();
  const taken = new Set(waiting.filter((act) => act.done === "hang").map((act) => act.code));
  const todo = near(work.plates.filter((plate) => !taken.has(plate.code)));
  at("count").textContent = `${todo.length} 块`;
  at("work").replaceChildren(...todo.slice(0, SHOWN).map(line));
  at("more").hidden = todo.length <= SHOWN;
  at("more").textContent = `${here ? "这里是离您最近的" : "这里是前"} ${SHOWN} 块，其余的请扫码或输入门牌码。`;
  at("outbox").textContent = `待上传 ${waiting.length}`;
  at("outbox").className = waiting.length ? "is-off" : "";
  at("sent").replaceChildren(...waiting.map(sending));
  at("sync").hidden = !waiting.length;
}

// The nearest first, once it is known where one stands.
function near(plates) {
  if (!here) return plates;
  const far = (plate) => (plate.lon === null ? Infinity : Math.hypot((plate.lon - here.lon) * 0.88, plate.lat - here.lat));
  return [...plates].sort((a, b) => far(a) - far(b));
}

function line(plate) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  // The district is the same for all: what differs comes first. The whole address stands on the plate's own page.
  button.textContent = plate.near || plate.address;
  const small = document.createElement("small");
  small.textContent = `${plate.kind}　${plate.code}${plate.made_up ? "　示例数据" : ""}`;
  button.append(small);
  button.addEventListener("click", () => open(plate, ""));
  item.append(button);
  return item;
}

function sending(act) {
  const item = document.createElement("li");
  const plate = work.plates.find((one) => one.code === act.code);
  item.textContent = `${act.done === "hang" ? "安装" : "报损"}　${plate?.address ?? act.address ?? act.code}`;
  const small = document.createElement("small");
  small.textContent = act.trouble || "等待上传";
  item.append(small);
  if (act.trouble) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = "放弃这一条";
    button.addEventListener("click", async () => {
      await drop(act.key);
      await draw();
    });
    item.append(button);
  }
  return item;
}

async function find(text) {
  const { code, signature } = taken(text);
  if (!code) return say("门牌码不对，请核对 11 位编码。");
  let plate = work.plates.find((one) => one.code === code);
  if (!plate) plate = await asked(code);
  if (!plate) return undefined;
  const signed = await verified(code, signature, work.keys, work.context);
  return open(plate, SIGNED[signed]);
}

async function asked(code) {
  try {
    const answer = await fetch(`/v1/field/plates/${code}`, { headers: { Accept: "application/json" } });
    const told = await answer.json();
    if (answer.ok) return told;
    say(`${told.detail ?? ""}${told.remedy ?? ""}`);
    return null;
  } catch {
    // A plate that is not in the list may still be reported; the server says later whether it knows it.
    return { code, address: `门牌 ${code}`, kind: "", state: "", state_label: "离线，状态未知", lon: null, lat: null, made_up: false };
  }
}

function open(plate, signed) {
  chosen = plate;
  photos = {};
  at("address").textContent = plate.address;
  at("facts").textContent = [plate.state_label, plate.kind, plate.code, plate.made_up ? "示例数据" : ""].filter(Boolean).join("　");
  at("signed").textContent = signed;
  at("hang-form").hidden = plate.state !== "arrived" && plate.state !== "";
  at("defect-form").hidden = !["hung", "damaged", "missing", ""].includes(plate.state);
  for (const mark of document.querySelectorAll("[data-photo]")) mark.classList.remove("is-done");
  for (const form of document.querySelectorAll("#plate form")) form.reset();
  show("plate");
}

function show(id) {
  for (const part of ["find", "plate"]) at(part).hidden = part !== id;
  scrollTo(0, 0);
}

function say(words) {
  at("said").textContent = words;
}

async function done(act, wanted, after) {
  const missing = wanted.filter((name) => !photos[name]);
  if (missing.length) {
    at("signed").textContent = `还差 ${missing.length} 张照片。`;
    return;
  }
  await put({
    code: chosen.code,
    address: chosen.address,
    done: act,
    at: new Date().toISOString(),
    lon: here?.lon ?? null,
    lat: here?.lat ?? null,
    accuracy: here?.accuracy ?? null,
    note: "",
    photos: wanted.map((name) => photos[name]),
  });
  show("find");
  at("code-form").reset();
  await draw();
  say(after);
  await upload(after);
}

async function upload(before = "") {
  const trouble = await send();
  await draw();
  const left = (await all()).length;
  if (trouble) say(`${before}${trouble}`);
  else if (before && !left) say(`${before}已上传。`);
  if (!trouble) await refresh();
}

for (const [id, name] of [["near", "near"], ["wide", "wide"], ["shot", "shot"]]) {
  at(id).addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    // Made smaller while the next plate is opened, it still belongs to the one it was taken for.
    const own = photos;
    own[name] = await smaller(file);
    if (own !== photos) return;
    document.querySelector(`[data-photo="${name}"]`).classList.add("is-done");
  });
}
at("code-form").addEventListener("submit", (event) => {
  event.preventDefault();
  say("");
  find(at("code").value);
});
at("hang-form").addEventListener("submit", (event) => {
  event.preventDefault();
  done("hang", ["near", "wide"], "已记下安装。");
});
at("defect-form").addEventListener("submit", (event) => {
  event.preventDefault();
  done(`defect:${new FormData(event.target).get("cause")}`, ["shot"], "已记下报损。");
});
at("back").addEventListener("click", () => show("find"));
at("sync").addEventListener("click", () => upload());
if (canScan()) {
  at("scan").hidden = false;
  at("scan").addEventListener("click", async () => {
    try {
      await find(await scan(at("camera")));
    } catch {
      say("打不开摄像头，请输入门牌码。");
    }
  });
}
addEventListener("online", () => {
  net();
  upload();
});
addEventListener("offline", net);
watch((position, trouble) => {
  here = position ?? here;
  at("gps").textContent = position ? `定位 ±${Math.round(position.accuracy)} 米` : trouble;
  at("gps").className = position ? "is-on" : "is-off";
});
if ("serviceWorker" in navigator) {
  navigator.serviceWorker.register("/field/plates/sw.js", { scope: "/field/plates" }).then(() => navigator.serviceWorker.ready).then(() => {
    document.documentElement.dataset.offline = "ready";
  }).catch(() => {});
}
net();
refresh().then(() => upload()).then(() => {
  document.documentElement.dataset.state = "ready";
});
