// A labelled list to choose from, with a field to add something new. Native controls, no build step.
function render({ model, el }) {
  const root = document.createElement("div");
  root.className = "rd-picker";
  const id = "rd-picker-" + Math.random().toString(36).slice(2);
  // The notebook around us listens to single keys (b adds a cell); it must not hear what is typed here.
  root.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) event.stopPropagation();
  });
  const quiet = (control) => control.setAttribute("data-lm-suppress-shortcuts", "true");

  const label = document.createElement("label");
  label.htmlFor = id;
  const select = document.createElement("select");
  select.id = id;
  quiet(select);
  select.addEventListener("change", () => model.send({ do: "choose", value: select.value }));
  const choose = document.createElement("p");
  choose.append(label, " ", select);

  const addLabel = document.createElement("label");
  addLabel.htmlFor = id + "-new";
  const text = document.createElement("input");
  text.id = id + "-new";
  text.type = "text";
  quiet(text);
  const button = document.createElement("button");
  button.type = "button";
  quiet(button);
  const form = document.createElement("form");
  form.append(addLabel, " ", text, " ", button);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!text.value.trim()) return text.focus();
    model.send({ do: "add", value: text.value });
    text.value = "";
  });
  button.addEventListener("click", (event) => {
    event.preventDefault();
    form.requestSubmit();
  });

  const said = document.createElement("p");
  said.setAttribute("role", "status");
  said.className = "rd-picker-said";

  function draw() {
    label.textContent = model.get("label");
    choose.hidden = model.get("options").length === 0;
    select.replaceChildren(
      ...model.get("options").map(([value, name]) => {
        const option = document.createElement("option");
        option.value = value;
        option.textContent = name;
        return option;
      }),
    );
    select.value = model.get("value");
    addLabel.textContent = model.get("add_label");
    button.textContent = model.get("add_button");
    form.hidden = !model.get("add_label");
    said.textContent = model.get("said");
    said.hidden = !model.get("said");
  }
  draw();
  for (const name of ["label", "options", "value", "add_label", "said"]) model.on("change:" + name, draw);
  root.append(choose, form, said);
  el.append(root);
}
export default { render };
