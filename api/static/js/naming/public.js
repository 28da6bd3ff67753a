// Maps on public pages of naming: the notice's position, the applicant's drawing.
import { upgradeMaps } from "../desk/map.js";

upgradeMaps(document);
