// The page of alerts: cards come in the order of publication, and are mended where they stand.
import { count, follow, parsed, replace } from "./live.js";

const MOST_CARDS = 200;
let unseen = 0;

function insert(cards, card) {
  const known = document.getElementById(card.id);
  if (known) {
    if (known.querySelector("details")?.open) card.querySelector("details").open = true;
    replace(known, card);
    return false;
  }
  const published = Number(card.dataset.published);
  const older = [...cards.children].find((other) => Number(other.dataset.published) < published);
  cards.insertBefore(card, older ?? null);
  while (cards.children.length > MOST_CARDS) cards.lastElementChild.remove();
  return true;
}

function point(fresh) {
  if (window.scrollY <= 400) return;
  unseen += 1;
  fresh.hidden = false;
  fresh.firstElementChild.textContent = `${unseen} new above`;
}

function seen(fresh) {
  unseen = 0;
  fresh.hidden = true;
}

export function alerts(cards) {
  const fresh = document.getElementById("fresh");
  fresh.addEventListener("click", () => { seen(fresh); window.scrollTo({ top: 0 }); });
  window.addEventListener("scroll", () => { if (window.scrollY < 50) seen(fresh); }, { passive: true });
  follow(cards, "/events", "card", {
    card(told) {
      const card = parsed(told.html, "article");
      document.getElementById("empty")?.remove();
      card.classList.add("new");
      if (insert(cards, card) && told.first) count(1);
      point(fresh);
    },
    gone(told) {
      const card = document.getElementById(`alert-${told.id}`);
      if (!card) return;
      card.remove();
      count(-1);
    },
  });
}
