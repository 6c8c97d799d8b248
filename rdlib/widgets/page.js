/* What every surface that is filled in shares on the page's side: texts kept in the browser until they are on disk, the
 * exchange with Python, and the line that says what is saved.
 *
 * Python (surface.py) puts this before the code of each surface, which then is one module. What is typed goes into the
 * browser's own storage at once and leaves it only when Python has answered that it is on disk.
 */

const TYPING_PAUSE = 400; // ms after the last key press until an answer is sent
const STILL_TYPING = 2000; // ms after the last key press in which nothing from elsewhere is put into the field
const OTHERS_TYPING = 10000; // ms for which a text that another tab keeps is left to that tab
const PATIENCE = 3000; // ms without an answer until the page says so
const REPEATABLE = ["look", "write", "choose"]; // what may be sent twice: the later one stands for both
const SUPPRESS = "data-lm-suppress-shortcuts"; // on the focused element itself: JupyterLab then leaves its keys alone

let counter = 0;
const uid = () => `rdf-${Date.now().toString(36)}-${++counter}`;

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return node;
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
const lines = (text) => text.split("\n").filter((line) => line.trim());
const write = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

/* What is typed and not yet known to be on disk, kept over reloads and restarts. */
class Keep {
  constructor(identity) {
    this.prefix = `rdlib/${identity}/`;
    this.works = true;
    try {
      this.tab = sessionStorage.getItem("rdlib-tab") ?? `${Date.now()}-${Math.random()}`;
      sessionStorage.setItem("rdlib-tab", this.tab);
    } catch {
      this.works = false;
    }
  }
  put(path, value, bases) {
    try {
      localStorage.setItem(this.prefix + path, JSON.stringify({ value, bases, tab: this.tab, at: Date.now() }));
    } catch {
      this.works = false;
    }
  }
  get(path) {
    try {
      const text = localStorage.getItem(this.prefix + path);
      return text === null ? null : JSON.parse(text);
    } catch {
      return null;
    }
  }
  /* Forget a text, unless another tab has put a newer one in its place. */
  drop(path, value) {
    const entry = this.get(path);
    if (entry && same(entry.value, value)) localStorage.removeItem(this.prefix + path);
  }
  paths() {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(this.prefix))
        .map((key) => key.slice(this.prefix.length));
    } catch {
      return [];
    }
  }
}

function conflictPanel(words, mine, theirs, label, choose) {
  const side = (term, text) => [h("dt", {}, term), h("dd", {}, text || words.nothing)];
  const button = (text, keepMine) =>
    h("button", { type: "button", "aria-label": `${text}: ${label}`, [SUPPRESS]: "true", onclick: () => choose(keepMine) }, text);
  return h(
    "div",
    { class: "rdf-panel", role: "group", "aria-label": `${words.conflict} ${label}` },
    h("p", {}, h("span", { "aria-hidden": "true" }, "◆ "), words.conflict),
    h("dl", {}, ...side(words.mine, mine), ...side(words.theirs, theirs)),
    h("div", { class: "rdf-buttons" }, button(words.keep_mine, true), button(words.keep_theirs, false)),
  );
}

/* One answer: what the plan says, what was typed since, and whether that is on disk. A surface says how it is shown. */
class Answer {
  constructor(page, path) {
    this.page = page;
    this.path = path;
    this.plan = page.value(path);
    this.pending = null; // what is typed and not yet known to be on disk: {value, bases, sent: n of the last message}
    this.timer = null;
  }

  show() {}

  change(value) {
    const bases = this.pending ? this.pending.bases : [this.plan];
    this.pending = { ...(this.pending ?? {}), value, bases };
    this.page.keep.put(this.path, value, bases);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), TYPING_PAUSE);
    this.page.showStatus();
  }

  /* Send what is typed, if it has not been sent yet. */
  flush() {
    clearTimeout(this.timer);
    this.timer = null;
    if (this.pending && !(this.pending.sent && same(this.pending.sentValue, this.pending.value))) this.send();
  }

  send() {
    const { pending } = this;
    pending.sent = this.page.send("write", { path: this.path, value: pending.value, bases: pending.bases });
    pending.sentValue = pending.value;
    if (!pending.bases.some((base) => same(base, pending.value))) {
      // the plan may by now hold any of what was sent; of a long row of them, the first and the last ones will do
      pending.bases = [...pending.bases.slice(0, 1), ...pending.bases.slice(1).slice(-8), pending.value];
    }
    this.page.keep.put(this.path, pending.value, pending.bases);
  }

  /* Take up a text that was kept in the browser when its answer never came. */
  takeUp(entry) {
    this.pending = { value: entry.value, bases: entry.bases };
    this.show(entry.value);
    this.send();
  }

  /* Python has answered everything up to a message: is what is typed on disk? */
  acknowledge({ saved, lost }) {
    const { pending, page, path } = this;
    if (!pending?.sent || !saved.includes(pending.sent) || lost.includes(pending.sent)) return;
    if (path in page.now.conflicts || page.now.refused.includes(path)) return;
    page.keep.drop(path, pending.sentValue);
    this.plan = pending.sentValue;
    if (same(pending.value, pending.sentValue)) this.pending = null;
    else pending.bases = [pending.sentValue];
  }

  /* It was changed in two places: keep `mine`, or what the plan has when that is null. */
  decide(mine) {
    const { page, path } = this;
    if (mine !== null) {
      this.pending = { value: mine, bases: [page.value(path)], sentValue: mine };
      page.keep.put(path, mine, this.pending.bases);
      this.pending.sent = page.send("choose", { path, value: mine });
    } else {
      const entry = page.keep.get(path);
      if (entry) page.keep.drop(path, entry.value);
      this.pending = null;
      this.plan = page.value(path);
      page.send("choose", { path, value: null });
    }
  }
}

/* A surface on the page: it talks to Python and says what is saved. It has `root`, `answers`, follow() and takeUp(). */
class Page {
  constructor(model) {
    this.model = model;
    this.words = model.get("words");
    this.now = model.get("now");
    this.client = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 10)}`;
    this.keep = new Keep(model.get("identity"));
    this.waiting = new Map(); // messages not answered yet: n -> what they are about, and since when it waits
    this.n = 0;
    this.late = false;
    this.patience = PATIENCE; // until everything is sent again; longer each time
    this.repeated = 0; // when that was done last
    this.said = h("span", { role: "status", "aria-live": "polite", class: "rdf-said" });
    this.time = h("span", { class: "rdf-time" });
    this.saving = h("span", { class: "rdf-saving" }, this.words.saving);
    this.again = h("button", { type: "button", [SUPPRESS]: "true", onclick: () => this.tryAgain() }, this.words.again);
    this.news = h("p", { class: "rdf-news", role: "status", "aria-live": "polite" });
    this.status = h("p", { class: "rdf-status" }, this.said, this.time, this.saving, this.again);
    this.bar = h("div", { class: "rdf-bar" }, this.status, this.news);
  }

  value(path) {
    return this.now.values[path] ?? "";
  }

  /* The surface is drawn: put back what an earlier page could not get saved, and begin to talk. */
  begin() {
    this.takeUp();
    this.listen();
    this.send("look");
  }

  listen() {
    const abort = new AbortController();
    const { signal } = abort;
    this.stop = () => abort.abort();
    const changed = () => {
      if (this.due) return;
      this.due = true;
      queueMicrotask(() => {
        this.due = false;
        this.follow();
      });
    };
    for (const trait of ["now", "nodes"]) {
      this.model.on(`change:${trait}`, changed);
      signal.addEventListener("abort", () => this.model.off(`change:${trait}`, changed));
    }
    // Keys typed here are for this part alone, except the shortcut that saves the notebook.
    this.root.addEventListener("keydown", (event) => {
      if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
    });
    window.addEventListener(
      "keydown",
      (event) => {
        const saves = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s";
        if (!saves || !this.root.contains(event.target) || !event.target.hasAttribute(SUPPRESS)) return;
        this.flush();
        event.target.removeAttribute(SUPPRESS); // JupyterLab listens next, and saves
        setTimeout(() => event.target.setAttribute(SUPPRESS, "true"));
      },
      { capture: true, signal },
    );
    window.addEventListener("pagehide", () => this.flush(), { signal });
    const look = () => {
      if (document.visibilityState === "visible" && Date.now() - (this.looked ?? 0) > 1000) {
        this.looked = Date.now();
        this.send("look");
      }
    };
    document.addEventListener("visibilitychange", look, { signal });
    window.addEventListener("focus", look, { signal });
  }

  leave() {
    this.flush();
    this.stop();
    clearTimeout(this.later);
    this.send("leave");
    clearTimeout(this.watch);
  }

  flush() {
    for (const answer of this.answers) answer.flush();
  }

  send(what, more = {}) {
    const n = ++this.n;
    const message = { about: `${what} ${more.path}`, from: Date.now() };
    if (REPEATABLE.includes(what)) {
      for (const [earlier, { about, from }] of this.waiting) {
        if (about !== message.about) continue;
        this.waiting.delete(earlier); // this one stands in its place
        message.from = Math.min(from, message.from);
      }
    }
    this.waiting.set(n, message);
    const sent = [...this.answers].map((answer) => answer.pending?.sent).filter((number) => number > 0);
    try {
      this.model.send({ do: what, client: this.client, n, since: Math.min(...this.waiting.keys(), ...sent), ...more });
    } catch {
      // the connection is gone; that no answer comes is noticed below
    }
    this.guard();
    return n;
  }

  /* Notice when an answer is overdue; then send everything once more, since the way to Python may be open by now. */
  guard() {
    clearTimeout(this.watch);
    const oldest = Math.min(...[...this.waiting.values()].map(({ from }) => from));
    this.late = Date.now() - oldest >= PATIENCE;
    if (oldest === Infinity) {
      this.patience = PATIENCE;
      return;
    }
    const due = Math.max(oldest + PATIENCE, this.repeated + this.patience);
    this.watch = setTimeout(
      () => {
        this.repeated = Date.now();
        this.patience *= 2;
        this.tryAgain();
        this.showStatus();
      },
      Math.max(0, due - Date.now()),
    );
  }

  /* Take what Python has said; return its answer to this page. */
  hear() {
    this.now = this.model.get("now");
    const ack = this.now.acks[this.client];
    if (ack) {
      for (const n of ack.heard) this.waiting.delete(n);
      this.guard();
      for (const answer of this.answers) answer.acknowledge(ack);
    }
    return ack;
  }

  tryAgain() {
    for (const answer of this.answers) if (answer.pending) answer.send();
    this.send("look");
  }

  showStatus() {
    const { now, words } = this;
    const pending = [...this.answers].filter((answer) => answer.pending);
    const open = pending.filter((answer) => answer.path in now.conflicts);
    let text = words.ready;
    let time = "";
    let state = "calm";
    if (this.late) {
      state = "alarm";
      text = `▲ ${pending.length ? words.late : words.silent}`;
    } else if (now.trouble) {
      state = "alarm";
      text = `▲ ${fill(words.trouble, { reason: now.trouble })}`;
    } else if (pending.some((answer) => now.acks[this.client]?.lost.includes(answer.pending.sent))) {
      state = "alarm";
      text = `▲ ${fill(words.trouble, { reason: words.unexpected })}`;
    } else if (open.length) {
      state = "choice";
      text = `◆ ${words.choose}`;
    } else if (now.saved) {
      const [before, after] = words.saved.split("{time}");
      text = before.trim();
      time = ` ${new Date(now.saved).toLocaleTimeString("en-GB")}${after}`;
    }
    if (!this.keep.works && state !== "calm") text += ` ${words.no_room}`;
    const busy = state === "calm" && pending.length > 0;
    this.status.dataset.state = busy ? "saving" : state;
    write(this.said, text);
    write(this.time, time);
    write(this.news, now.news ? `◐ ${now.news}` : "");
    this.again.hidden = state !== "alarm";
  }
}
