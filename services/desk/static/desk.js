// Live cards on the page of alerts. The server lays them out and applies the filters; without this file the page works,
// and shows what there was when it was loaded.
"use strict";

const MOST_CARDS = 200;
const cards = document.getElementById("cards");
const lamp = document.getElementById("live");
const spoken = document.getElementById("spoken");
const fresh = document.getElementById("fresh");
let place = cards?.dataset.cursor;
let unseen = 0;
let source;

function say(state, words) {
  lamp.dataset.state = state;
  document.getElementById("state").textContent = words;
}

function parsed(html) {
  const frame = document.createElement("template");
  frame.innerHTML = html; // the server's own markup: everything from outside is escaped there, and no script may run
  return frame.content.querySelector("article");
}

function insert(card) {
  const known = document.getElementById(card.id);
  if (known) {
    if (known.querySelector("details")?.open) card.querySelector("details").open = true;
    const focused = known.contains(document.activeElement) && document.activeElement.getAttribute("href");
    known.replaceWith(card);
    if (focused) [...card.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)?.focus();
    return false;
  }
  const published = Number(card.dataset.published);
  const older = [...cards.children].find((other) => Number(other.dataset.published) < published);
  cards.insertBefore(card, older ?? null);
  while (cards.children.length > MOST_CARDS) cards.lastElementChild.remove();
  return true;
}

function count(more) {
  const label = document.getElementById("count");
  const total = Number(label.dataset.total) + more;
  label.dataset.total = total;
  label.textContent = `${total.toLocaleString("en")} alert${total === 1 ? "" : "s"}`;
}

function remember(event) {
  if (event.lastEventId) place = event.lastEventId;
}

function onCard(event) {
  remember(event);
  const told = JSON.parse(event.data);
  const card = parsed(told.html);
  document.getElementById("empty")?.remove();
  card.classList.add("new");
  if (insert(card) && told.first) count(1);
  spoken.textContent = told.said;
  if (window.scrollY > 400) {
    unseen += 1;
    fresh.hidden = false;
    fresh.firstElementChild.textContent = `${unseen} new above`;
  }
}

function onGone(event) {
  remember(event);
  const card = document.getElementById(`alert-${JSON.parse(event.data).id}`);
  if (!card) return;
  card.remove();
  count(-1);
}

function onReset(event) {
  remember(event);
  const last = Number(sessionStorage.getItem("reset") ?? 0);
  sessionStorage.setItem("reset", String(Date.now()));
  if (Date.now() - last > 30000) location.reload();
}

function follow() {
  const asked = new URLSearchParams(cards.dataset.filters);
  asked.set("view", "card");
  asked.set("after", place);
  source = new EventSource(`/events?${asked}`);
  source.addEventListener("hello", (event) => { remember(event); say("on", "live"); });
  source.addEventListener("card", onCard);
  source.addEventListener("gone", onGone);
  source.addEventListener("reset", onReset);
  source.addEventListener("error", () => {
    say("off", "connection lost, trying again");
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 5000); // refused: the browser itself gives up
  });
}

if (place) {
  fresh.addEventListener("click", () => { unseen = 0; fresh.hidden = true; window.scrollTo({ top: 0 }); });
  window.addEventListener("scroll", () => { if (window.scrollY < 50) { unseen = 0; fresh.hidden = true; } }, { passive: true });
  say("off", "connecting");
  follow();
}
