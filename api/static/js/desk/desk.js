// Every page of the workbench: each part is there only when the page has something for it.
import { keys } from "./keys.js";

keys();
if (document.querySelector("[data-list], [data-list-simple]")) import("./list.js").then((part) => part.lists());
if (document.querySelector("form[data-draft]") || sessionStorage.getItem("drafts-sent")) import("./drafts.js").then((part) => part.drafts());
if (document.querySelector(".desk-map")) import("./map.js").then((part) => part.upgradeMaps(document));
if (document.getElementById("tour")) import("./tour.js").then((part) => part.tour());

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

document.getElementById("errors")?.focus();
