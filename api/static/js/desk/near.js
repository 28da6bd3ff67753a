// What stands beside a form on a wide screen (the map, the checks) stands where it is asked for on a narrow one, not below the
// last button: <div data-near="id of a place in the form">.
const narrow = matchMedia("(max-width: 999px)");
const homes = [...document.querySelectorAll("[data-near]")].map((part) => {
  const home = document.createComment("");
  part.before(home);
  return { part, home, place: document.getElementById(part.dataset.near) };
});

function settle() {
  for (const { part, home, place } of homes) if (place) (narrow.matches ? place : home).after(part);
}

narrow.addEventListener("change", settle);
settle();
