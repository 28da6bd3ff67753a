// The plain steps: state, measured position, cleaning and repainting, note, review.
import { clear, h } from "../dom.js";
import { metresWords, meanOf, toward } from "../position.js";
import { after, place, STEPS } from "../steps.js";
import { nameOf } from "../words.js";
import { STATES } from "../work.js";

const FEWEST_SECONDS = 30;
export const MOVED_M = 5;
const CORRECTIONS = [
  ["", "未改正，观测时刻", "观测时刻"],
  ["网络 RTK", "网络 RTK，已改正到 2000.0", "2000.0"],
];

export function frame(work, number, name, body, { next = after(name, number), word = "下一步", foot = [] } = {}) {
  return {
    title: STEPS.find((step) => step.name === name).title, under: `${nameOf(work.task.marker)}，${place(name)}`,
    back: `#/task/${number}`, body, foot: [...foot, h("a", { class: "button go", id: "next", href: next }, word)],
  };
}

export async function state(app, number) {
  const work = await app.work(number);
  const chosen = work.content.state;
  const buttons = STATES.map((word) =>
    h("button", {
      class: "big", "aria-pressed": String(word === chosen),
      onclick: async (event) => {
        press(event.currentTarget);
        await work.set("state", word);
      },
    }, word));
  return frame(work, number, "state", [h("div", { class: "choices" }, buttons), action(work)]);
}

function action(work) {
  const input = h("input", {
    id: "action", maxlength: "500", value: work.content.action ?? "", placeholder: "例如：现场扶正，通报对方",
    onchange: (event) => work.set("action", event.currentTarget.value.trim()),
  });
  return h("div", { class: "field" }, h("label", { for: "action" }, "处理（状态不是完好时必填）"), input);
}

export function press(button) {
  for (const other of button.parentElement.children) other.setAttribute("aria-pressed", String(other === button));
}

export async function measure(app, number) {
  const work = await app.work(number);
  const shown = h("div", { class: "way" });
  const fixes = [];
  let known = work.content.measured ?? null;
  let timer = 0;
  const start = h("button", { class: "big", id: "measure" }, known ? "重新测量" : "开始测量");
  const correction = h("select", { id: "correction" }, CORRECTIONS.map(([value, word]) => h("option", { value, selected: known?.correction === value }, word)));

  const tell = () => clear(shown, told(known, work.task.marker, fixes.length));
  const take = (event) => {
    fixes.push(event.detail);
    known = { ...meanOf(fixes), ...chosen(correction) };
    tell();
  };
  const stop = async () => {
    if (!timer) return;
    clearInterval(timer);
    timer = 0;
    app.position.removeEventListener("fix", take);
    start.textContent = "重新测量";
    if (fixes.length) await work.set("measured", known);
  };
  start.addEventListener("click", async () => {
    if (timer) return stop();
    fixes.length = 0;
    app.position.addEventListener("fix", take);
    timer = setInterval(() => app.position.poll(), 1000);
    app.position.poll();
    start.textContent = "停止并保存";
  });
  correction.addEventListener("change", async () => {
    if (known) await work.set("measured", known = { ...known, ...chosen(correction) });
  });
  app.onLeave(stop);
  tell();
  return frame(work, number, "measure", [
    shown, start,
    h("div", { class: "field" }, h("label", { for: "correction" }, "坐标改正"), correction,
      h("p", { class: "help" }, "未改正的当天坐标与 CGCS2000 相差约 0.5 至 0.8 米，记录里注明历元。")),
  ]);
}

function chosen(select) {
  const [value, , epoch] = CORRECTIONS.find(([one]) => one === select.value);
  return { correction: value, epoch };
}

function told(known, marker, count) {
  if (!known) return [h("p", { class: "lead" }, `把手机放在界桩顶上，按“开始测量”，静置 ${FEWEST_SECONDS} 秒左右。`)];
  const off = marker.lon === null ? null : toward(marker, known).metres;
  const far = off !== null && off > MOVED_M + known.accuracy_m;
  return [
    h("p", { class: "far" }, `±${known.accuracy_m.toFixed(1)} 米`),
    h("p", { class: "toward", id: "fixes" }, `${count || known.count} 次定位的平均`),
    off === null ? null : h("p", { class: far ? "notice is-bad" : "help" }, far
      ? `与登记位置相差 ${metresWords(off)}，超过容许范围。请再测一次；仍相差较大，状态选“移位”。`
      : `与登记位置相差 ${metresWords(off)}，在容许范围内。`),
  ];
}

export async function care(app, number) {
  const work = await app.work(number);
  const ask = (name, word) => {
    const buttons = [[true, "是"], [false, "否"]].map(([value, text]) =>
      h("button", {
        class: "big", "aria-pressed": String(work.content[name] === value), "aria-label": `${word}：${text}`,
        onclick: async (event) => {
          press(event.currentTarget);
          await work.set(name, value);
        },
      }, text));
    return h("section", {}, h("h2", {}, word), h("div", { class: "choices" }, buttons));
  };
  return frame(work, number, "care", [ask("cleaned", "清理了周围杂草、擦净桩面"), ask("repainted", "描红了刻字")]);
}

export async function note(app, number) {
  const work = await app.work(number);
  const shown = await app.store.get("meta", "shown");
  const people = h("input", { id: "inspectors", maxlength: "200", value: work.content.inspectors ?? shown ?? "" });
  const words = h("textarea", { id: "words", rows: "6", maxlength: "2000" });
  words.value = work.content.note ?? "";
  // Saved while typing: a phone may be put away at any moment.
  const save = async () => {
    await Promise.all([work.set("inspectors", people.value.trim()), work.set("note", words.value.trim())]);
  };
  people.addEventListener("change", save);
  words.addEventListener("change", save);
  const screen = frame(work, number, "note", [
    h("div", { class: "field" }, h("label", { for: "inspectors" }, "检查人员"), people, h("p", { class: "help" }, "各方到场人员，用顿号隔开。")),
    h("div", { class: "field" }, h("label", { for: "words" }, "备注"), words),
  ]);
  const next = screen.foot.at(-1);
  next.addEventListener("click", async (event) => {
    event.preventDefault();
    await save();
    await app.go(next.getAttribute("href"));
  });
  return screen;
}

export async function review(app, number) {
  const work = await app.work(number);
  const { content, missing } = work;
  const rows = [
    ["状态", content.state], ["处理", content.action],
    ["实测位置", content.measured ? `±${content.measured.accuracy_m.toFixed(1)} 米，${content.measured.count ?? 1} 次平均，历元 ${content.measured.epoch}` : ""],
    ...work.task.references.map((ref) => [`方位物${ref.serial}`, content[`ref.${ref.serial}`] && `${ref.name}，${content[`ref.${ref.serial}`].state}`]),
    ["清理、描红", [content.cleaned && "已清理", content.repainted && "已描红"].filter(Boolean).join("，") || "无"],
    ["照片", `${work.photoCount} 张`], ["检查人员", content.inspectors], ["备注", content.note],
  ].filter(([, value]) => value);
  const lacks = Object.entries(missing).filter(([step]) => step !== "sign");
  return frame(work, number, "review", [
    lacks.length ? h("ul", { class: "notice is-bad", id: "missing" }, lacks.map(([step, sentence]) => h("li", {}, h("a", { href: `#/${step}/${number}` }, sentence)))) : h("p", { class: "notice is-good" }, "内容齐全，可以签字。"),
    h("dl", { class: "facts" }, rows.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value)))),
  ], { word: "去签字" });
}
