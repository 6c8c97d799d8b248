/* The page's side of the Form (form.py). It shows what Python says, in place, and sends back what is typed.
 *
 * What it shares with the other surfaces stands in page.js, which is put before it. Texts of people only ever become
 * text nodes, never markup.
 */

/* --- controls: each is {box, inputs, read(), write(value), label} ------------------------------------------------ */

function textControl(declared, id, { list, long, wraps, mode }) {
  const input = long
    ? h("textarea", { id, rows: wraps ? 1 : 2, [SUPPRESS]: "true" })
    : h("input", { id, type: "text", autocomplete: "off", inputmode: mode, list, [SUPPRESS]: "true" });
  if (mode) input.classList.add("rdf-number");
  const asLines = declared.control === "lines";
  const grow = () => {
    if (!long || CSS.supports("field-sizing", "content")) return;
    input.style.height = "auto";
    if (input.scrollHeight) input.style.height = `${input.scrollHeight + 2}px`;
  };
  if (long) input.addEventListener("input", grow);
  if (wraps) {
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing) event.preventDefault(); // it wraps, but is still one line
    });
  }
  return {
    box: input,
    inputs: [input],
    labelled: input,
    read: () => (asLines ? lines(input.value) : input.value),
    write(value) {
      const text = Array.isArray(value) ? value.join("\n") : value;
      if (input.value !== text) input.value = text;
      grow();
    },
    fits: (value) => long || !String(value).includes("\n"),
  };
}

function selectControl(declared, id, words, options) {
  const input = h("select", { id, [SUPPRESS]: "true" });
  const descriptor = h("p", { class: "rdf-descriptor", id: `${id}-descriptor` });
  let known = null;
  let stored = ""; // as it stands in the file, which may be another spelling of one of the options
  let stands = "";
  const build = () => {
    const choices = options();
    const fresh = JSON.stringify([choices, stored, stands]);
    if (fresh === known) return;
    known = fresh;
    const chosen = stands || stored;
    const all = [{ value: "", label: words.choose_one }, ...choices];
    if (chosen && !all.some((c) => c.value === chosen)) {
      all.push({ value: chosen, label: fill(words.as_written, { text: chosen }) });
    }
    input.replaceChildren(...all.map((c) => h("option", { value: c.value }, c.label)));
    input.value = chosen;
  };
  const describe = () => write(descriptor, options().find((c) => c.value === input.value)?.describes ?? "");
  input.addEventListener("change", describe);
  return {
    box: h("div", {}, input, descriptor),
    inputs: [input],
    labelled: input,
    extra: descriptor.id,
    read: () => (input.value === (stands || stored) ? stored : input.value),
    write(value, standsFor) {
      stored = String(value);
      stands = standsFor ?? "";
      build();
      input.value = stands || stored;
      describe();
    },
    refresh() {
      const value = input.value;
      build();
      input.value = value;
      describe();
    },
    fits: () => true,
  };
}

function radioControl(declared, id, words) {
  const box = h("div", { class: "rdf-radios" });
  const name = uid();
  const shapes = ["▲", "◆", "◐", "●"];
  let stored = "";
  let stands = "";
  let extra = null;
  const option = (choice, place) => {
    const own = `${id}-${place}`;
    const radio = h("input", { type: "radio", id: own, name, value: choice.value, [SUPPRESS]: "true" });
    const describes = choice.describes ? h("span", { class: "rdf-describes", id: `${own}-d` }, choice.describes) : null;
    if (describes) radio.setAttribute("aria-describedby", describes.id);
    const mark = declared.rating && choice.value ? `${shapes[choice.value - 1] ?? ""} ${choice.value} ` : "";
    const node = h("div", { class: "rdf-option" }, radio, h("label", { for: own }, mark + choice.label), describes);
    if (declared.rating && choice.value) node.classList.add(`rdf-rating-${choice.value}`);
    return node;
  };
  const choices = [...declared.choices, { value: "", label: declared.rating ? words.unrated : words.unanswered }];
  box.append(...choices.map(option));
  const inputs = [...box.querySelectorAll("input")];
  return {
    box,
    inputs,
    group: true,
    read() {
      const chosen = [...box.querySelectorAll("input")].find((radio) => radio.checked)?.value ?? "";
      return chosen === (stands || stored) ? stored : chosen;
    },
    write(value, standsFor) {
      stored = String(value);
      stands = standsFor ?? "";
      const chosen = stands || stored;
      if (extra && extra.value !== chosen) {
        extra.node.remove();
        extra = null;
      }
      if (!choices.some((c) => c.value === chosen) && !extra) {
        const label = fill(words.as_written, { text: chosen });
        extra = { value: chosen, node: option({ value: chosen, label }, "x") };
        box.append(extra.node);
      }
      for (const radio of box.querySelectorAll("input")) radio.checked = radio.value === chosen;
    },
    fits: () => true,
  };
}

/* A tick for each row of another table; what points at a row that is gone stays to be seen, and can be unticked. */
function checksControl(id, words, options) {
  const box = h("div", { class: "rdf-checks" });
  let known = null;
  let stored = [];
  const build = () => {
    const choices = options();
    const gone = stored.filter((value) => !choices.some((c) => c.value === value));
    const fresh = JSON.stringify([choices, gone]);
    if (fresh === known) return;
    known = fresh;
    const all = [...choices, ...gone.map((value) => ({ value, label: fill(words.no_longer, { text: value }) }))];
    box.replaceChildren(
      ...all.map((choice, place) => {
        const input = h("input", { type: "checkbox", id: `${id}-${place}`, value: choice.value, [SUPPRESS]: "true" });
        return h("div", { class: "rdf-option" }, input, h("label", { for: input.id }, choice.label));
      }),
    );
    if (!all.length) box.append(h("p", { class: "rdf-help" }, words.none_to_tick));
  };
  const inputs = () => [...box.querySelectorAll("input")];
  const read = () => {
    const chosen = inputs().filter((input) => input.checked).map((input) => input.value);
    return [...stored.filter((value) => chosen.includes(value)), ...chosen.filter((value) => !stored.includes(value))];
  };
  const tick = (values) => inputs().forEach((input) => (input.checked = values.includes(input.value)));
  return {
    box,
    get inputs() {
      return inputs();
    },
    group: true,
    many: true,
    read,
    write(value) {
      stored = Array.isArray(value) ? value : [value].filter(Boolean);
      build();
      tick(stored);
    },
    refresh() {
      const focused = box.contains(document.activeElement) ? document.activeElement.value : null;
      const values = read();
      build();
      tick(values);
      if (focused !== null) inputs().find((input) => input.value === focused)?.focus();
    },
    fits: () => true,
  };
}

function peopleControl(declared, id, words, list) {
  const box = h("div", { class: "rdf-people" });
  const one = (text) => {
    const place = box.children.length + 1;
    const input = h("input", {
      id: place === 1 ? id : `${id}-${place}`,
      type: "text",
      autocomplete: "off",
      list,
      "aria-label": place === 1 ? null : fill(words.another, { label: declared.label, n: place }),
      [SUPPRESS]: "true",
    });
    input.value = text;
    box.append(input);
    return input;
  };
  const room = () => {
    if (!box.lastElementChild || box.lastElementChild.value.trim()) one("");
  };
  box.addEventListener("input", room);
  room();
  const read = () => [...box.children].map((input) => input.value).filter((text) => text.trim());
  return {
    box,
    get inputs() {
      return [...box.children];
    },
    labelled: box,
    read,
    write(value) {
      if (same(read(), value)) return;
      value.forEach((text, place) => {
        if (box.children[place]) box.children[place].value = text;
        else one(text);
      });
      while (box.children.length > Math.max(value.length, 1)) box.lastElementChild.remove();
      if (!value.length && box.children.length) box.firstElementChild.value = "";
      room();
    },
    fits: () => true,
  };
}

/* --- one field ---------------------------------------------------------------------------------------------------- */

class FieldView extends Answer {
  constructor(form, node, inTable, rowName) {
    super(form, node.path);
    this.form = form;
    this.node = node;
    this.declared = form.model.get("declared")[node.declared];
    this.inTable = inTable;
    this.rowName = rowName;
    this.typed = -Infinity; // when the last key was pressed in it
    this.id = uid();
    this.control = this.makeControl();
    this.build();
    this.control.write(this.plan, form.now.stands_for[this.path]);
  }

  makeControl() {
    const { form, declared, id, node } = this;
    const words = form.words;
    let kind = declared.control;
    if (this.inTable && kind === "radio") kind = "select";
    if (kind === "select") {
      const options = node.list
        ? () => (form.now.lists[node.list] ?? []).map(([value, label]) => ({ value, label }))
        : () => declared.choices;
      return selectControl(declared, id, words, options);
    }
    if (kind === "radio") return radioControl(declared, id, words);
    if (kind === "checks") {
      const own = (value) => this.path.startsWith(`${node.list}/${value}/`); // a row does not point at itself
      const rows = () => (form.now.lists[node.list] ?? []).map(([value, label]) => ({ value, label }));
      return checksControl(id, words, () => rows().filter((row) => !own(row.value)));
    }
    if (kind === "people") return peopleControl(declared, id, words, form.peopleId);
    const wraps = this.inTable && kind === "text";
    const long = wraps || ["long", "lines"].includes(kind) || (kind === "text" && String(this.plan).includes("\n"));
    return textControl(declared, id, {
      long,
      wraps,
      list: kind === "person" ? form.peopleId : null,
      mode: kind === "number" ? "decimal" : null,
    });
  }

  build() {
    const { id, declared, form, control } = this;
    const words = form.words;
    const part = (name) => h("div", { class: `rdf-${name}`, id: `${id}-${name}` });
    this.problem = part("problem");
    this.findings = part("findings");
    this.conflict = part("conflict");
    this.hint = h("span", { class: "rdf-hint", id: `${id}-hint` });
    this.unit = h("span", { class: "rdf-unit", id: `${id}-unit` });
    const described = [`${id}-unit`, `${id}-hint`, control.extra, `${id}-problem`, `${id}-findings`];
    const answer = h("div", { class: "rdf-answer" }, control.box, this.unit, this.hint);
    if (this.inTable) {
      const label = h("label", { for: id, class: "rdf-hidden" }, fill(words.place, { label: declared.label, n: this.rowName }));
      this.label = label;
      if (control.many) {
        label.id = `${id}-label`;
        control.box.setAttribute("role", "group");
        control.box.setAttribute("aria-labelledby", label.id);
      }
      this.root = h("div", { class: "rdf-field rdf-cell" }, label, answer, this.problem, this.conflict, this.findings);
    } else {
      const help = h("p", { class: "rdf-help", id: `${id}-help` }, declared.help);
      const example = declared.example
        ? h("p", { class: "rdf-example", id: `${id}-example` }, fill(words.example, { text: declared.example }))
        : null;
      described.unshift(`${id}-help`, ...(example ? [`${id}-example`] : []));
      const main = h("div", { class: "rdf-main" });
      if (control.group || declared.control === "people") {
        const legend = h("legend", { class: "rdf-label" }, declared.label);
        const hidden =
          declared.control === "people" ? h("label", { for: id, class: "rdf-hidden" }, declared.label) : null;
        main.append(h("fieldset", { class: "rdf-one" }, legend, hidden, help, example ?? "", answer, this.problem, this.conflict));
      } else {
        const label = h("label", { for: id, class: "rdf-label" }, declared.label);
        main.append(label, help, example ?? "", answer, this.problem, this.conflict);
      }
      this.root = h("div", { class: "rdf-field" }, main, this.findings);
    }
    this.root.dataset.path = this.path;
    const group = this.root.querySelector("fieldset");
    if (control.group && group && !control.many) group.setAttribute("role", "radiogroup");
    this.marked = control.group ? group : null; // where aria-invalid stands: on the group of radios, else on the input
    (group ?? (control.many ? control.box : control.inputs[0])).setAttribute("aria-describedby", described.filter(Boolean).join(" "));

    this.root.addEventListener("input", (event) => this.isOwn(event) && this.onInput());
    this.root.addEventListener("change", (event) => this.isOwn(event) && this.flush());
    this.root.addEventListener("focusout", (event) => this.isOwn(event) && this.onBlur());
  }

  isOwn(event) {
    return this.control.box.contains(event.target) || this.control.box === event.target;
  }

  get editing() {
    return Date.now() - this.typed < STILL_TYPING && this.control.inputs.includes(document.activeElement);
  }

  focus() {
    const { inputs, group } = this.control;
    ((group && inputs.find((input) => input.checked)) || inputs[0])?.focus();
  }

  onInput() {
    this.typed = Date.now();
    this.change(this.control.read());
  }

  onBlur() {
    this.flush();
    this.typed = -Infinity;
    queueMicrotask(() => this.update());
  }

  show(value) {
    this.control.write(value);
  }

  settle(keepMine) {
    if (!keepMine) this.typed = -Infinity;
    this.decide(keepMine ? this.control.read() : null);
    if (!keepMine) this.control.write(this.plan, this.form.now.stands_for[this.path]);
    this.focus();
  }

  update() {
    const { form, path, control } = this;
    const now = form.now;
    if (!(path in now.values)) return;
    const value = now.values[path];
    const held = now.conflicts[path];
    if (!this.pending && !this.editing) {
      if (held && !same(control.read(), held.mine)) {
        this.pending = { value: held.mine, bases: [], sent: -1, sentValue: held.mine }; // another page sent it
        control.write(held.mine);
      } else if (!held && !same(control.read(), value)) {
        if (!control.fits(value)) this.rebuild();
        control.write(value, now.stands_for[path]);
      }
      this.plan = value;
    } else if (!this.pending && !same(control.read(), value)) {
      clearTimeout(this.later); // taken over as soon as the typing rests
      this.later = setTimeout(() => this.update(), STILL_TYPING);
    }
    control.refresh?.();
    write(this.unit, now.units[path] ?? "");
    write(this.hint, now.hints[path] ? `= ${now.hints[path]}` : "");
    const problem = now.problems[path] ?? "";
    write(this.problem, problem ? `▲ ${problem}` : "");
    for (const input of this.marked ? [this.marked] : control.inputs) {
      if (problem) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
    this.showConflict(held);
    showFindings(form, this.findings, now.findings[path] ?? [], this);
  }

  rebuild() {
    this.plan = this.form.value(this.path);
    this.control = this.makeControl();
    const old = this.root;
    const focused = old.contains(document.activeElement);
    this.build();
    old.replaceWith(this.root);
    if (focused) this.focus();
  }

  showConflict(held) {
    const { form, conflict } = this;
    const fresh = held ? JSON.stringify([held.mine, form.value(this.path)]) : "";
    if (conflict.dataset.shows === fresh) return;
    conflict.dataset.shows = fresh;
    conflict.replaceChildren();
    if (!held) return;
    const words = form.words;
    conflict.append(
      conflictPanel(words, this.words(held.mine), this.words(form.value(this.path)), this.declared.label, (mine) => this.settle(mine)),
    );
  }

  words(value) {
    const list = this.node.list ? this.form.now.lists[this.node.list] ?? [] : this.declared.choices.map((c) => [c.value, c.label]);
    const word = (text) => list.find(([key]) => key === text)?.[1] ?? text;
    return Array.isArray(value) ? value.map(word).join("\n") : word(value);
  }
}

/* One press says that an answer still holds; what it is built on is then written down anew. */
function confirmButton(form, path, field) {
  const { still_holds: text } = form.words;
  const press = () => {
    form.flush();
    form.send("confirm", { path });
  };
  const label = field ? `${text}: ${field.declared.label}` : text;
  return h("button", { type: "button", "aria-label": label, [SUPPRESS]: "true", onclick: press }, text);
}

function showFindings(form, box, findings, field) {
  const fresh = JSON.stringify(findings);
  if (box.dataset.shows === fresh) return;
  box.dataset.shows = fresh;
  const open = new Set([...box.querySelectorAll("details[open]")].map((node) => node.dataset.code));
  const focused = box.contains(document.activeElement) ? document.activeElement.parentElement.dataset.code : null;
  const summaryOf = (code) => box.querySelector(code ? `details[data-code="${CSS.escape(code)}"] > summary` : "summary");
  box.replaceChildren(
    ...findings.map((finding) => {
      const why = finding.why
        ? h(
            "details",
            { "data-code": finding.code, open: open.has(finding.code) },
            h("summary", { [SUPPRESS]: "true" }, form.words.why),
            h("p", {}, finding.why),
          )
        : null;
      return h(
        "div",
        { class: `rdf-finding rdf-${finding.severity}`, "data-code": finding.code },
        h(
          "p",
          {},
          h("span", { class: "rdf-badge" }, h("span", { "aria-hidden": "true" }, `${finding.shape} `), finding.word),
          h("span", {}, ` ${finding.what}`),
        ),
        finding.next ? h("p", {}, h("strong", {}, form.words.next), ` ${finding.next}`) : null,
        finding.confirm ? confirmButton(form, finding.confirm, field) : null,
        why,
      );
    }),
  );
  if (focused) (summaryOf(focused) ?? summaryOf() ?? field)?.focus();
}

/* --- a table, as rows or as cards ------------------------------------------------------------------------------- */

class TableView {
  constructor(form, node) {
    this.form = form;
    this.path = node.path;
    this.cards = node.cards;
    this.rows = new Map();
    const id = uid();
    const words = form.words;
    this.findings = h("div", { class: "rdf-findings" });
    this.empty = h("p", { class: "rdf-help" }, words.empty);
    this.undo = h("div", { class: "rdf-removed" });
    this.add = this.adding(node);
    const legend = h("legend", { id, class: "rdf-title" }, node.title);
    const help = node.help ? h("p", { class: "rdf-help" }, node.help) : null;
    if (this.cards) {
      this.list = h("div", { class: "rdf-cards" });
      this.body = this.list;
    } else {
      const declared = form.model.get("declared");
      this.heads = node.columns.map((key) => {
        const column = declared[key];
        return h(
          "th",
          { scope: "col" },
          h("span", { class: "rdf-label" }, column.label),
          h("span", { class: "rdf-help" }, column.help),
          column.example ? h("span", { class: "rdf-example" }, fill(words.example, { text: column.example })) : null,
        );
      });
      const tools = h("th", { scope: "col" }, h("span", { class: "rdf-hidden" }, words.tools));
      this.list = h("tbody");
      this.table = h("table", { "aria-labelledby": id }, h("thead", {}, h("tr", {}, ...this.heads, tools)), this.list);
      this.body = h("div", { class: "rdf-scroll" }, this.table);
    }
    this.root = h("fieldset", { class: "rdf-table" }, legend, help, this.empty, this.body, this.undo, this.add, this.findings);
    this.root.dataset.path = this.path;
    this.reconcile(node);
  }

  /* The button that adds a row; where the row is named before it is there, with the field for its name. */
  adding(node) {
    const { form } = this;
    const { words } = form;
    const add = () => {
      if (!this.asked) form.act("add", this.path);
      else if (this.asked.value.trim()) this.name([this.asked.value.trim()]);
      else this.asked.focus();
    };
    const label = fill(words.add_to, { table: node.title });
    const button = h(
      "button",
      { type: "button", class: "rdf-add", "aria-label": label, [SUPPRESS]: "true", onclick: add },
      `+ ${words.add}`,
    );
    if (!node.asks) return button;
    this.asked = h("input", { id: uid(), type: "text", autocomplete: "off", [SUPPRESS]: "true" });
    this.asked.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      add();
    });
    this.asked.addEventListener("paste", (event) => {
      const names = lines(event.clipboardData.getData("text"));
      if (names.length < 2) return;
      event.preventDefault();
      this.name(names);
    });
    return h("p", { class: "rdf-asks" }, h("label", { for: this.asked.id }, node.asks), this.asked, button);
  }

  /* Ask for rows with these names; the next ones can be typed meanwhile. */
  name(names) {
    this.asked.value = "";
    this.names = [...(this.given ? [] : (this.names ?? [])), ...names];
    this.given = null;
    this.askFor();
  }

  /* Send the names that wait, unless an answer is due first. */
  askFor() {
    if (this.given || !this.names?.length || !this.form.act("add", this.path, { value: this.names })) return;
    this.sent = this.names;
    this.names = [];
  }

  /* The rows that were asked for are there. */
  named() {
    if (this.given && this.asked.value === this.given) this.asked.value = "";
    else if (this.given) this.names = []; // they stand in the text that the reader has changed since
    this.sent = this.given = null;
  }

  /* No answer comes: names that may be lost go back to where they were typed. */
  giveBack() {
    const lost = [...(this.sent ?? []), ...(this.names ?? [])];
    if (this.asked && lost.length && !this.asked.value) this.asked.value = this.given = lost.join("; ");
  }

  reconcile(node) {
    const wanted = new Set(node.rows.map((row) => row.path));
    for (const [path, row] of this.rows) {
      if (!wanted.has(path)) {
        row.drop();
        this.rows.delete(path);
      }
    }
    node.rows.forEach((row, place) => {
      let view = this.rows.get(row.path);
      if (!view) {
        view = new RowView(this.form, this, row);
        view.setOpen(node.rows.length <= 2 || (this.form.started && !this.asked));
        this.rows.set(row.path, view);
      }
      view.place(place + 1, node.rows.length);
      view.items.reconcile(row.items);
      const there = this.list.children[place];
      if (there !== view.root) this.list.insertBefore(view.root, there ?? null);
    });
  }

  update() {
    const { form, path } = this;
    const count = this.rows.size;
    this.empty.hidden = count > 0;
    if (this.table) this.table.hidden = count === 0;
    for (const row of this.rows.values()) row.update();
    showFindings(form, this.findings, form.now.findings[path] ?? []);
    const removed = form.now.removed[path];
    const fresh = removed ? JSON.stringify(removed) : "";
    if (this.undo.dataset.shows === fresh) return;
    this.undo.dataset.shows = fresh;
    this.undo.replaceChildren();
    if (!removed) return;
    const words = form.words;
    const row = removed.heading || fill(words.row, { n: removed.place + 1 });
    this.undo.append(
      h("span", {}, fill(words.removed, { row }), " "),
      h("button", { type: "button", [SUPPRESS]: "true", "aria-label": `${words.undo}: ${fill(words.removed, { row })}`, onclick: () => form.act("put_back", path) }, words.undo),
    );
  }
}

class RowView {
  constructor(form, table, node) {
    this.form = form;
    this.path = node.path;
    this.cards = table.cards;
    const words = form.words;
    const tool = (name, text, label, by) =>
      h(
        "button",
        {
          type: "button",
          class: "rdf-tool",
          "data-tool": name,
          title: text,
          [SUPPRESS]: "true",
          onclick: (event) => {
            if (event.currentTarget.getAttribute("aria-disabled") !== "true") form.act(by ? "move" : "remove", this.path, { by });
          },
        },
        h("span", { "aria-hidden": "true" }, label),
      );
    this.up = tool("up", words.up, "↑", -1);
    this.down = tool("down", words.down, "↓", 1);
    this.remove = tool("remove", words.remove, "×", 0);
    this.tools = h("div", { class: "rdf-tools" }, this.up, this.down, this.remove);
    this.items = new Items(form, !this.cards, () => this.number);
    this.findings = h("div", { class: "rdf-findings" });
    if (this.cards) {
      const id = uid();
      this.heading = h("span", { class: "rdf-heading" });
      this.count = h("span", { class: "rdf-count" });
      this.toggle = h(
        "button",
        {
          type: "button",
          class: "rdf-toggle",
          "aria-controls": id,
          [SUPPRESS]: "true",
          onclick: () => this.setOpen(this.body.hidden),
        },
        h("span", { class: "rdf-arrow", "aria-hidden": "true" }),
        h("span", { class: "rdf-names" }, this.heading, this.count),
      );
      this.body = h("div", { id, class: "rdf-body" }, this.items.root, this.findings);
      this.root = h("div", { class: "rdf-card", role: "group" }, h("div", { class: "rdf-cardhead" }, this.toggle, this.tools), this.body);
    } else {
      this.root = h("tr");
    }
    this.root.dataset.path = this.path;
    this.number = 0;
    this.items.reconcile(node.items);
    if (!this.cards) {
      for (const item of this.items.views.values()) this.root.append(h("td", {}, item.root));
      this.root.append(h("td", { class: "rdf-last" }, this.tools, this.findings));
    }
  }

  setOpen(open) {
    if (!this.cards) return;
    this.body.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
  }

  place(number, of) {
    this.number = number;
    this.up.setAttribute("aria-disabled", String(number === 1));
    this.down.setAttribute("aria-disabled", String(number === of));
  }

  get name() {
    return this.form.now.headings[this.path] || fill(this.form.words.row, { n: this.number });
  }

  update() {
    const { form, name } = this;
    const words = form.words;
    this.up.setAttribute("aria-label", fill(words.up_row, { row: name }));
    this.down.setAttribute("aria-label", fill(words.down_row, { row: name }));
    this.remove.setAttribute("aria-label", fill(words.remove_row, { row: name }));
    if (this.cards) {
      write(this.heading, name);
      this.root.setAttribute("aria-label", name);
      const counts = new Map();
      for (const [path, findings] of Object.entries(form.now.findings)) {
        if (path !== this.path && !path.startsWith(`${this.path}/`)) continue;
        for (const f of findings) {
          const known = counts.get(f.severity) ?? { shape: f.shape, word: f.word, n: 0 };
          counts.set(f.severity, { ...known, n: known.n + 1 });
        }
      }
      write(this.count, [...counts.values()].map((c) => `${c.shape} ${c.n} ${c.word}`).join(", "));
    } else {
      for (const item of this.items.views.values()) {
        if (item instanceof FieldView) write(item.label, fill(words.place, { label: item.declared.label, n: this.number }));
      }
    }
    showFindings(form, this.findings, form.now.findings[this.path] ?? []);
    this.items.update();
  }

  firstField() {
    return this.items.first();
  }

  drop() {
    this.items.drop();
    this.root.remove();
  }
}

/* --- blocks, groups and the fields in them ---------------------------------------------------------------------- */

class GroupView {
  constructor(form, node) {
    this.form = form;
    this.path = node.path;
    this.items = new Items(form, false);
    this.findings = h("div", { class: "rdf-findings rdf-foot" });
    const legend = node.title ? h("legend", { class: "rdf-title" }, node.title) : null;
    const help = node.help ? h("p", { class: "rdf-help" }, node.help) : null;
    this.root = h(node.title ? "fieldset" : "div", { class: `rdf-${node.is}` }, legend, help, this.items.root, this.findings);
    this.root.dataset.path = this.path;
    this.reconcile(node);
  }
  reconcile(node) {
    this.items.reconcile(node.items);
  }
  update() {
    this.items.update();
    showFindings(this.form, this.findings, this.form.now.findings[this.path] ?? []);
  }
  drop() {
    this.items.drop();
    this.root.remove();
  }
}

class GoneView {
  constructor(form, node) {
    this.root = h("p", { class: "rdf-gone" }, node.title ? `${node.title}: ` : "", form.words.gone);
  }
  reconcile() {}
  update() {}
  drop() {
    this.root.remove();
  }
}

/* The fields, groups and tables in one place, kept in step with what Python says is there. */
class Items {
  constructor(form, inTable, number) {
    this.form = form;
    this.inTable = inTable;
    this.number = number;
    this.views = new Map();
    this.root = h("div", { class: "rdf-items" });
  }
  make(node) {
    if (node.is === "field") {
      const view = new FieldView(this.form, node, this.inTable, this.number?.() ?? "");
      this.form.fields.set(node.path, view);
      return view;
    }
    if (node.is === "table") {
      const view = new TableView(this.form, node);
      this.form.tables.set(node.path, view);
      return view;
    }
    return node.is === "gone" ? new GoneView(this.form, node) : new GroupView(this.form, node);
  }
  reconcile(nodes) {
    const wanted = new Set(nodes.map((node) => `${node.is} ${node.path}`));
    for (const [key, view] of this.views) {
      if (!wanted.has(key)) {
        this.dropOne(view);
        this.views.delete(key);
      }
    }
    nodes.forEach((node, place) => {
      const key = `${node.is} ${node.path}`;
      const view = this.views.get(key);
      if (view) view.reconcile?.(node);
      else {
        const fresh = this.make(node);
        this.views.set(key, fresh);
        if (!this.inTable) this.root.insertBefore(fresh.root, this.root.children[place] ?? null);
      }
    });
  }
  update() {
    for (const view of this.views.values()) view.update();
  }
  first() {
    for (const view of this.views.values()) {
      if (view instanceof FieldView) return view;
      const inside = view.items?.first();
      if (inside) return inside;
    }
    return null;
  }
  dropOne(view) {
    if (view instanceof FieldView) {
      this.form.lose(view);
      view.root.remove();
      return;
    }
    if (view instanceof TableView) {
      for (const row of view.rows.values()) row.drop();
      this.form.tables.delete(view.path);
      view.root.remove();
      return;
    }
    view.drop();
  }
  drop() {
    for (const view of this.views.values()) this.dropOne(view);
    this.views.clear();
  }
}

/* --- the form ------------------------------------------------------------------------------------------------------ */

class FormView extends Page {
  constructor(model, el) {
    super(model);
    this.fields = new Map();
    this.tables = new Map();
    this.started = false;
    this.action = null; // a row being added, removed or moved: n of its message
    this.peopleId = uid();

    const title = model.get("title");
    const headingId = uid();
    this.people = h("datalist", { id: this.peopleId });
    this.summary = h("p", { class: "rdf-summary", role: "status", "aria-live": "polite" });
    this.orphans = h("div", { class: "rdf-orphans" });
    this.foot = h("div", { class: "rdf-findings rdf-foot" });
    this.items = new Items(this, false);
    this.root = h(
      title ? "section" : "div",
      { class: "rdf", lang: model.get("lang"), "aria-labelledby": title ? headingId : null },
      title ? h("h3", { id: headingId, class: "rdf-name" }, title) : null,
      this.summary,
      this.people,
      this.items.root,
      this.orphans,
      this.foot,
      this.bar,
    );
    this.items.reconcile(model.get("nodes"));
    el.append(this.root);
    this.update();
    this.started = true;
    this.begin();
  }

  get answers() {
    return this.fields.values();
  }

  act(what, path, more = {}) {
    if (this.action && this.waiting.has(this.action.n)) return false; // one at a time: a second press is no second row
    this.flush();
    this.action = { what, path, by: more.by, n: this.send(what, { path, ...more }), from: document.activeElement };
    return true;
  }

  /* Send what an earlier page could not get saved. */
  takeUp() {
    for (const path of this.keep.paths()) {
      const entry = this.keep.get(path);
      const field = this.fields.get(path);
      if (!entry || field?.pending) continue;
      if (field && same(entry.value, field.plan)) this.keep.drop(path, entry.value);
      else if (entry.tab !== this.keep.tab && Date.now() - entry.at < OTHERS_TYPING) {
        clearTimeout(this.later);
        this.later = setTimeout(() => this.takeUp(), OTHERS_TYPING);
      } else if (field) {
        field.takeUp(entry);
        this.reveal(field.root);
      } else this.orphan(path);
    }
  }

  /* A field is taken off the page; what was typed into it and not saved stays to be seen. */
  lose(field) {
    this.fields.delete(field.path);
    clearTimeout(field.timer);
    if (field.pending) this.lost = true;
  }

  /* Show a text whose row is no longer there, if the row was a part of this form. */
  orphan(path) {
    const entry = this.keep.get(path);
    if (!entry || this.fields.has(path) || !this.model.get("nodes").some((node) => path.startsWith(`${node.path}/`))) return;
    const rows = [...this.tables.values()].flatMap((table) => [...table.rows.keys()]);
    if (rows.some((row) => path.startsWith(`${row}/`))) return; // the row is there: another surface has the field
    const known = [...this.orphans.children].find((node) => node.dataset.path === path);
    if (known) return;
    const text = Array.isArray(entry.value) ? entry.value.join("\n") : entry.value;
    if (!text) {
      this.keep.drop(path, entry.value);
      return;
    }
    const id = uid();
    const node = h(
      "div",
      { class: "rdf-panel", "data-path": path },
      h("label", { for: id }, this.words.orphan),
      h("textarea", { id, readonly: true, rows: 2, [SUPPRESS]: "true" }),
      h(
        "button",
        {
          type: "button",
          [SUPPRESS]: "true",
          onclick: () => {
            this.keep.drop(path, entry.value);
            node.remove();
          },
        },
        this.words.discard,
      ),
    );
    node.querySelector("textarea").value = text;
    this.orphans.append(node);
  }

  reveal(node) {
    for (let card = node.closest(".rdf-body"); card; card = card.parentElement.closest(".rdf-body")) {
      if (card.hidden) card.parentElement.querySelector(".rdf-toggle").click();
    }
  }

  /* Python has said something: show it in place, never touching what is being typed. */
  follow() {
    const ack = this.hear();
    const focus = this.remember();
    this.items.reconcile(this.model.get("nodes"));
    this.update();
    focus();
    if (this.lost) {
      this.lost = false;
      for (const path of this.keep.paths()) this.orphan(path);
    }
    if (ack?.focus && this.action && ack.focus.n === this.action.n) this.finish(ack.focus.path);
    for (const table of this.tables.values()) table.askFor();
  }

  /* Moving a row in the page takes the focus off it: give it back. */
  remember() {
    const node = document.activeElement;
    if (!this.root.contains(node)) return () => {};
    const { selectionStart, selectionEnd } = node;
    return () => {
      if (document.activeElement === node || !node.isConnected || !this.root.contains(node)) return;
      node.focus({ preventScroll: true });
      if (typeof selectionStart === "number") node.setSelectionRange(selectionStart, selectionEnd);
    };
  }

  showStatus() {
    super.showStatus();
    if (this.late) for (const table of this.tables.values()) table.giveBack();
  }

  /* A row was added, removed or moved as asked: put the focus where the work goes on. */
  finish(path) {
    const { what, by, from } = this.action;
    this.action = null;
    const active = document.activeElement;
    const table = (where) => this.tables.get(where.slice(0, where.lastIndexOf("/")));
    const asked = what === "add" ? table(path)?.asked : null;
    if (asked) table(path).named();
    if (active && active !== document.body && active !== from && this.root.contains(active)) return;
    const row = (where) => table(where)?.rows.get(where);
    if (what === "remove") this.tables.get(path)?.undo.querySelector("button")?.focus();
    else if (what === "move") row(path)?.[by < 0 ? "up" : "down"].focus();
    else if (asked) asked.focus();
    else {
      row(path)?.setOpen(true);
      row(path)?.firstField()?.focus();
    }
  }

  update() {
    const { now } = this;
    const people = JSON.stringify(now.people);
    if (this.people.dataset.shows !== people) {
      this.people.dataset.shows = people;
      this.people.replaceChildren(...now.people.map((name) => h("option", { value: name })));
    }
    this.items.update();
    showFindings(this, this.foot, now.findings[""] ?? []);
    const summary = now.summary.map((part) => `${part.shape} ${part.text}`).join(", ");
    clearTimeout(this.summing);
    if (!this.started) write(this.summary, summary);
    else this.summing = setTimeout(() => write(this.summary, summary), 250); // one word at the end, not one a key press
    this.showStatus();
  }
}

export default {
  render({ model, el }) {
    const view = new FormView(model, el);
    return () => view.leave();
  },
};
