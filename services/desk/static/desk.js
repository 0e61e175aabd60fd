// What is live on this page. The server lays everything out and applies the filters; without this file the pages work,
// and show what there was when they were loaded.
import { alerts } from "./cards.js";
import { stances } from "./stances.js";

const cards = document.getElementById("cards");
if (cards?.dataset.cursor) alerts(cards);
const table = document.getElementById("stances");
if (table) stances(table);
