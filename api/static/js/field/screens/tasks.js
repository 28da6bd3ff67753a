// The markers in the order of the walk, with how far each is.
import { h } from "../dom.js";
import { openWork } from "../work.js";
import { directionWord, metresWords, toward } from "../position.js";
import { moment, nameOf, STATUS } from "../words.js";
import { wrongClock } from "./outbox.js";

export async function list(app) {
  const tasks = await app.tasks();
  const works = await Promise.all(tasks.map((task) => openWork(app.store, app.outbox, task)));
  const done = works.filter((work) => work.status === "done").length;
  const taken = await app.store.get("meta", "taken");
  return {
    title: "外业任务",
    under: tasks.length ? `${done} / ${tasks.length} 已完成，${moment(taken)} 带走` : "没有外业任务",
    body: tasks.length ? [wrongClock(await app.store.get("meta", "ahead")), ...rounds(app, works)] : [h("p", { class: "lead" }, "本县（市、区）的界线没有处在外业阶段的联检。请联系科室，再到“发件箱”更新任务。")],
    foot: [
      h("a", { class: "button", href: "#/map" }, "地图"),
      h("a", { class: "button", href: "#/outbox" }, "发件箱"),
      h("a", { class: "button", href: "#/settings" }, "账号"),
    ],
  };
}

function rounds(app, works) {
  const groups = new Map();
  works.forEach((work, number) => {
    const key = `${work.task.line_name} ${work.task.year} 年联检`;
    groups.set(key, [...(groups.get(key) ?? []), row(app, work, number)]);
  });
  return [...groups].map(([title, rows]) => h("section", { class: "round" }, h("h2", {}, title), h("ol", { class: "rows" }, rows)));
}

function row(app, work, number) {
  const { marker } = work.task;
  const status = work.status;
  return h("li", {}, h("a", { href: `#/task/${number}`, class: "row" },
    h("span", { class: "row-name" }, nameOf(marker), marker.made_up ? h("small", {}, "示例数据") : null),
    h("span", { class: "row-way" }, way(app.position.fix, marker)),
    h("span", { class: `state is-${status}` }, STATUS[status])));
}

function way(fix, marker) {
  if (!fix || marker.lon === null) return Object.values([marker.location]).join("") || "";
  const { azimuth, metres } = toward(fix, marker);
  return `${directionWord(azimuth)} ${metresWords(metres)}`;
}
