// A list whose server-sent events are followed: the lamp, the count, the place in the stream, a lost connection.

const lamp = document.getElementById("live");
const spoken = document.getElementById("spoken");

function say(state, words) {
  lamp.dataset.state = state;
  document.getElementById("state").textContent = words;
}

export function parsed(html, wanted) {
  const frame = document.createElement("template");
  frame.innerHTML = html; // the server's own markup: everything from outside is escaped there, and no script may run
  return frame.content.querySelector(wanted);
}

export function count(more) {
  const label = document.getElementById("count");
  const total = Number(label.dataset.total) + more;
  label.dataset.total = total;
  label.textContent = `${total.toLocaleString("en")} ${label.dataset.word}${total === 1 ? "" : "s"}`;
}

// In place of what stood there: what was focused stays focused.
export function replace(known, next) {
  const focused = known.contains(document.activeElement) && document.activeElement.getAttribute("href");
  known.replaceWith(next);
  if (focused) [...next.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused)?.focus();
}

function anew() {
  const last = Number(sessionStorage.getItem("reset") ?? 0);
  sessionStorage.setItem("reset", String(Date.now()));
  if (Date.now() - last > 30000) location.reload();
}

// on: event name -> what to do with its data. The list says where it was loaded (data-cursor) and what it shows.
export function follow(list, address, view, on) {
  let place = list.dataset.cursor;
  const open = () => {
    const asked = new URLSearchParams(list.dataset.filters);
    asked.set("view", view);
    asked.set("after", place);
    const source = new EventSource(`${address}?${asked}`);
    const hear = (name, act) => source.addEventListener(name, (event) => {
      if (event.lastEventId) place = event.lastEventId;
      act(event);
    });
    hear("hello", () => say("on", "live"));
    hear("reset", anew);
    for (const [name, act] of Object.entries(on)) {
      hear(name, (event) => {
        const told = JSON.parse(event.data);
        act(told);
        if (told.said) spoken.textContent = told.said;
      });
    }
    source.addEventListener("error", () => {
      say("off", "connection lost, trying again");
      if (source.readyState === EventSource.CLOSED) setTimeout(open, 5000); // refused: the browser itself gives up
    });
  };
  say("off", "connecting");
  open();
}
