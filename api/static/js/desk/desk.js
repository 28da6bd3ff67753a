// Every page of the workbench: each part is there only when the page has something for it.
import { keys } from "./keys.js";

keys();
if (document.querySelector("[data-list], [data-list-simple]")) import("./list.js").then((part) => part.lists());
if (document.querySelector("form[data-draft]") || sessionStorage.getItem("drafts-sent")) import("./drafts.js").then((part) => part.drafts());
if (document.querySelector(".desk-map")) import("./map.js").then((part) => part.upgradeMaps(document));
if (document.getElementById("tour")) import("./tour.js").then((part) => part.tour());

// On a narrow screen the rail and the tabs scroll: where one is, is in sight.
for (const here of document.querySelectorAll(":is(.rail, .tabs) [aria-current]")) {
  const strip = here.closest(".rail, .tabs");
  strip.scrollLeft += here.getBoundingClientRect().right - strip.getBoundingClientRect().right + 48;
}

// A form that acts is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-once]");
  if (!form) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});

// Back to the form as it was left: the browser keeps what was typed, a new visit would not.
document.querySelector("a[data-back]")?.addEventListener("click", (event) => {
  if (history.length < 2) return;
  event.preventDefault();
  history.back();
});

document.getElementById("errors")?.focus();
