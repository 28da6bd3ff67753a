// The applicant's form: the same map as at the desk, and only the fields that the kind asks for.
import { upgradeMaps } from "/static/js/desk/map.js";
const form = document.getElementById("apply");
const asked = { number: ["新编", "变更"], address: ["变更", "换发", "补发", "注销", "证明"], proof: ["证明"] };
function shape() {
  for (const part of form.querySelectorAll("[data-part]")) part.hidden = !asked[part.dataset.part].includes(form.elements.kind.value);
}
form.elements.kind.addEventListener("change", shape);
// The map measures itself when it is made: it must be seen then.
upgradeMaps(document);
shape();
