// Steps that a person may take or leave: what each would do, with a button. Python says which; the page sends what is pressed.
const SUPPRESS = "data-lm-suppress-shortcuts"; // on the focused element itself: JupyterLab then leaves its keys alone

function render({ model, el }) {
  const words = model.get("words");
  const make = (tag, name, text = "") => {
    const node = document.createElement(tag);
    if (name) node.className = name;
    node.textContent = text;
    return node;
  };
  const root = make("section", "rd-offer");
  root.setAttribute("aria-label", words.name);
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  const base = `rd-offer-${Math.random().toString(36).slice(2)}`;
  const list = make("ul");
  const said = make("p", "rd-offer-said"); // what changes is told to those who do not see it
  said.setAttribute("role", "status");
  root.append(list, said);
  el.append(root);

  let waiting = null;
  const send = (id) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => (said.textContent = `▲ ${words.silent}`), 3000);
    model.send({ do: id });
  };
  function draw() {
    clearTimeout(waiting);
    const now = model.get("now");
    const held = root.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    list.replaceChildren(
      ...now.offers.map(({ id, text, button }, place) => {
        const item = make("li");
        const told = make("p", "", text);
        told.id = `${base}-${place}`;
        item.append(told);
        if (button) {
          const press = make("button", "", button);
          press.type = "button";
          press.dataset.place = place;
          press.setAttribute("aria-describedby", told.id); // the same words stand on several buttons
          press.setAttribute(SUPPRESS, "true");
          press.addEventListener("click", () => send(id));
          item.append(press);
        }
        return item;
      }),
    );
    if (said.textContent !== now.said) said.textContent = now.said;
    if (held !== null) (list.querySelector(`[data-place="${held}"]`) ?? list.querySelector("button"))?.focus();
  }
  draw();
  model.on("change:now", draw);
  return () => model.off("change:now", draw);
}
export default { render };
