// Coming in: log in and set the passphrase once with the network, later the passphrase alone; going out wipes the device.
import { h } from "../dom.js";
import { ask, logIn, logOut } from "../net.js";
import { Store } from "../store.js";
import { takeAlong } from "../sync.js";
import { DATABASE } from "../app.js";

const SHORTEST = 8;

export async function entry(app, lock) {
  return lock ? unlock(app, lock) : begin(app);
}

function unlock(app, lock) {
  const passphrase = box("passphrase", "解锁口令", "password", { autocomplete: "off" });
  const said = h("p", { class: "said", role: "alert" });
  const form = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      said.textContent = "正在解锁…";
      try {
        await app.opened(await Store.unlock(DATABASE, passphrase.input.value));
      } catch (error) {
        said.textContent = error.message;
        if (error.left === 0) location.reload();
      }
    },
  }, h("p", { class: "lead" }, `账号：${lock.account}`), passphrase.field, said, h("button", { class: "go", type: "submit" }, "解锁"));
  return { title: "界桩外业", kind: "narrow", body: [form], shown: () => passphrase.input.focus() };
}

function begin(app) {
  const account = box("account", "账号", "text", { autocomplete: "username", autocapitalize: "off" });
  const password = box("password", "密码", "password", { autocomplete: "current-password" });
  const passphrase = box("passphrase", "设置解锁口令", "password", { autocomplete: "new-password", minlength: SHORTEST },
    `至少 ${SHORTEST} 位。离线时用它打开；忘记后只能清除设备上的数据。`);
  const said = h("p", { class: "said", role: "alert" });
  const button = h("button", { class: "go", type: "submit" }, "登录并带走任务");
  const form = h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      button.disabled = true;
      try {
        await first(app, account.input.value.trim().toLowerCase(), password.input.value, passphrase.input.value, said);
      } catch (error) {
        said.textContent = error.code === "must-change" ? "初始密码还没有改。请先登录并改密码，再回到这里。" : error.message;
        if (error.code === "must-change") said.append(h("a", { class: "button", href: "/login?next=/desk/system/me" }, "去改密码"));
      }
      button.disabled = false;
    },
  }, h("p", { class: "lead" }, "第一次使用需要联网。任务、地图和上轮记录会加密保存在这台设备上。"),
  account.field, password.field, passphrase.field, said, button);
  return { title: "界桩外业", kind: "narrow", body: [form] };
}

async function first(app, account, password, passphrase, said) {
  if (passphrase.length < SHORTEST) throw new Error(`解锁口令至少 ${SHORTEST} 位，请重新设置。`);
  said.textContent = "正在登录…";
  await logIn(account, password);
  const store = await Store.create(DATABASE, account, passphrase);
  try {
    await store.put("meta", "device", { id: crypto.randomUUID(), label: deviceName() });
    await takeAlong(store, ({ what, done, of }) => { said.textContent = `正在带走${what} ${done}/${of}`; });
  } catch (error) {
    store.close();
    await Store.wipe(DATABASE);
    throw error;
  }
  await app.opened(store);
}

function deviceName() {
  const agent = navigator.userAgent;
  const kind = /iPhone|iPad/.test(agent) ? "苹果设备" : /Android/.test(agent) ? "安卓设备" : "电脑";
  return `${kind} ${new Date().toISOString().slice(0, 10)}`;
}

export async function settings(app) {
  const [account, shown, counts] = [
    await app.store.get("meta", "account"), await app.store.get("meta", "shown"), await app.outbox.counts(),
  ];
  const left = counts.items + counts.refused + counts.photos;
  const said = h("p", { class: "said", role: "alert" });
  let sure = left === 0;
  const lock = h("button", { class: "big", onclick: () => location.reload() }, "锁定");
  const out = h("button", {
    class: "big danger", id: "wipe",
    onclick: async () => {
      if (!sure) {
        sure = true;
        said.textContent = `还有 ${left} 项没有同步，清除后不能找回。确要清除，请再按一次。`;
        return;
      }
      await leave(app);
    },
  }, "退出并清除数据");
  const theme = h("button", { class: "big", onclick: () => flipTheme() }, "切换深色、浅色");
  return {
    title: "账号与设备", back: "#/",
    body: [h("p", { class: "lead" }, `${shown}（${account}）`), h("div", { class: "stack" }, theme, lock, out), said],
  };
}

async function leave(app) {
  const device = await app.store.get("meta", "device");
  app.store.close();
  app.store = null;
  await Store.wipe(DATABASE);
  // The server learns of it when it can be reached; the data is gone either way.
  await ask("POST", `/field/devices/${device.id}/wiped`).catch(() => {});
  await logOut().catch(() => {});
  // One load and no screen in between.
  history.replaceState(null, "", location.pathname);
  location.reload();
}

const THEME = "diming-field-theme";

export function flipTheme() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const now = localStorage.getItem(THEME) ?? (dark ? "dark" : "light");
  localStorage.setItem(THEME, now === "dark" ? "light" : "dark");
  applyTheme();
}

export function applyTheme() {
  document.documentElement.dataset.theme = localStorage.getItem(THEME) ?? "";
}

applyTheme();

export function box(id, label, type, attributes = {}, help = "") {
  const input = h("input", { id, type, required: true, maxlength: "200", ...attributes });
  return { input, field: h("div", { class: "field" }, h("label", { for: id }, label), input, help ? h("p", { class: "help" }, help) : null) };
}
