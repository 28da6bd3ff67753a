// The table of keys, the same that stands on its own page.
import { dialog } from "./dialog.js";

let shown = null;

export async function show() {
  shown ??= await fetched();
  if (shown) shown.showModal();
  else location.href = "/desk/keys";
}

async function fetched() {
  const answer = await fetch("/desk/keys", { headers: { accept: "text/html" } });
  if (!answer.ok) return null;
  const given = new DOMParser().parseFromString(await answer.text(), "text/html");
  const table = given.getElementById("keys-table");
  return table ? dialog("快捷键", table) : null;
}
