// Two candidates at a time. Python says which two, and what can be done; the page shows it and sends what is pressed.
const SUPPRESS = "data-lm-suppress-shortcuts"; // on the focused element itself: JupyterLab then leaves its keys alone

function render({ model, el }) {
  const words = model.get("words");
  const make = (tag, name, text = "") => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.textContent = text;
    return node;
  };
  const button = (name, text, press) => {
    const node = make("button", name, text);
    node.type = "button";
    node.setAttribute(SUPPRESS, "true");
    node.addEventListener("click", press);
    return node;
  };
  let waiting = null;
  const send = (what, more = {}) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (said.textContent = `▲ ${words.silent}`), 3000);
    model.send({ do: what, ...more });
  };
  const answer = (more) => {
    const { pair } = model.get("now");
    if (pair) send("answer", { one: pair[0][0], other: pair[1][0], more });
  };

  const root = make("section", "rd-pairs");
  root.setAttribute("aria-label", words.name);
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  const group = make("div");
  group.setAttribute("role", "group");
  const question = make("p", "rd-pairs-question", words.question);
  question.id = `rd-pairs-${Math.random().toString(36).slice(2)}`;
  group.setAttribute("aria-labelledby", question.id);
  const first = button("rd-pairs-one", "", () => answer("one"));
  const second = button("rd-pairs-one", "", () => answer("other"));
  const equal = button("", words.equal, () => answer("equal"));
  const two = make("div", "rd-pairs-two");
  two.append(first, second);
  group.append(question, two, equal);
  const heard = make("p", "rd-pairs-heard"); // what changes is told to those who do not see it
  heard.setAttribute("role", "status");
  const said = make("p", "rd-pairs-said");
  const undo = button("", words.undo, () => send("undo"));
  const decide = button("rd-pairs-main", words.decide, () => send("decide"));
  const takeOver = button("rd-pairs-main", words.take_over, () => send("take_over"));
  const steps = make("p", "rd-pairs-steps");
  steps.append(undo, decide, takeOver);
  root.append(group, heard, said, steps);
  el.append(root);

  const name = (node, [, title, area]) => {
    node.replaceChildren(make("strong", "", title), ...(area ? [make("span", "", area)] : []));
  };
  function draw() {
    clearTimeout(waiting);
    const now = model.get("now");
    const active = document.activeElement;
    group.hidden = !now.pair;
    if (now.pair) {
      name(first, now.pair[0]);
      name(second, now.pair[1]);
    }
    undo.hidden = !now.undo;
    decide.hidden = !now.decide;
    takeOver.hidden = !now.take_over;
    said.textContent = now.said;
    const asked = now.pair
      ? words.asked.replace("{one}", now.pair[0][1]).replace("{other}", now.pair[1][1])
      : now.said;
    if (heard.textContent !== asked) heard.textContent = asked;
    // a button that is gone must not take the keyboard's place in the page with it
    if (root.contains(active) && active.closest("[hidden]")) [decide, takeOver, first, undo].find((b) => !b.closest("[hidden]"))?.focus();
  }
  draw();
  model.on("change:now", draw);
  return () => model.off("change:now", draw);
}
export default { render };
