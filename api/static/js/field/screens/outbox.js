// The outbox (发件箱): what waits, what came back, sync with progress; taking along anew; logging in again.
import { clear, h } from "../dom.js";
import { LoginNeeded, logIn } from "../net.js";
import { takeAlong } from "../sync.js";
import { clockWords, moment, nameOf } from "../words.js";
import { box } from "./entry.js";

export async function outbox(app) {
  const { background } = app;
  const said = h("p", { class: "said", role: "status", id: "sync-said" }, background.sentence);
  const bar = h("progress", { max: "1", value: 0, hidden: true });
  const login = h("div", {});
  const update = () => {
    said.textContent = background.sentence;
    bar.hidden = background.state !== "running";
    if (background.progress) bar.value = background.progress.of ? background.progress.done / background.progress.of : 1;
    if (background.state === "login" && !login.childElementCount) clear(login, form(app));
  };
  // A password that is being typed must not be swept away by a second failure.
  const again = () => (background.state === "login" ? update() : app.go(location.hash));
  background.addEventListener("change", update);
  background.addEventListener("settled", again);
  app.onLeave(() => {
    background.removeEventListener("change", update);
    background.removeEventListener("settled", again);
  });
  update();
  return {
    title: "发件箱", back: "#/", under: (await synced(app)),
    body: [said, bar, login, wrongClock(await app.store.get("meta", "ahead")), await counts(app), await rows(app)],
    foot: [
      h("button", { class: "button", id: "take", onclick: () => renew(app, said, login) }, "更新任务"),
      h("button", { class: "button go", id: "sync", disabled: background.state === "running", onclick: () => background.run() }, "同步"),
    ],
  };
}

export function wrongClock(aheadMs) {
  const words = clockWords(aheadMs);
  return words ? h("p", { class: "notice is-bad", id: "clock" }, words) : null;
}

async function synced(app) {
  const at = await app.store.get("meta", "synced");
  return at ? `上次同步：${moment(at)}` : "还没有同步过";
}

async function counts(app) {
  const now = await app.outbox.counts();
  const cells = [["待发记录", now.items], ["待传照片", now.photos], ["被退回", now.refused], ["冲突", now.conflicts]];
  return h("dl", { class: "counts" }, cells.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, String(value)))));
}

async function rows(app) {
  const [tasks, items, notices] = [await app.tasks(), await app.outbox.items(), await app.store.all("notice")];
  const title = (subject) => {
    const task = tasks.find((one) => one.subject === subject);
    return task ? nameOf(task.marker) : subject.split("/").at(-1);
  };
  const photos = (await app.store.all("photo")).filter((photo) => !photo.done && photo.reason);
  return h("ul", { class: "steps" },
    notices.map((one) => h("li", { class: "row is-conflict" }, h("span", { class: "row-name" }, title(one.subject)), h("span", { class: "row-way" }, `冲突：${one.reason}，等待科室处理`))),
    items.map((item) => h("li", { class: "row" }, h("span", { class: "row-name" }, title(item.subject)),
      h("span", { class: "row-way" }, item.state === "refused" ? `被退回：${item.reason}` : `${moment(item.made_at)} ${item.act === "withdraw" ? "撤销，" : ""}待发`),
      item.state === "refused" ? refused(app, item) : null)),
    photos.map((photo) => h("li", { class: "row" }, h("span", { class: "row-name" }, `${title(photo.subject)} ${photo.face}`), h("span", { class: "row-way" }, photo.reason))));
}

// A refused item stands in the office's records with its reason; here it is sent again, or put away.
function refused(app, item) {
  const then = (what) => async () => { await what(); await app.go(location.hash); };
  return h("div", { class: "pair" },
    h("button", { class: "small", onclick: then(() => app.outbox.again(item)) }, "再次提交"),
    h("button", { class: "small", onclick: then(() => app.outbox.drop(item)) }, "不再提交"));
}

async function renew(app, said, login) {
  try {
    await app.background.anew();
    if (app.background.state !== "done") return;
    await takeAlong(app.store, ({ what, done, of }) => { said.textContent = `正在带走${what} ${done}/${of}`; });
    said.textContent = "任务已更新。";
  } catch (error) {
    said.textContent = error.message;
    if (error instanceof LoginNeeded) clear(login, form(app));
  }
}

function form(app) {
  const password = box("again", "密码", "password", { autocomplete: "current-password" });
  const said = h("p", { class: "said", role: "alert" });
  return h("form", {
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        await logIn(await app.store.get("meta", "account"), password.input.value);
        await app.background.anew();
      } catch (error) {
        said.textContent = error.message;
      }
    },
  }, password.field, said, h("button", { class: "big", type: "submit" }, "登录后同步"));
}
