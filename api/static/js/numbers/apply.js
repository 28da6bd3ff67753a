// The applicant's map: the same drawing as at the desk.
import { upgradeMaps } from "/static/js/desk/map.js";
upgradeMaps(document);
