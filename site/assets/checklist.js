// Checklists: keeps the ticks of a page in this browser, for each account, and shows what can be done with them.
"use strict";

(() => {
  const boxes = [...document.querySelectorAll("input[data-bl-tick]")];
  if (!boxes.length) return;

  const NOTE = "Ticks stay in this browser, for one account at a time. They are no evidence: a new snapshot is.";
  const LOST = "This browser keeps nothing for this page, so the ticks are lost when you leave it. Copy them first.";
  const ACCOUNT = /^\d{12}$/;
  const scope = typeof __md_scope === "undefined" ? "" : __md_scope.pathname;

  /* Storage may be missing or refuse, as in a private window: then ticks last as long as the page. */
  const kept = (use, otherwise) => {
    try {
      return use();
    } catch {
      return otherwise;
    }
  };
  const keeps = kept(() => {
    localStorage.setItem(`${scope}.baselint`, "");
    localStorage.removeItem(`${scope}.baselint`);
    return true;
  }, false);
  const lasting = new Map();
  const read = (name) => (keeps ? kept(() => localStorage.getItem(name), null) : lasting.get(name));
  const write = (name, value) => {
    if (!keeps) lasting.set(name, value);
    else if (value) return kept(() => (localStorage.setItem(name, value), true), false);
    else kept(() => localStorage.removeItem(name));
    return keeps;
  };

  let account = "";
  const named = (box) => `${scope}.baselint.tick.${account}.${box.dataset.blTick}`;

  const make = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };
  const button = (text, act) => {
    const made = make("button", { type: "button", class: "bl-button" }, text);
    made.addEventListener("click", act);
    return made;
  };

  /* Of alternative ways only the one that is open counts. */
  const counted = () => boxes.filter((box) => (box.closest(".tabbed-block") ?? box).getClientRects().length > 0);

  const progress = make("strong", { class: "bl-progress", role: "status" });
  const bar = make("progress", { "aria-hidden": "true" });
  const field = make("input", {
    class: "bl-field", id: "bl-account", inputmode: "numeric", maxlength: "16", size: "14", autocomplete: "off",
    spellcheck: "false", placeholder: "123456789012", "aria-describedby": "bl-account-note",
  });
  const mistake = make("span", { class: "bl-mistake", id: "bl-account-note", role: "status" });
  const note = make("p", { class: "bl-note" }, keeps ? NOTE : LOST);
  const said = make("span", { class: "bl-said", role: "status" });
  const asking = make("span", { class: "bl-asking", hidden: "" });
  const paper = make("textarea", { class: "bl-paper", "aria-label": "The checklist as Markdown", readonly: "", hidden: "" });

  const show = () => {
    const all = counted();
    const done = all.filter((box) => box.checked).length;
    const text = `${done} of ${all.length} done`;
    if (progress.textContent !== text) progress.textContent = text;
    bar.max = Math.max(all.length, 1);
    bar.value = done;
  };
  const load = () => {
    for (const box of boxes) box.checked = read(named(box)) === "1";
    show();
  };

  const tick = (box) => {
    if (!write(named(box), box.checked ? "1" : "")) note.textContent = LOST;
    said.textContent = "";
    show();
  };

  const choose = (value) => {
    const whole = ACCOUNT.test(value);
    mistake.textContent = whole || !value ? "" : "An account id has 12 digits.";
    field.setAttribute("aria-invalid", String(Boolean(mistake.textContent)));
    if (!whole && value) return;
    account = value;
    kept(() => sessionStorage.setItem(`${scope}.baselint.account`, account));
    const address = new URL(location.href);
    if (account) address.searchParams.set("account", account);
    else address.searchParams.delete("account");
    if (address.href !== location.href) kept(() => history.replaceState(history.state, "", address));
    load();
  };

  const title = () => document.querySelector("article h1")?.firstChild?.textContent.trim() ?? document.title;
  const heading = (box) => {
    const block = box.closest(".tabbed-block");
    if (block) {
      const place = [...block.parentElement.children].indexOf(block);
      return block.closest(".tabbed-set").querySelectorAll(":scope > .tabbed-labels > label")[place].textContent.trim();
    }
    const above = [...document.querySelectorAll("article :is(h2, h3)")].filter(
      (item) => item.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING,
    );
    return above.at(-1)?.firstChild?.textContent.trim() ?? "";
  };
  const inert = (text) => text.replace(/\s+/g, " ").trim().replace(/[\\`*_[\]<>#|]/g, "\\$&");
  const markdown = () => {
    const address = new URL(location.href);
    address.hash = "";
    const lines = [`# ${inert(title())}`, "", `<${address.href}>`, "", `Account: ${account || "not named"}`];
    let section = null;
    for (const box of counted()) {
      if (heading(box) !== section) {
        section = heading(box);
        lines.push("", ...(section ? [`## ${inert(section)}`, ""] : []));
      }
      lines.push(`- [${box.checked ? "x" : " "}] ${inert(box.labels[0]?.textContent ?? box.ariaLabel ?? "")}`);
    }
    return `${lines.join("\n")}\n`;
  };
  const copy = async () => {
    const text = markdown();
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = "Copied.";
    } catch {
      paper.value = text;
      paper.hidden = false;
      paper.focus();
      paper.select();
      said.textContent = "The browser refuses to copy: take it from the field below.";
    }
  };

  const quiet = () => {
    asking.hidden = true;
    reset.hidden = false;
    reset.focus();
  };
  const clear = button("Clear them", () => {
    for (const box of counted()) {
      box.checked = false;
      write(named(box), "");
    }
    said.textContent = "Cleared.";
    show();
    quiet();
  });
  const reset = button("Reset", () => {
    const done = counted().filter((box) => box.checked).length;
    said.textContent = done ? "" : "Nothing is ticked.";
    if (!done) return;
    asking.firstChild.textContent = `Clear ${done === 1 ? "1 tick" : `${done} ticks`}${account ? ` of ${account}` : ""}? `;
    asking.hidden = false;
    reset.hidden = true;
    clear.focus();
  });
  asking.append("", clear, " ", button("Keep them", quiet));
  asking.addEventListener("keydown", (event) => event.key === "Escape" && quiet());

  const panel = make(
    "section",
    { class: "bl-checklist", "aria-label": "Checklist" },
    make("div", { class: "bl-row" }, progress, bar),
    make("div", { class: "bl-row" }, make("label", { for: "bl-account" }, "Account"), field, mistake),
    make("div", { class: "bl-row" }, button("Copy as Markdown", copy), reset, asking, said),
    paper,
    note,
  );
  const first = boxes[0];
  const before = [...document.querySelectorAll("article h2")]
    .filter((item) => item.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING)
    .at(-1);
  if (before) before.before(panel);
  else first.closest("ol, ul, label").before(panel);

  for (const box of boxes) box.addEventListener("change", () => tick(box));
  const typed = () => field.value.replace(/[\s-]/g, "");
  field.addEventListener("change", () => choose(typed()));
  field.addEventListener("input", () => (!typed() || ACCOUNT.test(typed())) && choose(typed()));
  document.addEventListener("change", (event) => event.target.closest(".tabbed-set > input") && show());
  addEventListener("storage", load);

  const asked = new URL(location.href).searchParams.get("account");
  field.value = asked ?? kept(() => sessionStorage.getItem(`${scope}.baselint.account`), "") ?? "";
  load();
  choose(field.value);
})();
