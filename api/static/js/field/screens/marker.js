// One marker: which way, how far, what is done, what comes next. And what the last round wrote.
import { clear, h, svg } from "../dom.js";
import { directionWord, metresWords, toward } from "../position.js";
import { pictureUrl } from "../photos.js";
import { day, nameOf } from "../words.js";
import { STEPS } from "../steps.js";

export async function marker(app, number) {
  const work = await app.work(number);
  if (!work) return { title: "没有这颗界桩", back: "#/", body: [h("p", {}, "任务已更新，请返回任务清单。")] };
  const { task } = work;
  const way = h("div", { class: "way", "aria-live": "off" });
  const draw = () => clear(way, wayTo(app.position, task.marker));
  draw();
  app.position.addEventListener("change", draw);
  app.onLeave(() => app.position.removeEventListener("change", draw));
  const missing = work.missing;
  return {
    title: nameOf(task.marker), under: `${task.line_name}，第 ${task.place} 站`, back: "#/",
    body: [notice(work), way, h("ul", { class: "steps" }, STEPS.map((step) => line(step, work, number, missing))), takeBack(app, work)],
    foot: [h("a", { class: "button", href: `#/last/${number}` }, "上轮记录"), await onward(app, work, number, missing)],
  };
}

// What comes next: the first step that is missing; then into the outbox; then the next marker that is not done.
async function onward(app, work, number, missing) {
  const step = STEPS.find(({ name }) => name in missing);
  const go = (href, word) => h("a", { class: "button go", href }, word);
  if (step) return go(`#/${step.name}/${number}`, `下一步：${step.title}`);
  if (work.changed) return go(`#/sign/${number}`, "下一步：存入发件箱");
  const tasks = await app.tasks();
  const order = [...tasks.keys()].map((at) => (Number(number) + 1 + at) % tasks.length);
  for (const at of order.slice(0, -1)) {
    const other = await app.work(at);
    if (["open", "draft", "part", "withdrawn"].includes(other.status)) return go(`#/task/${at}`, `下一颗：${nameOf(other.task.marker)}`);
  }
  return go("#/", "回到任务清单");
}

// Taking back one's own record, by a second press of the same button.
function takeBack(app, work) {
  if (!work.mine || work.withdrawn) return null;
  const said = h("p", { class: "help", role: "status" }, "写错了：点开上面的步骤改正，改后各方重新签字；整份作废用撤销。汇总以后请联系科室。");
  let sure = false;
  const button = h("button", {
    class: "big danger", id: "withdraw",
    onclick: async () => {
      if (sure) {
        await work.withdraw();
        return app.go(location.hash);
      }
      sure = true;
      button.textContent = "确定撤销";
      said.textContent = "撤销后这份记录和签字不再算数，照片保留。再按一次确定。";
    },
  }, "撤销这份记录");
  return h("section", { class: "stack" }, said, button);
}

function notice(work) {
  if (work.withdrawn) return h("p", { class: "notice" }, "这份记录已撤销，不再算数。要重新检查，从“状态”写起。");
  if (work.notice || work.record.conflicts) {
    return h("p", { class: "notice is-bad" }, `有冲突：${work.notice?.reason ?? "两边都改过"}。两份都已保留，等待科室处理；处理后请重新签字。`);
  }
  const refused = work.items.find((item) => item.state === "refused");
  return refused ? h("p", { class: "notice is-bad" }, `被退回：${refused.reason}`) : null;
}

function wayTo(position, at) {
  if (at.lon === null) return [h("p", { class: "lead" }, at.location || "没有登记坐标")];
  if (!position.fix) return [h("p", { class: "lead" }, `${position.trouble}。${at.location}`)];
  const { azimuth, metres } = toward(position.fix, at);
  const turn = position.heading === null ? azimuth : (azimuth - position.heading + 360) % 360;
  return [
    arrow(turn),
    h("p", { class: "far" }, metresWords(metres)),
    h("p", { class: "toward" }, `${directionWord(azimuth)} ${azimuth.toFixed(0)}°`),
    h("p", { class: "help" }, position.heading === null ? "箭头以上方为正北" : "箭头以手机朝向为准"),
  ];
}

function arrow(turn) {
  return svg("svg", { viewBox: "-50 -50 100 100", class: "arrow", role: "img", "aria-label": "界桩方向" },
    svg("circle", { r: "47" }),
    svg("path", { d: "M0 -40 L24 30 L0 16 L-24 30 Z", transform: `rotate(${turn.toFixed(1)})` }));
}

function line(step, work, number, missing) {
  const done = step.done(work) && !(step.name in missing);
  return h("li", {}, h("a", { class: "row", href: `#/${step.name}/${number}` },
    h("span", { class: `tick${done ? " is-done" : ""}`, "aria-hidden": "true" }, done ? "✓" : ""),
    h("span", { class: "row-name" }, step.title), h("span", { class: "row-way" }, step.told(work)),
    h("span", { class: "visually-hidden" }, done ? "已完成" : "未完成")));
}

export async function last(app, number) {
  const work = await app.work(number);
  const { last: found, marker: at, references } = work.task;
  const urls = await Promise.all((found?.photos ?? []).map((photo) => pictureUrl(app.store, "last", photo.id)));
  app.onLeave(() => urls.forEach((url) => URL.revokeObjectURL(url)));
  const facts = [
    ["登记状态", at.state], ["材质", at.material], ["位置", at.location], ["高程", at.height === null ? "" : `${at.height} 米`],
    ...references.map((ref) => [`方位物 ${ref.serial}`, `${ref.name}，方位角 ${ref.azimuth ?? "—"}°，${ref.distance ?? "—"} 米`]),
    ...(found ? [["上轮检查", day(found.inspected_at)], ["检查人员", found.inspectors], ["上轮状态", found.state], ["处理", found.action], ["备注", found.note]] : []),
  ].filter(([, value]) => value);
  return {
    title: "上轮记录", under: nameOf(at), back: `#/task/${number}`,
    body: [
      h("dl", { class: "facts" }, facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
      found ? null : h("p", { class: "lead" }, "没有上一轮的检查记录。"),
      h("div", { class: "pictures" }, urls.map((url, i) => h("figure", {}, h("img", { src: url, alt: found.photos[i].face }), h("figcaption", {}, found.photos[i].face)))),
    ],
    foot: [h("a", { class: "button go", href: `#/task/${number}` }, "回到界桩")],
  };
}
