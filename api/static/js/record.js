// A page about one record: its buttons and its map.
import { shareButtons } from "./share.js";
import { showOnMap } from "./show.js";

const record = document.getElementById("record");
shareButtons(record);
showOnMap(record);
