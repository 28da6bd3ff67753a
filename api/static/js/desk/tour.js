// The first hour (导览): a few steps over the home page, one at a time. That it was closed is kept in a cookie, so that the
// server leaves it out of the page and nothing below it jumps.
const SEEN = "diming-tour=seen; path=/desk; max-age=63072000; samesite=lax";

export function tour() {
  const box = document.getElementById("tour");
  const steps = [...box.querySelectorAll("[data-step]")];
  const again = document.getElementById("tour-again");
  let at = 0;

  function show(index) {
    at = index;
    steps.forEach((step, n) => (step.hidden = n !== at));
    box.querySelector("[data-tour-count]").textContent = `${at + 1} / ${steps.length}`;
    box.querySelector("[data-tour-back]").disabled = at === 0;
    box.querySelector("[data-tour-next]").textContent = at === steps.length - 1 ? "完成" : "下一步";
  }

  function close() {
    document.cookie = SEEN;
    box.hidden = true;
    again?.focus();
  }

  box.querySelector("[data-tour-next]").addEventListener("click", () => (at === steps.length - 1 ? close() : show(at + 1)));
  box.querySelector("[data-tour-back]").addEventListener("click", () => show(at - 1));
  box.querySelector("[data-tour-close]").addEventListener("click", close);
  box.addEventListener("keydown", (event) => event.key === "Escape" && close());
  again?.addEventListener("click", () => {
    box.hidden = false;
    show(0);
    box.querySelector("[data-tour-next]").focus();
  });
  show(0);
  if (again) again.hidden = false;
}
