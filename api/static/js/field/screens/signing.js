// Signatures of all sides, one side a screen; then the record goes into the outbox.
import { h } from "../dom.js";
import { Pad } from "../pad.js";
import { nameOf } from "../words.js";

export async function sign(app, number, which) {
  const work = await app.work(number);
  const sides = Object.entries(work.task.sides);
  if (which === undefined) return choose(app, work, number, sides);
  const [division, county] = sides[Number(which)];
  return one(app, work, number, division, county);
}

function choose(app, work, number, sides) {
  const body = Object.entries(work.missing).filter(([step]) => step !== "sign");
  const rows = sides.map(([division, county], index) => {
    const done = work.signed.includes(division);
    const signer = work.content[`sign.${division}`]?.signer;
    return h("li", {}, h("a", { class: "row", href: `#/sign/${number}/${index}` },
      h("span", { class: `tick${done ? " is-done" : ""}`, "aria-hidden": "true" }, done ? "✓" : ""),
      h("span", { class: "row-name" }, county), h("span", { class: "row-way" }, done ? `${signer} 已签` : "未签")));
  });
  const save = h("button", {
    class: "button go", id: "finish", disabled: !work.changed || !work.content.state,
    onclick: async () => {
      await work.submit();
      await app.go("#/outbox");
    },
  }, !work.changed ? "没有未提交的内容" : work.content.state ? "存入发件箱" : "先选状态");
  return {
    title: "签字", under: nameOf(work.task.marker), back: `#/task/${number}`,
    body: [
      body.length ? h("ul", { class: "notice is-bad" }, body.map(([step, sentence]) => h("li", {}, h("a", { href: `#/${step}/${number}` }, sentence)))) : null,
      h("p", { class: "lead" }, "各方看过记录后在屏幕上签字。签字后再改内容，须重新签。"), h("ul", { class: "steps" }, rows),
    ],
    foot: [save],
  };
}

function one(app, work, number, division, county) {
  const known = work.signed.includes(division) ? work.content[`sign.${division}`] : null;
  const canvas = h("canvas", { class: "pad", id: "pad", "aria-label": `${county}签字处` });
  const pad = new Pad(canvas, structuredClone(known?.strokes ?? []));
  const signer = h("input", { id: "signer", maxlength: "40", value: known?.signer ?? "" });
  const said = h("p", { class: "said", role: "alert" });
  const keep = h("button", {
    class: "button go", id: "keep",
    onclick: async () => {
      if (!signer.value.trim()) said.textContent = "写上签字人的姓名。";
      else if (pad.empty) said.textContent = "还没有签字，请在框内签名。";
      else {
        await work.set(`sign.${division}`, { signer: signer.value.trim(), strokes: pad.strokes, signed_at: new Date().toISOString() });
        await app.go(`#/sign/${number}`);
      }
    },
  }, "确认签字");
  return {
    title: county, under: `${nameOf(work.task.marker)}，签字`, back: `#/sign/${number}`,
    body: [h("div", { class: "field" }, h("label", { for: "signer" }, "签字人姓名"), signer), canvas, said],
    foot: [h("button", { class: "button", onclick: () => pad.clear() }, "重签"), keep],
  };
}
