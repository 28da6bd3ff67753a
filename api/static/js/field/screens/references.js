// The reference objects (方位物), one a screen: what the form says of it, and how it was found.
import { h } from "../dom.js";
import { directionWord } from "../position.js";
import { after } from "../steps.js";
import { REFERENCE_STATES } from "../work.js";
import { frame, press } from "./steps.js";

export async function object(app, number, which) {
  const work = await app.work(number);
  const { references } = work.task;
  if (!references.length) return frame(work, number, "references", [h("p", { class: "lead" }, "这颗界桩没有登记方位物。")]);
  const index = which === undefined ? firstOpen(work) : Number(which);
  const ref = references[index];
  const field = `ref.${ref.serial}`;
  const seen = work.content[field] ?? {};
  const azimuth = measured("azimuth", "实测方位角（度）", seen.azimuth, 360);
  const distance = measured("distance", "实测距离（米）", seen.distance, 100_000);
  const save = async (state) => {
    const now = work.content[field]?.state ?? "";
    if (!state && !now) return;
    await work.set(field, { state: state || now, azimuth: azimuth.value(), distance: distance.value(), note: "" });
  };
  [azimuth, distance].forEach((one) => one.input.addEventListener("change", () => save("")));
  const buttons = REFERENCE_STATES.map((word) =>
    h("button", {
      class: "big", "aria-pressed": String(seen.state === word),
      onclick: async (event) => {
        press(event.currentTarget);
        await save(word);
      },
    }, word));
  const more = index + 1 < references.length;
  return frame(work, number, "references", [
    h("div", { class: "way" }, h("p", { class: "toward" }, `${"一二三"[ref.serial - 1] ?? ref.serial}号方位物，${index + 1} / ${references.length}`),
      h("p", { class: "far", id: "object" }, ref.name),
      h("p", { class: "toward" }, registered(ref))),
    h("div", { class: "choices" }, buttons),
    h("details", { open: seen.azimuth != null || seen.distance != null }, h("summary", {}, "重新量过（选填）"), azimuth.field, distance.field),
  ], { next: more ? `#/references/${number}/${index + 1}` : after("references", number), word: more ? "下一个方位物" : "下一步" });
}

function firstOpen(work) {
  const open = work.task.references.findIndex((ref) => !work.content[`ref.${ref.serial}`]);
  return open < 0 ? 0 : open;
}

function registered(ref) {
  const parts = [];
  if (ref.azimuth !== null) parts.push(`坐标方位角 ${ref.azimuth}°（约${directionWord(ref.azimuth)}）`);
  if (ref.distance !== null) parts.push(`距离 ${ref.distance} 米`);
  return parts.join("，") || "没有登记方位角和距离";
}

function measured(id, label, value, most) {
  const input = h("input", { id, type: "number", inputmode: "decimal", step: "0.01", min: "0", max: String(most), value: String(value ?? "") });
  return {
    input, field: h("div", { class: "field" }, h("label", { for: id }, label), input),
    value: () => (input.value !== "" && input.checkValidity() ? Number(input.value) : null),
  };
}
