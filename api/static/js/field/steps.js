// The steps at a marker, in order: where each leads, when it is done, what it says in a line.

export const STEPS = [
  { name: "state", title: "状态", done: (work) => Boolean(work.content.state), told: (work) => work.content.state ?? "" },
  {
    name: "measure", title: "实测位置", done: (work) => Boolean(work.content.measured),
    told: ({ content }) => (content.measured ? `±${content.measured.accuracy_m.toFixed(1)} 米` : ""),
  },
  {
    name: "references", title: "方位物", done: (work) => work.task.references.every((ref) => work.content[`ref.${ref.serial}`]),
    told: (work) => `${work.task.references.filter((ref) => work.content[`ref.${ref.serial}`]).length} / ${work.task.references.length}`,
  },
  {
    name: "care", title: "清理与描红", done: ({ content }) => content.cleaned != null,
    told: ({ content }) => [content.cleaned && "已清理", content.repainted && "已描红"].filter(Boolean).join("，"),
  },
  { name: "photos", title: "照片", done: (work) => work.photoCount >= 4, told: (work) => `${work.photoCount} 张` },
  { name: "note", title: "备注", done: ({ content }) => content.inspectors != null, told: ({ content }) => content.inspectors ?? "" },
  // There is something to look over as soon as nothing but the signatures is missing.
  { name: "review", title: "核对", done: ({ missing }) => Object.keys(missing).every((step) => step === "sign"), told: () => "" },
  {
    name: "sign", title: "签字", done: (work) => work.signed.length === Object.keys(work.task.sides).length,
    told: (work) => `${work.signed.length} / ${Object.keys(work.task.sides).length}`,
  },
];

// The address of the step after one.
export function after(name, number) {
  const at = STEPS.findIndex((step) => step.name === name);
  const next = STEPS[at + 1];
  return next ? `#/${next.name}/${number}` : `#/task/${number}`;
}

export function place(name) {
  return `第 ${STEPS.findIndex((step) => step.name === name) + 1} 步，共 ${STEPS.length} 步`;
}
