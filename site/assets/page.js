// What every page needs: links into tabs that are shut, and names for what the theme leaves without.
"use strict";

(() => {
  const anchor = () => {
    try {
      return decodeURIComponent(location.hash.slice(1));
    } catch {
      return ""; // the address holds half a character
    }
  };

  /* A link to a step opens the tab that holds it, then shows and marks the step. */
  const open = () => {
    const target = document.getElementById(anchor());
    for (const old of document.querySelectorAll(".bl-target")) old.classList.remove("bl-target");
    if (!target?.closest("article")) return;
    for (let block = target.closest(".tabbed-block"); block; block = block.parentElement.closest(".tabbed-block")) {
      const tab = block.closest(".tabbed-set").querySelectorAll(":scope > input")[
        [...block.parentElement.children].indexOf(block)
      ];
      if (tab.checked) continue;
      tab.checked = true;
      tab.dispatchEvent(new Event("change", { bubbles: true }));
    }
    for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    if (target.matches(".bl-tick")) (target.closest("li") ?? target).classList.add("bl-target");
    target.scrollIntoView();
  };

  const name = (selector, attributes) => {
    for (const element of document.querySelectorAll(selector)) {
      for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
    }
  };
  /* A box that scrolls must be within reach of the keyboard, and a stop there needs a name. */
  const scrolling = () => {
    for (const box of document.querySelectorAll(".md-typeset__scrollwrap, .md-typeset .bl-scroll")) {
      const wide = box.scrollWidth > box.clientWidth;
      if (!wide) for (const attribute of ["tabindex", "role", "aria-label"]) box.removeAttribute(attribute);
      else {
        box.tabIndex = 0;
        box.setAttribute("role", "group");
        box.setAttribute("aria-label", "Table, scrolls sideways");
      }
    }
  };

  /* Paper shows every tab, each under its label. */
  for (const set of document.querySelectorAll(".tabbed-set")) {
    const labels = set.querySelectorAll(":scope > .tabbed-labels > label");
    set.querySelectorAll(":scope > .tabbed-content > .tabbed-block").forEach((block, place) => {
      block.dataset.blLabel = labels[place].textContent.trim();
    });
  }

  name(".md-search[role=dialog]", { "aria-label": "Search" });
  name(".md-search__scrollwrap", { role: "region", "aria-label": "What the search found" });
  name("nav.md-nav--secondary", { "aria-label": "On this page" });
  name("nav.md-search__options", { role: "group" });
  name("input.md-toggle", { "aria-hidden": "true", tabindex: "-1" });

  /* The search cuts what is typed at each hyphen. An id is one word: it is sent whole, the very id counts most, and a
     control's own page comes before the headings of others, for only texts are searched for it. A message names its rule
     in brackets. */
  const asked = (query) =>
    query.replace(/[[\]]/g, " ").replace(/(?<!\S)[A-Za-z]\w*(?:-[\w.()]+)+(?!\S)/g, (word) => {
      const whole = (/^[a-z-]+$/.test(word) ? "text:" : "") + word.replaceAll("-", "\\\\\\-");
      return `${whole}^10 ${whole}`;
    });
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (message, ...more) {
    const query = message?.type === 2 && typeof message.data === "string";
    return post.call(this, query ? { ...message, data: asked(message.data) } : message, ...more);
  };

  addEventListener("hashchange", open);
  addEventListener("load", () => {
    if (location.hash) open();
    scrolling();
  });
  addEventListener("resize", scrolling);
  document.addEventListener("change", scrolling);
})();
