// The bar of buttons over a map, and the line that says what to do or what was measured.
export function bar(place) {
  const made = document.createElement("div");
  made.className = "map-bar no-print";
  const line = Object.assign(document.createElement("span"), { className: "map-say" });
  line.setAttribute("role", "status");
  made.append(line);
  place.before(made);
  return made;
}

export function button(tools, word, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-sm", textContent: word });
  made.addEventListener("click", act);
  tools.insertBefore(made, tools.querySelector(".map-say"));
  return made;
}

export function say(place, words) {
  const line = place.previousElementSibling?.querySelector(".map-say");
  if (line) line.textContent = words;
}
