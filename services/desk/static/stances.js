// The page of stances: a row is mended where it stands, or comes under its actor, in the order of the alphabet.
import { count, follow, parsed, replace } from "./live.js";

const rows = (part) => [...part.querySelectorAll("tr[data-key]")];

function before(next, others, word) {
  return others.find((other) => other.dataset[word] > next.dataset[word]) ?? null;
}

function put(table, group, row) {
  const home = [...table.tBodies].find((body) => body.dataset.actor === group.dataset.actor);
  if (home) home.insertBefore(row, before(row, rows(home), "place"));
  else table.insertBefore(group, before(group, [...table.tBodies], "actor"));
}

function found(table, key) {
  return rows(table).find((row) => row.dataset.key === key);
}

function filled(table) {
  const any = table.tBodies.length > 0;
  table.hidden = !any;
  document.getElementById("empty").hidden = any;
}

export function stances(table) {
  follow(table, "/events/stances", "row", {
    row(told) {
      const group = parsed(told.html, "tbody");
      const [row] = rows(group);
      const known = found(table, told.key);
      row.classList.add("new");
      if (known) replace(known, row);
      else { put(table, group, row); count(1); }
      filled(table);
    },
    gone(told) {
      const row = found(table, told.key);
      if (!row) return;
      const home = row.closest("tbody");
      row.remove();
      if (rows(home).length === 0) home.remove();
      count(-1);
      filled(table);
    },
  });
}
