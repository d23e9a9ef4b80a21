// The filter of the list of controls: built from the marks in the list, its state kept in the address.
"use strict";

(() => {
  const marks = [...document.querySelectorAll(".bl-control")];
  if (!marks.length) return;

  const SEVERITIES = ["critical", "high", "medium", "low"];
  const words = (id) => (id.charAt(0).toUpperCase() + id.slice(1)).replaceAll("-", " ");
  const titles = new Map(
    [...document.querySelectorAll("[data-bl-framework]")].map((item) => [item.dataset.blFramework, item.textContent]),
  );
  const items = marks.map((mark) => ({
    element: mark.closest("li"),
    text: mark.closest("li").textContent.toLowerCase(),
    severity: [mark.dataset.blSeverity],
    group: [mark.dataset.blGroup],
    status: [mark.dataset.blStatus],
    framework: mark.dataset.blFrameworks.split(" ").filter(Boolean),
  }));
  const values = (name) => [...new Set(items.flatMap((item) => item[name]))];
  const choices = {
    severity: [values("severity").sort((one, other) => SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other)), words],
    group: [values("group"), words],
    framework: [values("framework").sort((one, other) => label(one).localeCompare(label(other))), label],
    status: [values("status"), words],
  };
  function label(id) {
    return titles.get(id) ?? id;
  }

  const form = document.createElement("form");
  form.className = "bl-filter";
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", "Controls");
  const add = (name, control) => {
    const line = document.createElement("label");
    line.append(words(name), control);
    control.name = name;
    control.className = "bl-field";
    form.append(line);
    return control;
  };
  const fields = { text: add("text", document.createElement("input")) };
  fields.text.type = "search";
  fields.text.placeholder = "words or an id";
  for (const [name, [ids, named]] of Object.entries(choices)) {
    const options = [new Option("any", ""), ...ids.map((id) => new Option(named(id), id))];
    fields[name] = add(name, document.createElement("select"));
    fields[name].append(...options);
  }
  const reset = document.createElement("button");
  reset.type = "reset";
  reset.className = "bl-button";
  reset.textContent = "Show all";
  const count = document.createElement("p");
  count.className = "bl-count";
  count.setAttribute("role", "status");
  form.append(reset);

  /* A section is a heading with what follows it; it goes when all of its controls are gone. */
  const sections = [...new Set(items.map((item) => item.element.parentElement))].map((list) => ({
    list,
    heading: list.previousElementSibling,
  }));

  const fits = (item) =>
    fields.text.value.toLowerCase().split(/\s+/).every((word) => item.text.includes(word)) &&
    Object.keys(choices).every((name) => !fields[name].value || item[name].includes(fields[name].value));

  const apply = () => {
    const shown = items.filter((item) => (item.element.hidden = !fits(item)) === false).length;
    for (const { list, heading } of sections) {
      list.hidden = heading.hidden = [...list.children].every((item) => item.hidden);
    }
    count.textContent = shown === items.length ? `All ${shown} controls` : `${shown} of ${items.length} controls`;
    const address = new URL(location.href);
    for (const [name, field] of Object.entries(fields)) {
      if (field.value) address.searchParams.set(name, field.value);
      else address.searchParams.delete(name);
    }
    try {
      if (address.href !== location.href) history.replaceState(history.state, "", address);
    } catch {
      // Some browsers let no page on a disk change its address; the filter works all the same.
    }
  };

  const asked = new URL(location.href).searchParams;
  for (const [name, field] of Object.entries(fields)) {
    const value = asked.get(name) ?? "";
    field.value = value;
    if (field.value !== value) field.value = "";
  }
  sections[0].heading.before(form, count);
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  apply();
})();
