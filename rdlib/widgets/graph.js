/* The page's side of the Graph (graph.py). The drawing comes from Python; the page lets its reader select, drag and link
 * what is in it, by mouse and by keys, and sends what was done. Texts of people only ever become text nodes, except in
 * the drawing and its key, which Python has made safe.
 */

const SVG = "http://www.w3.org/2000/svg";
const DRAG = 4; // pixels until a press becomes a drag
const KINDS = ["node", "link", "head"]; // what can be reached in the picture: data-node, data-link, data-head

const svg = (tag, attributes) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
};

/* The measures of a rectangle as it was drawn; getBBox knows none before the page shows it. */
const measures = ({ x, y, width, height }) => ({
  x: x.baseVal.value,
  y: y.baseVal.value,
  width: width.baseVal.value,
  height: height.baseVal.value,
});

/* One field of a selected row: a native control, what is wrong with it, and the choice where it was changed twice. */
class FieldAnswer extends Answer {
  constructor(page, path, declared) {
    super(page, path);
    this.declared = declared;
    this.typed = -Infinity;
  }
  get text() {
    return this.pending ? this.pending.value : this.page.value(this.path);
  }
  set(value) {
    this.show(value);
    this.change(value);
  }
  show(value) {
    if (this.input && this.input.value !== value) writeControl(this.input, value, this.page.words);
  }
  /* Draw the field anew; what is typed and not saved yet is kept here, not in the control. */
  draw() {
    const { page, declared } = this;
    const id = uid();
    this.input = makeControl(id, declared, page, { "aria-describedby": `${id}-about ${id}-problem`, "data-path": this.path });
    writeControl(this.input, this.text, page.words);
    this.about = h("p", { class: "rdf-help", id: `${id}-about` });
    this.problem = h("div", { class: "rdf-problem", id: `${id}-problem` });
    this.conflict = h("div", { class: "rdf-conflict" });
    const heard = () => {
      this.typed = Date.now();
      this.describe();
      this.change(this.input.value);
    };
    this.input.addEventListener("input", heard);
    this.input.addEventListener("change", () => this.flush());
    this.input.addEventListener("blur", () => {
      this.typed = -Infinity;
      this.flush();
      this.update();
    });
    const label = h("label", { class: "rdf-label", for: id }, declared.label);
    this.box = h("div", { class: "rdg-field" }, label, this.input, this.about, this.problem, this.conflict);
    this.describe();
    this.update();
    return this.box;
  }
  /* Below the field: what a chosen answer means, else what is asked. */
  describe() {
    const chosen = this.declared.choices.find(([value]) => value === this.input.value);
    write(this.about, chosen?.[2] || this.declared.help);
  }
  drop() {
    this.input = null;
  }
  update() {
    const { page, path, input } = this;
    const held = page.now.conflicts[path];
    if (held && !this.pending) this.pending = { value: held.mine, bases: [], sent: -1, sentValue: held.mine };
    const editing = input && document.activeElement === input && Date.now() - this.typed < STILL_TYPING;
    if (!this.pending && !editing) this.plan = page.value(path);
    if (!input) return;
    refreshControl(input, this.declared, page);
    if (!editing) this.show(this.text);
    const problem = page.now.problems[path] ?? "";
    write(this.problem, problem ? `▲ ${problem}` : "");
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    const fresh = held ? JSON.stringify([held.mine, page.value(path)]) : "";
    if ((this.conflict.dataset.shows ?? "") === fresh) return;
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

/* A native control for a declared field. */
function makeControl(id, declared, page, more) {
  const attributes = { id, [SUPPRESS]: "true", ...more };
  let input;
  if (declared.control === "long") input = h("textarea", { ...attributes, rows: 2 });
  else if (declared.control === "select") input = h("select", attributes);
  else input = h("input", { ...attributes, type: "text", autocomplete: "off", inputmode: declared.number ? "decimal" : null });
  if (declared.number) input.classList.add("rdf-number");
  refreshControl(input, declared, page);
  return input;
}

function refreshControl(input, declared, page) {
  if (declared.control !== "select") return;
  const rows = declared.list ? page.listed(declared.list) : declared.choices;
  const fresh = JSON.stringify(rows.map(([value, label]) => [value, label]));
  if (input.dataset.shows === fresh) return;
  const value = input.value;
  input.dataset.shows = fresh;
  const all = [["", page.words.choose_one], ...rows];
  input.replaceChildren(...all.map(([option, label]) => h("option", { value: option }, label)));
  writeControl(input, value, page.words);
}

/* An answer that is none of the choices stays to be seen, as it stands in the file. */
function writeControl(input, value, words) {
  if (input.tagName === "SELECT" && value && ![...input.options].some((option) => option.value === value)) {
    input.append(h("option", { value }, fill(words.as_written, { text: value })));
  }
  input.value = value;
}

class GraphView extends Page {
  constructor(model, el) {
    super(model);
    const { words } = this;
    this.fixed = model.get("fixed");
    this.places = new Map(); // every answer that was shown or changed, by its path
    this.shown = ""; // the drawing that is on the page
    this.graph = this.now.shown;
    this.step = this.fixed.steps[0].key;
    this.selected = null; // {kind: "node" | "link" | "head", id}
    this.linking = null; // the id of the box from which a link is being drawn
    this.asking = null; // {n, done} of the last message that asks for the focus
    const title = model.get("title");
    const [headingId, howId] = [uid(), uid()];
    this.howId = howId;
    this.which = h("div", { class: "rdg-which" });
    this.steps = h("ol", { class: "rdg-steps", "aria-label": words.steps });
    this.how = h("p", { class: "rdg-how" });
    this.adding = h("form", { class: "rdg-add" });
    this.key = h("p", { class: "rdf-help rd rdg-key" });
    this.readout = h("p", { class: "rdg-readout", role: "status", "aria-live": "polite" });
    this.undo = h("p", { class: "rdg-undo", hidden: true });
    this.stage = h("div", { class: "rdg-stage" });
    this.side = h("div", { class: "rdg-side" });
    this.grouped = h("p", { class: "rdg-grouped", hidden: true }, `◐ ${words.grouped}`);
    this.gone = h("p", { class: "rdf-gone", hidden: true }, words.gone);
    const listed = this.fixed.keys.map(([key, does]) => h("tr", {}, h("th", { scope: "row" }, key), h("td", {}, does)));
    const keys = h("table", { class: "rdg-keys" }, h("tbody", {}, ...listed));
    this.main = h(
      "div",
      { class: "rdg-main" },
      h("p", { class: "rdf-help", id: howId }, this.fixed.how),
      this.steps,
      h("div", { class: "rdg-panel" }, this.how, this.adding),
      this.grouped,
      this.readout,
      this.undo,
      this.stage,
      this.key,
      this.side,
      h("details", {}, h("summary", { [SUPPRESS]: "true" }, words.keys), keys),
    );
    this.root = h(
      title ? "section" : "div",
      { class: "rdf rdg", lang: model.get("lang"), "aria-labelledby": title ? headingId : null },
      h("style", {}, model.get("look")),
      title ? h("h3", { id: headingId, class: "rdf-name" }, title) : null,
      this.gone,
      this.which,
      this.main,
      this.bar,
    );
    el.append(this.root);
    this.stage.addEventListener("pointerdown", (event) => this.press(event));
    this.stage.addEventListener("keydown", (event) => this.steer(event));
    this.stage.addEventListener("focusin", (event) => this.arrive(event));
    this.adding.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.drawStep();
    this.update();
    this.begin();
  }

  get answers() {
    return this.places.values();
  }

  /* --- what is there ------------------------------------------------------------------------------------------------ */

  rows(kind) {
    return { node: this.now.nodes, link: this.now.links, head: this.now.columns }[kind];
  }

  row({ kind, id }) {
    return this.rows(kind).find((row) => row.id === id);
  }

  table(kind) {
    return this.fixed[{ node: "nodes", link: "links", head: "columns" }[kind]];
  }

  node(id) {
    return this.now.nodes.find((row) => row.id === id);
  }

  /* What to call a row: as it was just typed, which Python may not know yet. */
  nameOf(kind, row) {
    if (kind === "link") return row.says;
    return row.name || this.words.unnamed;
  }

  says(kind, row) {
    if (kind !== "head") return row.says;
    return fill(this.words.selected, { one: this.fixed.tables[this.fixed.columns].one, name: this.nameOf(kind, row) });
  }

  /* The field of a box that says where it stands. */
  get placedBy() {
    return this.fixed.parent || this.fixed.column;
  }

  /* In a tree: the boxes that hang on a box, in their order; those that hang on nothing that is there, for none. */
  branches(id) {
    return this.now.nodes.filter((row) => this.over(row) === id);
  }

  over(row) {
    return row.parent && this.node(row.parent) ? row.parent : "";
  }

  /* Everything that hangs on a box, near or far. */
  hanging(id, found = new Set()) {
    for (const row of this.branches(id)) {
      if (found.has(row.id)) continue;
      found.add(row.id);
      this.hanging(row.id, found);
    }
    return found;
  }

  /* The column of a box as the reader has just chosen it. */
  columnOf(row) {
    const answer = this.places.get(`${row.path}/${this.fixed.column}`);
    return answer?.pending ? answer.pending.value : row.column;
  }

  /* The choices of a field that points into a table of this graph: [id, name]. */
  listed(table) {
    const kind = KINDS.find((each) => this.table(each) === table);
    return this.rows(kind).map((row) => [row.id, this.nameOf(kind, row)]);
  }

  answer(path, declared) {
    if (!this.places.has(path)) this.places.set(path, new FieldAnswer(this, path, declared));
    return this.places.get(path);
  }

  /* The declaration of the field at a path of the graph that is shown; undefined for any other path. */
  declaredAt(path) {
    const [table, , name] = path.split("/").slice(-3);
    return path in this.now.values ? this.fixed.tables[table]?.fields[name] : undefined;
  }

  /* --- following Python ------------------------------------------------------------------------------------------- */

  follow() {
    const ack = this.hear();
    if (this.waiting.size === 0) this.removed = null;
    this.update();
    if (ack?.focus && this.asking && ack.focus.n === this.asking.n) {
      const { done } = this.asking;
      this.asking = null;
      done(ack.focus.path);
    }
  }

  takeUp() {
    for (const path of this.keep.paths()) {
      const [entry, declared] = [this.keep.get(path), this.declaredAt(path)];
      if (!entry || !declared || this.places.get(path)?.pending) continue;
      const answer = this.answer(path, declared);
      if (same(entry.value, answer.plan)) this.keep.drop(path, entry.value);
      else if (entry.tab !== this.keep.tab && Date.now() - entry.at < OTHERS_TYPING) {
        clearTimeout(this.later);
        this.later = setTimeout(() => this.takeUp(), OTHERS_TYPING);
      } else answer.takeUp(entry);
    }
  }

  update() {
    const { now } = this;
    this.gone.hidden = !now.gone;
    if (now.shown !== this.graph) {
      this.graph = now.shown;
      this.flush();
      for (const answer of this.answers) answer.drop();
      this.places.clear();
      this.select(null);
      this.linking = null;
      this.takeUp();
    }
    this.main.hidden = now.gone || !now.shown;
    this.grouped.hidden = now.whole;
    if (this.selected && !this.row(this.selected)) this.select(null);
    for (const [path, answer] of this.places) {
      if (!(path in now.values) && !answer.pending) this.places.delete(path);
    }
    for (const answer of this.answers) answer.update();
    this.refreshAsked();
    this.drawWhich();
    this.drawSteps();
    this.drawUndo();
    this.redraw();
    this.drawSide();
    this.showStatus();
  }

  /* --- which graph, which step ------------------------------------------------------------------------------------ */

  drawWhich() {
    const { now, words, fixed } = this;
    this.which.hidden = now.gone;
    const fresh = JSON.stringify([now.graphs, now.shown]);
    if (this.which.dataset.shows === fresh) return;
    const active = this.which.contains(document.activeElement) ? document.activeElement.tagName : null;
    const typed = this.which.querySelector("input")?.value ?? "";
    this.which.dataset.shows = fresh;
    const [selectId, inputId] = [uid(), uid()];
    const parts = [];
    if (now.graphs.length > 1) {
      const options = now.graphs.map(([value, name]) => h("option", { value }, name || words.unnamed));
      const select = h("select", { id: selectId, [SUPPRESS]: "true" }, ...options);
      select.value = now.shown;
      select.addEventListener("change", () => this.send("open", { path: "", row: select.value }));
      parts.push(h("p", {}, h("label", { class: "rdf-label", for: selectId }, words.which), select));
    }
    const input = h("input", { id: inputId, type: "text", autocomplete: "off", [SUPPRESS]: "true" });
    input.value = typed;
    const button = h("button", { type: "submit", [SUPPRESS]: "true" }, words.begin);
    const form = h("form", {}, h("label", { class: "rdf-label", for: inputId }, fixed.begin), input, " ", button);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (!input.value.trim()) return input.focus();
      const begun = input.value;
      this.ask("begin", { path: "", name: begun }, () => {
        const field = this.which.querySelector("input");
        if (field.value === begun) field.value = "";
        this.openStep(fixed.steps[0].key);
        this.adding.querySelector("input")?.focus();
      });
    });
    parts.push(now.graphs.length ? h("details", {}, h("summary", { [SUPPRESS]: "true" }, words.another), form) : form);
    this.which.replaceChildren(...parts);
    if (active) this.which.querySelector(active.toLowerCase())?.focus();
  }

  drawSteps() {
    const { fixed, now, words } = this;
    const fresh = JSON.stringify([now.states, this.step]);
    if (this.steps.dataset.shows === fresh) return;
    const active = this.steps.contains(document.activeElement) ? document.activeElement.dataset.step : null;
    this.steps.dataset.shows = fresh;
    const items = fixed.steps.map((step, place) => {
      const state = now.states[place];
      const name = fill(words.step, { n: place + 1, title: step.title });
      const says = state ? h("span", { class: "rdg-state" }, `${state.done ? "●" : "–"} ${state.says}`) : null;
      const attributes = { type: "button", "data-step": step.key, [SUPPRESS]: "true", onclick: () => this.openStep(step.key) };
      if (step.key === this.step) attributes["aria-current"] = "step";
      return h("li", {}, h("button", attributes, h("span", {}, name), says));
    });
    this.steps.replaceChildren(...items);
    if (active) this.steps.querySelector(`[data-step="${active}"]`)?.focus();
  }

  get current() {
    return this.fixed.steps.find((step) => step.key === this.step);
  }

  openStep(key) {
    if (this.step === key) return;
    this.step = key;
    this.drawStep();
    this.drawSteps();
    this.drawSide(true);
  }

  /* What to do in this step, and the fields with which it adds a row. */
  drawStep() {
    const { current, fixed, words } = this;
    write(this.how, current.how);
    this.adding.replaceChildren();
    this.asked = {};
    if (!current.adds) return;
    const { one, fields } = fixed.tables[current.adds];
    for (const name of current.asks) {
      const id = uid();
      const declared = fields[name];
      this.asked[name] = makeControl(id, declared, this, { "data-asks": name });
      this.adding.append(h("div", {}, h("label", { class: "rdf-label", for: id }, declared.label), this.asked[name]));
    }
    const button = h("button", { type: "submit", [SUPPRESS]: "true" }, fill(words.add, { one: one.toLowerCase() }));
    this.adding.append(button);
  }

  /* Offer what there is by now; a choice that is gone is no longer made. */
  refreshAsked() {
    for (const [name, input] of Object.entries(this.asked)) {
      const declared = this.fixed.tables[this.current.adds].fields[name];
      const { value } = input;
      refreshControl(input, declared, this);
      if (declared.list && !this.listed(declared.list).some(([id]) => id === value)) input.value = "";
    }
  }

  add() {
    const { current } = this;
    if (this.waiting.has(this.asking?.n)) return; // the row before this one is not there yet
    const values = Object.fromEntries(Object.entries(this.asked).map(([name, input]) => [name, input.value]));
    const needed = current.adds === this.fixed.links ? [this.fixed.source, this.fixed.target] : [current.asks[0]];
    const missing = needed.find((name) => !values[name].trim());
    if (missing) return this.asked[missing].focus();
    if (current.adds === this.fixed.links && values[this.fixed.source] === values[this.fixed.target]) {
      write(this.readout, this.words.to_itself);
      return this.asked[this.fixed.target].focus();
    }
    const { asked } = this;
    this.ask("add", { path: "", table: current.adds, values }, (path) => {
      const kept = this.placedBy; // the next box often stands in the same place
      if (this.fixed.parent && !values[kept]) this.offer(path.split("/").at(-1)); // or hangs on the trunk just written
      for (const [name, input] of Object.entries(asked)) if (name !== kept && input.value === values[name]) input.value = "";
      this.point(path, { stay: true });
      if (asked === this.asked) asked[current.asks[0]].focus();
    });
  }

  /* Send something that makes or brings back a row; what is to be done when Python says which. */
  ask(what, more, done) {
    const n = this.send(what, more);
    this.asking = { n, done };
  }

  drawUndo() {
    const { now, words } = this;
    const fresh = now.undo ?? "";
    this.undo.hidden = !fresh;
    if (this.undo.dataset.shows === fresh) return;
    this.undo.dataset.shows = fresh;
    const button = h("button", { type: "button", [SUPPRESS]: "true", onclick: () => this.putBack() }, words.undo);
    this.undo.replaceChildren(fresh ? `${fill(words.removed, { name: fresh })} ` : "", fresh ? button : "");
  }

  /* --- the picture ------------------------------------------------------------------------------------------------ */

  redraw() {
    if (this.dragging) return; // the drawing is not taken from under the pointer
    const { now } = this;
    if (now.drawing !== this.shown) {
      const active = this.stage.contains(document.activeElement) ? this.thingAt(document.activeElement) : null;
      const { scrollLeft, scrollTop } = this.stage;
      this.shown = now.drawing;
      this.stage.innerHTML = now.drawing;
      this.key.innerHTML = now.key;
      this.decorate();
      Object.assign(this.stage, { scrollLeft, scrollTop });
      if (this.begunAt !== now.shown) this.showTrunk();
      this.wanted = this.wanted ?? active;
    }
    this.mark();
    if (this.wanted && this.element(this.wanted)) {
      const wanted = this.wanted;
      this.wanted = null;
      this.still = true; // what was said last stays to be read
      this.focusOn(wanted);
      this.still = false;
    }
  }

  /* Begin to look at a high tree at its trunk, once the page shows it: near the top, which is what is seen first. */
  showTrunk() {
    this.begunAt = this.now.shown;
    const trunk = this.fixed.parent && this.now.whole && this.branches("")[0];
    if (!trunk) return;
    const watch = new ResizeObserver(() => {
      const box = this.element({ kind: "node", id: trunk.id })?.getBoundingClientRect();
      if (!this.stage.clientHeight || !box) return;
      watch.disconnect();
      this.stage.scrollTop += box.top + box.height / 2 - this.stage.getBoundingClientRect().top - this.stage.clientHeight / 5;
    });
    watch.observe(this.stage);
  }

  element(thing) {
    return thing ? this.stage.querySelector(`[data-${thing.kind}="${CSS.escape(thing.id)}"][tabindex]`) : null;
  }

  thingAt(target) {
    for (const kind of KINDS) {
      const found = target?.closest?.(`[data-${kind}]`);
      if (found) return { kind, id: found.dataset[kind] };
    }
    return null;
  }

  /* Make the picture something to work with: what is in it can be reached, and says what it is. */
  decorate() {
    const picture = this.stage.firstElementChild;
    if (!picture) return;
    for (const each of picture.querySelectorAll("title, desc")) each.remove();
    picture.setAttribute("role", "application");
    picture.setAttribute("aria-label", this.fixed.name);
    picture.setAttribute("aria-describedby", this.howId);
    if (!this.now.whole) return;
    for (const kind of KINDS) {
      for (const row of this.rows(kind)) {
        const found = [...picture.querySelectorAll(`[data-${kind}="${CSS.escape(row.id)}"]`)];
        const group = found.at(-1); // the name of a column stands above a high drawing as well
        if (!group) continue;
        group.setAttribute("tabindex", "-1");
        group.setAttribute("role", "button");
        group.setAttribute("aria-label", this.says(kind, row));
        group.setAttribute(SUPPRESS, "true");
        if (kind === "link") {
          const way = group.querySelector("path");
          group.append(svg("path", { class: "rdg-hit", d: way.getAttribute("d"), fill: "none" }));
        }
        if (kind === "node" && !this.fixed.parent) {
          const box = measures(group.querySelector("rect"));
          const handle = svg("g", { class: "rdg-handle", "data-handle": row.id });
          const at = { cx: box.x + box.width, cy: box.y + Math.min(box.height - 12, box.height / 2 + 18) };
          handle.append(svg("circle", { ...at, r: 14, class: "rdg-hit-dot" }), svg("circle", { ...at, r: 7, class: "rdg-dot" }));
          group.append(handle);
        }
      }
    }
  }

  /* Show what is selected, from where a link is drawn, and where the Tab key enters. */
  mark() {
    for (const group of this.stage.querySelectorAll("[tabindex]")) {
      const thing = this.thingAt(group);
      const here = this.selected && thing.kind === this.selected.kind && thing.id === this.selected.id;
      group.classList.toggle("rdg-selected", Boolean(here));
      group.classList.toggle("rdg-from", thing.kind === "node" && thing.id === this.linking);
      if (here) group.setAttribute("aria-current", "true");
      else group.removeAttribute("aria-current");
      group.setAttribute("tabindex", "-1");
    }
    for (const kind of ["head", "node"]) {
      const rows = this.rows(kind);
      const chosen = this.selected?.kind === kind ? this.selected.id : this.last?.[kind];
      const entry = this.element({ kind, id: chosen }) ?? (rows.length ? this.element({ kind, id: rows[0].id }) : null);
      entry?.setAttribute("tabindex", "0");
    }
    if (this.selected?.kind === "link") this.element(this.selected)?.setAttribute("tabindex", "0");
  }

  focusOn(thing) {
    const group = this.element(thing);
    if (!group) return;
    group.focus({ preventScroll: true });
    const [box, frame] = [group.getBoundingClientRect(), this.stage.getBoundingClientRect()];
    if (box.left < frame.left || box.right > frame.right) this.stage.scrollLeft += box.left - frame.left - frame.width / 3;
    const [top, bottom] = [Math.max(frame.top, 0), Math.min(frame.bottom, window.innerHeight)];
    if (box.top < top || box.bottom > bottom) group.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  arrive(event) {
    const thing = this.thingAt(event.target);
    if (!thing || !this.row(thing)) return;
    this.select(thing);
    if (this.fixed.parent) this.offer(thing.id);
    if (!this.still) this.announce();
  }

  /* Let the next box stand in this column, or in a tree hang on this box. */
  offer(place) {
    const select = this.asked[this.placedBy];
    if (select && [...select.options].some((option) => option.value === place)) select.value = place;
  }

  announce(more = "") {
    const row = this.selected && this.row(this.selected);
    if (this.linking && this.node(this.linking)) {
      more = fill(this.words.linking, { name: this.nameOf("node", this.node(this.linking)) });
    }
    write(this.readout, [more, row ? `${this.says(this.selected.kind, row)}.` : ""].filter(Boolean).join(" "));
  }

  select(thing) {
    const before = this.selected;
    this.selected = thing;
    if (thing) {
      this.last = { ...this.last, [thing.kind]: thing.id };
      if (!this.current.home.includes(this.table(thing.kind)) && !this.linking) {
        this.openStep(this.fixed.steps.find((step) => step.home.includes(this.table(thing.kind))).key);
      }
    }
    if (before?.kind === thing?.kind && before?.id === thing?.id) return;
    this.mark();
    this.drawSide();
  }

  /* Select the row that Python has just named, and put the focus on it in the picture. */
  point(path, { stay = false } = {}) {
    const [table, id] = path.split("/").slice(-2);
    const kind = KINDS.find((each) => this.table(each) === table);
    const thing = { kind, id };
    this.select(thing);
    if (stay || !this.now.whole) return this.announce();
    this.wanted = thing;
    this.redraw();
  }

  /* --- the fields of what is selected ----------------------------------------------------------------------------- */

  drawSide(anew = false) {
    const { words, fixed, selected, now } = this;
    const row = selected && this.row(selected);
    const names = row ? this.current.fields[this.table(selected.kind)] ?? [] : [];
    const fresh = JSON.stringify([row?.path ?? null, names, row ? this.nameOf(selected.kind, row) : "", now.whole]);
    this.drawChoice();
    if (this.side.dataset.shows === fresh && !anew) return;
    const inside = this.side.contains(document.activeElement) ? document.activeElement : null;
    const known = JSON.parse(this.side.dataset.shows ?? "[]");
    this.side.dataset.shows = fresh;
    if (row && known[0] === row.path && same(known[1], names) && !anew) {
      this.heading.textContent = this.titleOf(row); // only the name has changed: the fields stay as they are
      return;
    }
    const focused = inside?.dataset.path ?? inside?.dataset.does;
    for (const answer of this.answers) {
      answer.flush();
      answer.drop();
    }
    this.side.replaceChildren();
    this.heading = h("h4", { class: "rdg-name", tabindex: "-1" }, row ? this.titleOf(row) : words.none_selected);
    if (!row) this.heading = h("p", { class: "rdf-help" }, words.none_selected);
    this.chooser = h("div", { class: "rdg-choose" });
    this.side.append(this.heading, this.chooser);
    this.drawChoice();
    if (!row) return;
    const table = this.table(selected.kind);
    const fields = names.map((name) => this.answer(`${row.path}/${name}`, fixed.tables[table].fields[name]).draw());
    const button = (does, text, act) =>
      h("button", { type: "button", "data-does": does, [SUPPRESS]: "true", onclick: act }, text);
    const buttons = [];
    if (fixed.parent) {
      for (const how of ["outdent", "indent", "up", "down"]) {
        buttons.push(button(how, words[how], () => this.nestBy(selected.id, how)));
      }
      buttons.push(button("add", words.add_below, () => this.addAt(selected.id)));
    } else if (selected.kind !== "link") {
      buttons.push(button("left", words.to_left, () => this.shift(-1)), button("right", words.to_right, () => this.shift(1)));
    }
    if (selected.kind === "node" && now.whole && !fixed.parent) {
      buttons.push(
        button("link", words.link_from, () => {
          this.startLink(selected.id);
          this.focusOn(selected);
        }),
      );
    }
    buttons.push(button("remove", words.remove, () => this.remove()));
    if (now.whole) buttons.push(button("back", words.back, () => this.focusOn(this.selected)));
    this.side.append(h("div", { class: "rdg-fields" }, ...fields), h("div", { class: "rdf-buttons" }, ...buttons));
    if (focused) {
      this.side.querySelector(`[data-path="${CSS.escape(focused)}"], [data-does="${CSS.escape(focused)}"]`)?.focus();
    }
    this.side.onkeydown = (event) => {
      if (event.key !== "Escape" || !this.now.whole) return;
      event.preventDefault();
      this.focusOn(this.selected);
    };
  }

  titleOf(row) {
    const { kind } = this.selected;
    if (kind === "link") return row.says;
    return fill(this.words.selected, { one: this.fixed.tables[this.table(kind)].one, name: this.nameOf(kind, row) });
  }

  /* The same as clicking in the picture: a list of all that can be selected. */
  drawChoice() {
    const { fixed, now, words } = this;
    if (!this.chooser) return;
    const groups = KINDS.map((kind) => [kind, this.rows(kind)]).filter(([, rows]) => rows.length);
    const chosen = this.selected ? `${this.selected.kind} ${this.selected.id}` : "";
    const fresh = JSON.stringify([groups.map(([kind, rows]) => [kind, rows.map((row) => [row.id, this.nameOf(kind, row)])]), chosen]);
    if (this.chooser.dataset.shows === fresh) return;
    const focused = this.chooser.contains(document.activeElement);
    this.chooser.dataset.shows = fresh;
    const id = uid();
    const select = h("select", { id, "data-does": "select", [SUPPRESS]: "true" }, h("option", { value: "" }, words.choose_one));
    for (const [kind, rows] of groups) {
      const group = h("optgroup", { label: fixed.tables[this.table(kind)].one });
      group.append(...rows.map((row) => h("option", { value: `${kind} ${row.id}` }, this.nameOf(kind, row))));
      select.append(group);
    }
    select.value = chosen;
    select.addEventListener("change", () => {
      const [kind, ...rest] = select.value.split(" ");
      this.select(kind ? { kind, id: rest.join(" ") } : null);
      if (kind && this.fixed.parent) this.offer(this.selected.id);
      this.announce();
    });
    this.chooser.replaceChildren(h("label", { class: "rdf-label", for: id }, words.select), select);
    this.chooser.hidden = !groups.length || now.gone;
    if (focused) select.focus();
  }

  /* --- changing --------------------------------------------------------------------------------------------------- */

  /* Move what is selected one column to the left (-1) or to the right (1). */
  shift(by) {
    const { selected, words } = this;
    const row = this.row(selected);
    const order = this.now.columns.map((column) => column.id);
    if (selected.kind === "head") {
      const place = order.indexOf(selected.id) + by;
      if (place < 0 || place >= order.length) return write(this.readout, words.edge);
      this.ask("order", { path: row.path, by }, () => this.announce());
      return;
    }
    const place = order.indexOf(this.columnOf(row)); // -1 where it stands in none: the first one is next to it
    const to = order[place === -1 ? 0 : place + by];
    if (to === undefined) return write(this.readout, words.edge);
    this.place(selected.id, to);
  }

  place(id, column) {
    const row = this.node(id);
    const path = `${row.path}/${this.fixed.column}`;
    const answer = this.answer(path, this.declaredAt(path));
    if (answer.text !== column) {
      answer.set(column);
      answer.flush();
    }
    const name = this.now.columns.find((each) => each.id === column)?.name;
    write(this.readout, fill(this.words.moved, { name: this.nameOf("node", row), column: name }));
  }

  /* In a tree: move a box with all that hangs on it one level in or out, or past its neighbour. */
  nestBy(id, how) {
    const { words } = this;
    const row = this.node(id);
    const name = this.nameOf("node", row);
    const sisters = this.branches(this.over(row));
    const place = sisters.indexOf(row);
    const over = this.node(this.over(row));
    const refuse = (says) => write(this.readout, fill(says, { name }));
    if (how === "indent") return place > 0 ? this.nest(id, "under", sisters[place - 1].id) : refuse(words.no_further_in);
    if (how === "outdent") return over && this.over(over) ? this.nest(id, "after", over.id) : refuse(words.no_further_out);
    if (how === "up") return place > 0 ? this.nest(id, "before", sisters[place - 1].id) : refuse(words.first);
    return place < sisters.length - 1 ? this.nest(id, "after", sisters[place + 1].id) : refuse(words.last);
  }

  /* Hang a box on another one ("under"), or put it "before" or "after" another one. */
  nest(id, where, other) {
    const { words } = this;
    const row = this.node(id);
    const name = this.nameOf("node", row);
    if (id === other || this.hanging(id).has(other)) return write(this.readout, fill(words.in_itself, { name }));
    const inPicture = this.stage.contains(document.activeElement);
    this.answer(`${row.path}/${this.fixed.parent}`, this.declaredAt(`${row.path}/${this.fixed.parent}`)).flush();
    this.ask("nest", { path: row.path, where, other }, (path) => {
      const moved = this.now.nodes.find((each) => each.path === path);
      if (!moved) return;
      if (inPicture) {
        this.still = true;
        this.focusOn({ kind: "node", id: moved.id });
        this.still = false;
      }
      const sisters = this.branches(this.over(moved));
      const over = this.node(this.over(moved));
      const said = { name, over: over ? this.nameOf("node", over) : words.nothing, n: sisters.indexOf(moved) + 1, all: sisters.length };
      write(this.readout, fill(words.nested, said));
    });
  }

  remove() {
    const { selected } = this;
    const row = this.row(selected);
    if (!row) return;
    const tree = Boolean(this.fixed.parent);
    const rows = tree ? this.branches(this.over(row)) : this.rows(selected.kind);
    const next = rows[rows.indexOf(row) + 1] ?? rows[rows.indexOf(row) - 1] ?? (tree ? this.node(this.over(row)) : undefined);
    const name = this.nameOf(selected.kind, row);
    const more = tree ? this.hanging(row.id).size : 0;
    const fromLink = selected.kind === "link" ? { kind: "node", id: row.source } : null;
    const inPicture = this.stage.contains(document.activeElement);
    const after = fromLink && this.row(fromLink) ? fromLink : next ? { kind: selected.kind, id: next.id } : null;
    this.send("remove", { path: row.path });
    this.removed = name; // until Python says so itself
    this.select(after);
    if (inPicture && after) this.focusOn(after);
    if (!inPicture) this.side.querySelector("select")?.focus();
    write(this.readout, more ? fill(this.words.removed_all, { name, n: more }) : fill(this.words.removed, { name }));
  }

  putBack() {
    const name = this.removed ?? this.now.undo;
    if (!name) return;
    this.removed = null;
    this.ask("undo", { path: "" }, (path) => {
      this.point(path);
      write(this.readout, fill(this.words.put_back, { name }));
    });
  }

  startLink(id) {
    this.linking = id;
    this.mark();
    this.announce();
  }

  stopLink() {
    if (!this.linking) return;
    this.linking = null;
    this.mark();
    write(this.readout, this.words.no_linking);
  }

  /* Draw a link from one box to another. */
  link(source, target) {
    this.linking = null;
    this.mark();
    const [from, to] = [this.node(source), this.node(target)];
    if (!from || !to) return;
    if (source === target) return write(this.readout, this.words.to_itself);
    const names = { source: this.nameOf("node", from), target: this.nameOf("node", to) };
    const before = new Set(this.now.links.map((row) => row.path));
    this.ask("link", { path: "", source, target }, (path) => {
      this.openStep(this.fixed.steps.find((step) => step.adds === this.fixed.links).key);
      this.point(path);
      write(this.readout, fill(before.has(path) ? this.words.linked_already : this.words.linked, names));
    });
  }

  /* --- keys ------------------------------------------------------------------------------------------------------- */

  steer(event) {
    const thing = this.thingAt(event.target);
    if (!thing || event.ctrlKey || event.metaKey || event.altKey || !this.row(thing)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const act = this.actOf(thing, key, event.shiftKey);
    if (!act) return;
    event.preventDefault();
    act();
  }

  actOf(thing, key, shift) {
    const { kind, id } = thing;
    if (this.fixed.parent && kind === "node") {
      const how = { ArrowLeft: "outdent", ArrowRight: "indent", ArrowUp: "up", ArrowDown: "down" }[key];
      if (shift) return how ? () => this.nestBy(id, how) : null;
      if (key === "a") return () => this.addAt(id);
      if (key === "b") return () => this.addAt(this.over(this.node(id)));
      if (key === "l" || key === "k") return null;
      if (how === "outdent") return () => this.go(this.node(this.over(this.node(id))) && { kind, id: this.over(this.node(id)) });
      if (how === "indent") return () => this.go(this.branches(id)[0] && { kind, id: this.branches(id)[0].id });
    }
    const sideways = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (shift && sideways && kind !== "link") return () => this.shift(sideways);
    if (shift) return null;
    if (kind === "node" && this.linking) {
      if (key === "Enter" || key === " ") return () => this.link(this.linking, id);
      if (key === "Escape") return () => this.stopLink();
    }
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1], Home: [0, 0], End: [0, 0] }[key];
    if (step) return () => this.go(this.beside(thing, key, ...step));
    if (key === "Enter" || key === " ") return () => this.side.querySelector(".rdg-fields :is(input, select, textarea)")?.focus();
    if (key === "Delete" || key === "Backspace") return () => this.remove();
    if (key === "u") return () => this.putBack();
    if (key === "a" && kind !== "link") return () => this.addAt(kind === "head" ? id : this.columnOf(this.node(id)));
    if (key === "l" && kind === "node") return () => this.startLink(id);
    if (key === "k" && kind !== "head") return () => this.toLinks(thing);
    if (key === "Escape" && kind === "link") return () => this.go({ kind: "node", id: this.came ?? this.row(thing).source });
    return null;
  }

  go(thing) {
    if (thing) this.focusOn(thing);
  }

  /* What lies next to something in the picture, in the direction of an arrow key. */
  beside(thing, key, across, down) {
    const { kind, id } = thing;
    if (kind === "head") return this.beyond(this.now.columns, id, key, across + down, kind);
    if (kind === "link") {
      const { source, target } = this.row(thing);
      if (across) return { kind: "node", id: across < 0 ? source : target };
      return this.beyond(this.linksOf(this.came ?? source), id, key, down, kind);
    }
    const order = this.now.columns.map((column) => column.id);
    const placeOf = (row) => (this.fixed.parent ? this.depth(row) : order.indexOf(row.column));
    const middle = (row) => {
      const box = measures(this.element({ kind: "node", id: row.id }).querySelector("rect"));
      return box.y + box.height / 2;
    };
    const here = this.node(id);
    if (!across) {
      const column = this.now.nodes.filter((row) => placeOf(row) === placeOf(here)).sort((a, b) => middle(a) - middle(b));
      return this.beyond(column, id, key, down, kind);
    }
    const onThatSide = this.now.nodes.filter((row) => (placeOf(row) - placeOf(here)) * across > 0);
    const [mine, theirs] = across > 0 ? ["source", "target"] : ["target", "source"];
    const tied = new Set(this.now.links.filter((link) => link[mine] === id).map((link) => link[theirs]));
    const linked = onThatSide.filter((row) => tied.has(row.id));
    const from = linked.length ? linked : onThatSide;
    const far = (row) => Math.abs(placeOf(row) - placeOf(here)) * 10000 + Math.abs(middle(row) - middle(here));
    const next = [...from].sort((a, b) => far(a) - far(b))[0];
    return next ? { kind, id: next.id } : null;
  }

  depth(row) {
    return Number(this.element({ kind: "node", id: row.id })?.dataset.column.split("-").at(-1));
  }

  beyond(rows, id, key, by, kind) {
    const place = rows.findIndex((row) => row.id === id);
    const to = key === "Home" ? rows[0] : key === "End" ? rows.at(-1) : rows[place + by];
    return to ? { kind, id: to.id } : null;
  }

  linksOf(id) {
    return this.now.links.filter((link) => (link.source === id || link.target === id) && this.element({ kind: "link", id: link.id }));
  }

  /* From a box to its first link, from a link to the next one of the same box. */
  toLinks(thing) {
    if (thing.kind === "node") this.came = thing.id;
    const links = this.linksOf(this.came ?? this.row(thing).source);
    if (!links.length) return write(this.readout, fill(this.words.no_links, { name: this.nameOf("node", this.node(thing.id)) }));
    const place = thing.kind === "link" ? links.findIndex((link) => link.id === thing.id) + 1 : 0;
    this.go({ kind: "link", id: links[place % links.length].id });
  }

  addAt(column) {
    this.openStep(this.fixed.steps.find((step) => step.adds === this.fixed.nodes).key);
    this.offer(column);
    this.adding.querySelector("input")?.focus();
  }

  /* --- mouse and finger ------------------------------------------------------------------------------------------- */

  press(event) {
    const thing = this.thingAt(event.target);
    if (!thing || event.button !== 0 || this.dragging || !this.now.whole || !this.row(thing)) return;
    event.preventDefault(); // no text is selected on the way
    const handle = event.target.closest("[data-handle]");
    if (this.linking && thing.kind === "node" && !handle && thing.id !== this.linking) return this.link(this.linking, thing.id);
    this.focusOn(thing);
    if (thing.kind !== "node") return;
    const group = this.element(thing);
    const drag = { id: thing.id, group, handle: Boolean(handle), from: this.at(event), moved: false, over: null };
    this.dragging = drag;
    const abort = new AbortController();
    const { signal } = abort;
    const finish = (keep) => {
      abort.abort();
      this.dragging = null;
      group.removeAttribute("transform");
      drag.line?.remove();
      for (const each of this.stage.querySelectorAll(".rdg-over")) each.classList.remove("rdg-over");
      if (keep && drag.moved && drag.over) {
        if (this.fixed.parent) this.nest(drag.id, drag.over.where, drag.over.id);
        else if (drag.handle) this.link(drag.id, drag.over);
        else this.place(drag.id, drag.over);
      } else if (drag.moved) this.announce();
      this.redraw();
    };
    const move = (e) => {
      if (e.pointerId !== event.pointerId) return;
      const at = this.at(e);
      if (!drag.moved && Math.hypot(at.x - drag.from.x, at.y - drag.from.y) < DRAG) return;
      drag.moved = true;
      if (this.fixed.parent) this.carryOver(drag, at, e);
      else if (drag.handle) this.stretch(drag, at, e);
      else this.carry(drag, at);
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

  /* Where the pointer is, in the drawing's own measure. */
  at(event) {
    const inner = this.stage.querySelector("svg > g");
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(inner.getScreenCTM().inverse());
  }

  /* A box follows the pointer; the column under it is where it would stand. */
  carry(drag, at) {
    drag.group.setAttribute("transform", `translate(${at.x - drag.from.x} ${at.y - drag.from.y})`);
    drag.over = null;
    for (const ground of this.stage.querySelectorAll("[data-level]")) {
      const { x, width } = measures(ground);
      const over = at.x >= x && at.x <= x + width && this.now.columns.some((column) => column.id === ground.dataset.level);
      ground.classList.toggle("rdg-over", over);
      if (over) drag.over = ground.dataset.level;
    }
    const name = this.now.columns.find((column) => column.id === drag.over)?.name;
    if (name) write(this.readout, fill(this.words.moved, { name: this.nameOf("node", this.node(drag.id)), column: name }));
  }

  /* In a tree: a box follows the pointer; what lies under it is where it would hang, or what it would stand next to. */
  carryOver(drag, at, event) {
    drag.group.setAttribute("transform", `translate(${at.x - drag.from.x} ${at.y - drag.from.y})`);
    const under = document.elementsFromPoint(event.clientX, event.clientY).map((node) => node.closest?.("[data-node]"));
    const target = under.find((node) => node && this.stage.contains(node) && node !== drag.group);
    for (const each of this.stage.querySelectorAll("[data-node]")) each.classList.toggle("rdg-over", each === target);
    drag.line?.remove();
    drag.line = null;
    drag.over = null;
    if (!target || !this.node(target.dataset.node)) return;
    const { x, y, width, height } = measures(target.querySelector("rect"));
    const share = (at.y - y) / height;
    const beside = this.over(this.node(target.dataset.node)) !== ""; // nothing stands next to the trunk
    const where = beside && share < 0.25 ? "before" : beside && share > 0.75 ? "after" : "under";
    drag.over = { id: target.dataset.node, where };
    if (where === "under") return;
    const edge = where === "before" ? y - 6 : y + height + 6;
    drag.line = svg("path", { class: "rdg-line", fill: "none", d: `M${x} ${edge}H${x + width}` });
    this.stage.querySelector("svg > g").append(drag.line);
  }

  /* A line follows the pointer from the handle of a box; the box under it is where the link would lead. */
  stretch(drag, at, event) {
    if (!drag.line) {
      drag.line = svg("path", { class: "rdg-line", fill: "none" });
      this.stage.querySelector("svg > g").append(drag.line);
    }
    const start = drag.group.querySelector(".rdg-dot");
    drag.line.setAttribute("d", `M${start.cx.baseVal.value} ${start.cy.baseVal.value}L${at.x} ${at.y}`);
    const under = document.elementsFromPoint(event.clientX, event.clientY).map((node) => node.closest?.("[data-node]"));
    const target = under.find((node) => node && this.stage.contains(node) && node.dataset.node !== drag.id);
    for (const each of this.stage.querySelectorAll("[data-node]")) each.classList.toggle("rdg-over", each === target);
    drag.over = target?.dataset.node ?? null;
  }
}

export default {
  render({ model, el }) {
    const view = new GraphView(model, el);
    return () => view.leave();
  },
};
