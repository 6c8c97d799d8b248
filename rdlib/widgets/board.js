/* The page's side of the Board (board.py). The drawing comes from Python; the page makes its items movable, moves them at
 * once, and sends the numbers. Texts of people only ever become text nodes, except in the drawing and the table of the
 * levels, which Python has made safe.
 */

const KEYS = {
  ArrowRight: ["x", 1],
  ArrowLeft: ["x", -1],
  ArrowUp: ["y", 1],
  ArrowDown: ["y", -1],
};
const ENDS = { Home: ["x", "low"], End: ["x", "high"], PageDown: ["y", "low"], PageUp: ["y", "high"] };
const LARGER = 4; // with Shift, so many steps at once
const DRAG = 4; // pixels until a press becomes a drag
const WIDE = 640; // from this width on, the wide drawing is shown

/* One number of an item, or one name of a zone: what is typed into its field or comes from moving the item. */
class NumberAnswer extends Answer {
  constructor(page, path, input) {
    super(page, path);
    this.input = input;
    this.typed = -Infinity;
    input.value = this.plan;
    input.addEventListener("input", () => {
      this.typed = Date.now();
      this.change(input.value);
      page.redraw();
    });
    input.addEventListener("change", () => this.flush());
    input.addEventListener("blur", () => {
      this.typed = -Infinity;
      this.flush();
      this.update();
    });
  }
  show(value) {
    if (this.input.value !== value) this.input.value = value;
  }
  get text() {
    return this.pending ? this.pending.value : this.page.value(this.path);
  }
  set(value) {
    this.show(value);
    this.change(value);
  }
  update() {
    const { page, path, input } = this;
    const held = page.now.conflicts[path];
    if (held && !this.pending) this.pending = { value: held.mine, bases: [], sent: -1, sentValue: held.mine };
    const editing = document.activeElement === input && Date.now() - this.typed < STILL_TYPING;
    if (!this.pending && !editing) this.plan = page.value(path);
    if (!editing) this.show(this.text);
    const problem = page.now.problems[path] ?? "";
    write(this.problem, problem ? `▲ ${problem}` : "");
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const fresh = held ? JSON.stringify([held.mine, page.value(path)]) : "";
    if (this.conflict.dataset.shows === fresh) return;
    this.conflict.dataset.shows = fresh;
    this.conflict.replaceChildren();
    if (!held) return;
    const choose = (mine) => {
      this.decide(mine ? input.value : null);
      this.show(this.text);
      input.focus();
    };
    this.conflict.append(conflictPanel(page.words, held.mine, page.value(path), held.label, choose));
  }
}

class BoardView extends Page {
  constructor(model, el) {
    super(model);
    const { words } = this;
    this.fixed = model.get("fixed");
    this.places = new Map(); // every number and name on the page, by its path
    this.rows = new Map(); // the rows of the table, by the id of the item
    this.shown = ""; // the drawing that is on the page
    const title = model.get("title");
    const [headingId, howId] = [uid(), uid()];
    this.howId = howId;
    this.stage = h("div", { class: "rdb-stage" });
    this.readout = h("p", { class: "rdb-readout", role: "status", "aria-live": "polite" });
    this.chips = h("div", { class: "rdb-chips" });
    this.tray = h("div", { class: "rdb-tray", role: "group", "aria-label": words.tray }, this.chips);
    this.trayHow = h("p", { class: "rdf-help" });
    this.tray.prepend(h("p", { class: "rdf-label" }, words.tray), this.trayHow);
    this.key = h("p", { class: "rdf-help rd" });
    this.key.innerHTML = this.fixed.key;
    this.note = h("span");
    this.key.append(" ", this.note);
    this.levels = h("details", { class: "rd" }, h("summary", { [SUPPRESS]: "true" }, words.levels), h("div"));
    this.levels.lastElementChild.innerHTML = this.fixed.levels;
    for (const box of this.levels.querySelectorAll('[tabindex="0"]')) box.setAttribute(SUPPRESS, "true");
    this.main = h("div", { class: "rdb-main" }, h("div", {}, this.tray, this.stage), this.makeTable());
    this.gone = h("p", { class: "rdf-gone", hidden: true });
    this.root = h(
      title ? "section" : "div",
      { class: "rdf rdb", lang: model.get("lang"), "aria-labelledby": title ? headingId : null },
      h("style", {}, model.get("look")),
      title ? h("h3", { id: headingId, class: "rdf-name" }, title) : null,
      this.gone,
      h("p", { class: "rdf-help", id: howId }, words.how),
      this.key,
      this.readout,
      this.main,
      this.levels,
      this.makeNames(),
      this.bar,
    );
    el.append(this.root);
    this.stage.addEventListener("pointerdown", (event) => this.press(event));
    this.chips.addEventListener("pointerdown", (event) => this.press(event));
    // a finger on an item moves the item, not the page (touch-action alone does not keep it so inside a drawing)
    const hold = (event) => this.itemAt(event.target) && event.preventDefault();
    this.stage.addEventListener("touchstart", hold, { passive: false });
    this.stage.addEventListener("keydown", (event) => this.steer(event));
    this.stage.addEventListener("focusin", (event) => this.announce(this.itemAt(event.target)));
    this.update();
    this.begin();
    this.resizes = new ResizeObserver(() => this.redraw());
    this.resizes.observe(this.stage);
  }

  get answers() {
    return this.places.values();
  }

  leave() {
    this.resizes.disconnect();
    super.leave();
  }

  /* --- the table of numbers, and the names of the zones ---------------------------------------------------------- */

  makeTable() {
    const { words, fixed } = this;
    const id = uid();
    const heads = [words.item, fixed.axes.x.label, fixed.axes.y.label, words.zone, ...fixed.notes];
    this.list = h("tbody");
    this.empty = h("p", { class: "rdf-help" }, words.empty);
    const head = h("thead", {}, h("tr", {}, ...heads.map((text) => h("th", { scope: "col" }, text))));
    this.table = h("table", { "aria-labelledby": id }, head, this.list);
    return h("div", { class: "rdb-side" }, h("p", { id, class: "rdf-label" }, words.numbers), this.empty, h("div", { class: "rdf-scroll" }, this.table));
  }

  /* A field for a path, with what is wrong with it and, where it was changed in two places, the choice. */
  makeField(path, label, mode) {
    const id = uid();
    const input = h("input", {
      type: "text",
      autocomplete: "off",
      inputmode: mode,
      "aria-label": label,
      "aria-describedby": `${id}-problem`,
      "data-path": path,
      [SUPPRESS]: "true",
    });
    if (mode) input.classList.add("rdf-number");
    const answer = new NumberAnswer(this, path, input);
    answer.problem = h("div", { class: "rdf-problem", id: `${id}-problem` });
    answer.conflict = h("div", { class: "rdf-conflict" });
    this.places.set(path, answer);
    return h("div", { class: "rdb-field" }, input, answer.problem, answer.conflict);
  }

  makeNames() {
    const { words, fixed } = this;
    const ours = fixed.zones.filter((zone) => zone.path);
    if (!ours.length) return null;
    const fields = ours.map((zone) => {
      const label = fill(words.name_of, { about: zone.about });
      return h("div", {}, h("p", { class: "rdf-label" }, label), this.makeField(zone.path, label));
    });
    const summary = h("summary", { [SUPPRESS]: "true" }, words.names);
    return h("details", { class: "rdb-names" }, summary, h("p", { class: "rdf-help" }, words.names_how), ...fields);
  }

  makeRow(item) {
    const { words, fixed } = this;
    const name = h("th", { scope: "row" });
    const cells = ["x", "y"].map((axis) => {
      const label = fill(words.cell, { axis: fixed.axes[axis].label, item: item.name });
      return h("td", {}, this.makeField(item.paths[axis], label, "decimal"));
    });
    const zone = h("td");
    const notes = fixed.notes.map(() => h("td"));
    const root = h("tr", { "data-row": item.id }, name, ...cells, zone, ...notes);
    return { root, name, zone, notes, paths: item.paths };
  }

  /* --- following Python ------------------------------------------------------------------------------------------- */

  follow() {
    this.hear();
    this.update();
  }

  takeUp() {
    for (const path of this.keep.paths()) {
      const [entry, answer] = [this.keep.get(path), this.places.get(path)];
      if (!entry || !answer || answer.pending) continue;
      if (same(entry.value, answer.plan)) this.keep.drop(path, entry.value);
      else if (entry.tab !== this.keep.tab && Date.now() - entry.at < OTHERS_TYPING) {
        clearTimeout(this.later);
        this.later = setTimeout(() => this.takeUp(), OTHERS_TYPING);
      } else answer.takeUp(entry);
    }
  }

  update() {
    const { now, words } = this;
    this.gone.hidden = !now.gone;
    this.main.hidden = now.gone;
    write(this.gone, words.gone);
    write(this.note, now.note);
    const ids = new Set(now.items.map((item) => item.id));
    for (const [id, row] of this.rows) {
      if (ids.has(id)) continue;
      for (const path of Object.values(row.paths)) this.places.delete(path);
      row.root.remove();
      this.rows.delete(id);
    }
    now.items.forEach((item, place) => {
      if (!this.rows.has(item.id)) this.rows.set(item.id, this.makeRow(item));
      const row = this.rows.get(item.id);
      if (this.list.children[place] !== row.root) this.list.insertBefore(row.root, this.list.children[place] ?? null);
      write(row.name, item.state ? `${item.number} ${item.name} (${item.state})` : `${item.number} ${item.name}`);
      row.notes.forEach((cell, n) => write(cell, item.notes[n] || "–"));
    });
    for (const answer of this.answers) answer.update();
    this.empty.hidden = now.items.length > 0;
    this.table.hidden = now.items.length === 0;
    this.redraw();
    this.showStatus();
  }

  /* --- where things are ------------------------------------------------------------------------------------------- */

  item(id) {
    return this.now.items.find((item) => item.id === id);
  }

  itemAt(node) {
    const group = node?.closest?.("[data-item]");
    return group ? this.item(group.dataset.item) : null;
  }

  /* The place of an item as the reader has just put it, which Python may not know yet; null where it has none. */
  placeOf(item) {
    const value = (axis) => {
      const answer = this.places.get(item.paths[axis]);
      if (!answer?.pending) return item[axis];
      const text = answer.pending.value.trim().replace(",", ".");
      const { low, high } = this.fixed.axes[axis];
      return /^\d+(\.\d+)?$/.test(text) && Number(text) >= low && Number(text) <= high ? Number(text) : null;
    };
    const [x, y] = [value("x"), value("y")];
    return x === null || y === null ? null : { x, y };
  }

  zoneOf({ x, y }) {
    const band = (axis, value) => this.fixed.axes[axis].cuts.filter((cut) => value >= cut).length;
    const zone = this.fixed.zones.find((z) => z.column === band("x", x) && z.row === band("y", y));
    return this.now.names[zone.key];
  }

  levelOf(axis, value) {
    const { levels } = this.fixed.axes[axis];
    return levels.reduce((best, level) => (Math.abs(level.at - value) < Math.abs(best.at - value) ? level : best));
  }

  number(value) {
    return String(Math.round(value * 100) / 100).replace(".", this.now.decimal);
  }

  says(item, place) {
    const { words, fixed } = this;
    const name = `${item.number} ${item.name}`;
    if (!place) return `${name}: ${words.unplaced}.`;
    return fill(words.says, {
      item: name,
      across: fixed.axes.x.label.toLowerCase(),
      x: this.number(place.x),
      x_level: this.levelOf("x", place.x).label,
      up: fixed.axes.y.label.toLowerCase(),
      y: this.number(place.y),
      y_level: this.levelOf("y", place.y).label,
      zone: this.zoneOf(place),
    });
  }

  /* Say where an item is; what more was asked for stays until it is moved, also when a new drawing takes the focus. */
  announce(item, more = "") {
    if (!item) return;
    const says = this.says(item, this.placeOf(item));
    if (more) this.more = { says, more };
    else if (this.more?.says !== says) this.more = null;
    write(this.readout, [says, this.more?.more].filter(Boolean).join(" "));
  }

  /* --- drawing ---------------------------------------------------------------------------------------------------- */

  redraw() {
    if (this.dragging) return; // the drawing is not taken from under the pointer
    const wide = this.stage.clientWidth >= WIDE || this.stage.clientWidth === 0;
    const drawing = this.now.drawings[wide ? 0 : 1];
    if (drawing !== this.shown) {
      const active = this.stage.contains(document.activeElement) ? this.itemAt(document.activeElement)?.id : null;
      this.shown = drawing;
      this.stage.innerHTML = drawing;
      this.decorate();
      if (active) this.wanted = this.wanted ?? active;
    }
    for (const item of this.now.items) this.moveDot(item);
    for (const item of this.now.items) {
      const place = this.placeOf(item);
      write(this.rows.get(item.id).zone, place ? this.zoneOf(place) : this.words.unplaced);
    }
    this.fillTray();
    if (this.wanted) {
      const item = this.item(this.wanted);
      const placed = item && this.placeOf(item);
      const chip = [...this.chips.children].find((node) => node.dataset.chip === this.wanted);
      const node = placed ? this.dot(this.wanted) : chip; // a dot that Python has not drawn yet is waited for
      if (node) {
        node.focus({ preventScroll: true });
        this.wanted = null;
      }
    }
  }

  dot(id) {
    return this.stage.querySelector(`[data-item="${CSS.escape(id)}"]`);
  }

  /* The line from a dot to its true place, and the arrow from where it stood before. */
  linesOf(id) {
    return this.stage.querySelectorAll(`[data-of="${CSS.escape(id)}"]`);
  }

  /* Make the picture something to work with: its items can be reached, and say where they are. */
  decorate() {
    const svg = this.stage.firstElementChild;
    for (const node of svg.querySelectorAll("title, desc")) node.remove();
    svg.setAttribute("role", "application");
    svg.setAttribute("aria-label", this.fixed.name);
    svg.setAttribute("aria-describedby", this.howId);
    for (const group of svg.querySelectorAll("[data-item]")) {
      group.setAttribute("tabindex", "0");
      group.setAttribute("role", "button");
      group.setAttribute(SUPPRESS, "true");
    }
  }

  /* Show an item where the reader has put it, until the drawing from Python does so itself. */
  moveDot(item) {
    const group = this.dot(item.id);
    if (!group) return;
    const place = this.placeOf(item);
    group.setAttribute("aria-label", this.says(item, place));
    const moved = place && (place.x !== item.x || place.y !== item.y);
    group.classList.toggle("rdb-moved", Boolean(moved));
    for (const line of this.linesOf(item.id)) line.toggleAttribute("hidden", Boolean(moved));
    group.toggleAttribute("hidden", !place);
    if (!moved) group.removeAttribute("transform");
    else this.shift(group, this.pixelsOf(place));
  }

  get scale() {
    const { left, right, top, bottom } = this.stage.firstElementChild.dataset;
    return { left: Number(left), right: Number(right), top: Number(top), bottom: Number(bottom) };
  }

  pixelsOf({ x, y }) {
    const { left, right, top, bottom } = this.scale;
    const share = (axis, value) => (value - this.fixed.axes[axis].low) / (this.fixed.axes[axis].high - this.fixed.axes[axis].low);
    return { x: left + share("x", x) * (right - left), y: bottom - share("y", y) * (bottom - top) };
  }

  shift(group, to) {
    const circle = group.querySelector("circle.rd-dot");
    group.setAttribute("transform", `translate(${to.x - circle.cx.baseVal.value} ${to.y - circle.cy.baseVal.value})`);
  }

  fillTray() {
    const { words, now } = this;
    const waiting = now.items.filter((item) => !this.placeOf(item));
    write(this.trayHow, waiting.length ? words.tray_how : words.tray_empty);
    this.tray.hidden = now.items.length === 0;
    const fresh = JSON.stringify(waiting.map((item) => [item.id, item.number, item.name]));
    if (this.chips.dataset.shows === fresh) return;
    const active = this.chips.contains(document.activeElement) ? document.activeElement.dataset.chip : null;
    this.chips.dataset.shows = fresh;
    this.chips.replaceChildren(
      ...waiting.map((item) => {
        const name = `${item.number} ${item.name}`;
        const label = fill(words.put, { item: name });
        const attributes = { type: "button", class: "rdb-chip", "data-chip": item.id, "aria-label": label, [SUPPRESS]: "true" };
        return h("button", { ...attributes, onclick: () => this.toMiddle(item.id) }, name);
      }),
    );
    if (active) [...this.chips.children].find((chip) => chip.dataset.chip === active)?.focus();
  }

  /* --- moving ----------------------------------------------------------------------------------------------------- */

  /* Put an item somewhere, or off the board (null). */
  put(id, place, { at_once = true } = {}) {
    const item = this.item(id);
    if (!item) return;
    for (const axis of ["x", "y"]) {
      const answer = this.places.get(item.paths[axis]);
      const text = place ? this.number(place[axis]) : "";
      if (answer.text.trim().replace(",", ".") !== text.replace(",", ".")) answer.set(text);
      if (at_once) answer.flush();
    }
    this.redraw();
    if (place) this.announce(item);
    else write(this.readout, fill(this.words.taken_off, { item: `${item.number} ${item.name}` }));
  }

  toMiddle(id) {
    if (this.dropped) return; // the click that ends a drag
    const { x, y } = this.fixed.axes;
    this.wanted = id;
    this.put(id, { x: (x.low + x.high) / 2, y: (y.low + y.high) / 2 });
  }

  steer(event) {
    const item = this.itemAt(event.target);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    const place = this.placeOf(item);
    if (!place) return;
    const { axes } = this.fixed;
    if (event.key in KEYS) {
      const [axis, way] = KEYS[event.key];
      const { low, high, step } = axes[axis];
      const to = place[axis] + way * step * (event.shiftKey ? LARGER : 1);
      this.put(item.id, { ...place, [axis]: Math.min(high, Math.max(low, to)) }, { at_once: false });
    } else if (event.key in ENDS) {
      const [axis, end] = ENDS[event.key];
      this.put(item.id, { ...place, [axis]: axes[axis][end] }, { at_once: false });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.wanted = item.id;
      this.put(item.id, null);
    } else if (event.key === "Enter" || event.key === " ") {
      const means = ["y", "x"].map((axis) => {
        const level = this.levelOf(axis, place[axis]);
        const value = this.number(place[axis]);
        return fill(this.words.means, { axis: axes[axis].label, value, level: level.label, describes: level.describes });
      });
      this.announce(item, means.join(" "));
    } else return;
    event.preventDefault();
  }

  press(event) {
    const chip = event.target.closest("[data-chip]");
    const group = event.target.closest("[data-item]");
    const item = chip ? this.item(chip.dataset.chip) : this.itemAt(group);
    if (!item || event.button !== 0 || this.dragging) return;
    if (group) {
      event.preventDefault(); // no text is selected on the way
      group.focus({ preventScroll: true });
    }
    const from = { x: event.clientX, y: event.clientY };
    const abort = new AbortController();
    const { signal } = abort;
    const drag = { item, group, place: null, moved: false };
    this.dropped = false;
    const finish = (keep) => {
      abort.abort();
      this.dragging = null;
      drag.ghost?.remove();
      this.tray.classList.remove("rdb-over");
      this.dropped = drag.moved;
      setTimeout(() => (this.dropped = false));
      if (keep && drag.moved && drag.place !== undefined) {
        this.wanted = item.id;
        this.put(item.id, drag.place);
      } else this.redraw();
    };
    const move = (e) => {
      if (e.pointerId !== event.pointerId) return;
      if (!drag.moved && Math.hypot(e.clientX - from.x, e.clientY - from.y) < DRAG) return;
      drag.moved = true;
      this.dragging = drag;
      this.drag(drag, e);
    };
    const up = (e) => {
      if (e.pointerId !== event.pointerId) return;
      move(e);
      finish(true);
    };
    window.addEventListener("pointermove", move, { signal });
    window.addEventListener("pointerup", up, { signal });
    window.addEventListener("pointercancel", () => finish(false), { signal });
    const escape = (e) => {
      if (e.key !== "Escape") return;
      e.preventDefault();
      e.stopPropagation();
      finish(false);
    };
    window.addEventListener("keydown", escape, { capture: true, signal });
  }

  /* `drag.place` becomes the place under the pointer, null over the tray, undefined anywhere else outside. */
  drag(drag, event) {
    const inside = (node) => {
      const box = node.getBoundingClientRect();
      return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    };
    const svg = this.stage.firstElementChild;
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const over = !inside(svg) && inside(this.tray);
    this.tray.classList.toggle("rdb-over", over);
    const { left, right, top, bottom } = this.scale;
    const along = (axis, share) => {
      const { low, high, step } = this.fixed.axes[axis];
      const value = low + Math.min(1, Math.max(0, share)) * (high - low);
      return Math.round(value / step) * step;
    };
    const place = { x: along("x", (point.x - left) / (right - left)), y: along("y", (bottom - point.y) / (bottom - top)) };
    if (over) drag.place = null;
    else drag.place = drag.group || inside(svg) ? place : undefined;
    if (drag.group) {
      drag.group.classList.add("rdb-moved");
      for (const line of this.linesOf(drag.item.id)) line.setAttribute("hidden", "");
      this.shift(drag.group, point);
    } else {
      drag.ghost ??= this.root.appendChild(h("div", { class: "rdb-ghost" }, String(drag.item.number)));
      drag.ghost.style.left = `${event.clientX}px`;
      drag.ghost.style.top = `${event.clientY}px`;
    }
    if (drag.place) write(this.readout, this.says(drag.item, drag.place));
  }
}

export default {
  render({ model, el }) {
    const view = new BoardView(model, el);
    return () => view.leave();
  },
};
