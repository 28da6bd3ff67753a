// The scan page: copying the words for a call; for staff the quick report, which waits on the phone without a network.
import { shareButtons } from "/static/js/share.js";

shareButtons(document.getElementById("scan"));
const form = document.getElementById("grid-report");
if (form) grid(form);

async function grid(form) {
  const [{ smaller, watch }, { put, send }] = await Promise.all([import("./camera.js"), import("./outbox.js")]);
  const said = document.getElementById("grid-said");
  const picture = document.getElementById("grid-photo");
  let here = null;
  let photo = null;
  watch((position) => {
    here = position ?? here;
    if (here) form.dataset.place = "known";
  });
  picture.addEventListener("change", async () => {
    photo = picture.files[0] ? await smaller(picture.files[0]) : null;
    if (photo) document.querySelector('label[for="grid-photo"]').classList.add("is-done");
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const cause = new FormData(form).get("cause");
    if (!photo) {
      said.textContent = "请拍一张照片。";
      return;
    }
    const button = form.querySelector("button[type=submit]");
    button.disabled = true;
    await put({ code: form.dataset.code, done: `defect:${cause}`, at: new Date().toISOString(), lon: here?.lon ?? null,
      lat: here?.lat ?? null, accuracy: here?.accuracy ?? null, note: "", photos: [photo] });
    const trouble = await send();
    said.textContent = trouble || "已上报，维修工单已开，30 天内处理。";
    button.disabled = false;
  });
  form.dataset.state = "ready";
}
