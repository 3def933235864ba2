// Search, copying and filters. Every page works without this script.
"use strict";
(() => {
  const root = document.currentScript.dataset.root;
  const $ = (selector, within = document) => within.querySelector(selector);
  const $$ = (selector, within = document) => [...within.querySelectorAll(selector)];
  const made = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    node.append(...children);
    return node;
  };
  document.documentElement.classList.add("js");

  // The index is loaded when somebody is about to search. A page in a folder may load scripts, but no data.
  let loading, isLoaded = false;
  const script = (address) => new Promise((resolve, reject) => {
    const node = made("script", { src: root + address });
    node.onload = resolve;
    node.onerror = reject;
    document.head.append(node);
  });
  const load = () => (loading ??= Promise.all(["minisearch", "search", "find"].map((name) => script(`assets/${name}.js`)))
    .then(() => {
      isLoaded = true;
      return window.iotbaselineFinder(window.iotbaselineSearch);
    }));

  // The field of the header: a list while typing, arrows to choose. Enter opens what was chosen or is called exactly
  // what was typed, and else the page of results; it waits for the list.
  const field = $("#search"), list = $(".found");
  let typed = 0, active = -1, listed = Promise.resolve();
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "found");
  if (matchMedia("(max-width: 40rem)").matches) field.placeholder = field.dataset.short;
  const spoken = made("p", { class: "unseen", role: "status" });
  const nothing = "Nothing found. Try fewer or other words.", foot = made("p", { class: "foot" });
  field.after(spoken);
  const options = () => $$("[role=option]", list);
  const close = () => {
    typed++;
    list.hidden = true;
    active = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (number) => {
    const all = options();
    if (!all.length) return;
    active = (number + all.length) % all.length;
    all.forEach((option, at) => option.setAttribute("aria-selected", at === active));
    all[active].scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", all[active].id);
    foot.textContent = onEnter();
  };
  const everything = (text) => `search.html?q=${encodeURIComponent(text)}`;
  const onEnter = () => (active < 0 || active === options().length - 1 ? "Enter lists all results" : "Enter opens it");
  const told = (hit) => {
    const label = made("b", hit.isOld ? { class: "gone-old" } : {}, hit.label);
    const before = hit.isTwin ? [made("span", { class: "of" }, hit.where), " "] : [];
    const after = [hit.isTwin ? "" : hit.where, hit.behind].filter(Boolean).join(" · ");
    return [...before, label, " ", hit.text, " ", made("small", {}, after)];
  };
  // After what is on the page now is seen.
  const soon = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  async function suggest() {
    const turn = ++typed, text = field.value.trim();
    if (!text) return close();
    if (!isLoaded) {
      list.replaceChildren(made("p", {}, "Searching …"));
      list.hidden = false;
      await soon();
    }
    const find = await load();
    if (turn !== typed) return;
    const { total, isSure, hits } = find(text, 12);
    active = -1;
    const found = made("ul", { id: "found", role: "listbox", "aria-label": "Found" });
    const add = (href, attributes, ...content) => found.append(made("li", {
      role: "option", id: `found-${found.children.length}`, "aria-selected": "false", "data-href": href, ...attributes,
    }, ...content));
    for (const hit of hits) add(hit.href, {}, ...told(hit));
    const said = total === 1 ? "the only result" : `all ${total} results`;
    if (total) add(everything(text), { class: "all" }, said);
    list.replaceChildren(...(hits.length ? [found, foot] : [made("p", {}, nothing)]));
    list.hidden = false;
    foot.textContent = onEnter();
    while (list.scrollHeight > list.clientHeight && options().length > 2) options().at(-2).remove();
    field.setAttribute("aria-expanded", String(hits.length > 0));
    if (isSure) choose(0);
    spoken.textContent = hits.length ? `${total} found. ${onEnter()}.` : nothing;
  }
  const go = (href) => (location.href = root + href);
  const look = () => (listed = suggest());
  // The field has the focus when the index is wanted; a pointer above it comes a moment sooner.
  for (const sign of ["focus", "pointerenter"]) field.addEventListener(sign, load, { once: true });
  field.addEventListener("input", look);
  field.form.addEventListener("submit", async (event) => {
    const text = field.value.trim();
    if (!text) return;
    event.preventDefault();
    await listed.catch(() => {});
    if (field.value.trim() === text) go(active < 0 ? everything(text) : options()[active].dataset.href);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      else choose(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (list.hidden) field.value = "";
      else close();
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    go(option.dataset.href);
  });
  field.addEventListener("blur", () => setTimeout(close, 100));
  document.addEventListener("keydown", (event) => {
    const isWriting = event.target.closest("input, select, textarea");
    if (event.key === "/" && !isWriting && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      field.focus();
      field.select();
    }
  });
  for (const button of $$("[data-search]")) button.addEventListener("click", () => field.focus());

  // The page of results: search.html?q=words. With enter=1 it does what Enter does in the field.
  const MOST = 200;
  const results = $("#results"), address = new URLSearchParams(location.search), asked = address.get("q");
  if (results && asked) {
    const advice = $(".advice", results);
    field.value = asked;
    results.replaceChildren(made("p", { role: "status" }, `Searching for “${asked}” …`));
    soon().then(load).then((find) => {
      const { total, isSure, hits } = find(asked, MOST);
      if (isSure && address.has("enter")) return location.replace(root + hits[0].href);
      const found = made("ul", { class: "hits" });
      for (const hit of hits) found.append(made("li", {}, made("a", { href: root + hit.href }, ...told(hit))));
      const shown = total > MOST ? `; these are the first ${MOST}` : "";
      const said = total ? `${total} found for “${asked}”${shown}` : `Nothing found for “${asked}”.`;
      advice.hidden = total > 0;
      results.replaceChildren(made("p", { role: "status" }, said), ...(total ? [found] : []), advice);
    });
  } else if (results) $("[hidden]", results).hidden = false;

  // Copying.
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = made("textarea", { "aria-hidden": "true" });
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-link]");
    if (!button) return;
    const anchor = button.dataset.link, name = button.textContent;
    const own = $("main article[id]")?.id;
    await copy(button.dataset.copy ?? location.href.split("#")[0] + (anchor === own ? "" : `#${anchor}`));
    button.textContent = "Copied";
    setTimeout(() => (button.textContent = name), 1200);
  });

  // All the reasons in a part of a table, opened or closed together.
  for (const button of $$("[data-open]")) button.addEventListener("click", () => {
    const all = $$("details", document.getElementById(button.dataset.open));
    const isOpening = all.some((details) => !details.open);
    for (const details of all) details.open = isOpening;
    button.firstChild.data = isOpening ? "Close all" : "Open all";
  });

  // Filters of tables: every field has the name of a data attribute of the rows, but for the words. They are looked for
  // as they stand, else each as a whole word, else anywhere. The address may say what is chosen: ?words=appendix+b
  const escaped = (text) => text.replace(/[^a-z0-9\s]/g, "\\$&");
  const whole = (text) => new RegExp(`(?<![a-z0-9])${escaped(text)}(?![a-z0-9])`);
  const matchers = [
    (typedWords) => [whole(typedWords.join(" "))],
    (typedWords) => typedWords.map(whole),
    (typedWords) => typedWords.map((word) => new RegExp(escaped(word))),
  ];
  for (const form of $$("form.filter")) {
    const list = $(`#${form.dataset.filter}`), unit = "tbody tr:not(.head), [data-group] li";
    const rows = $$(unit, list), output = $("output", form);
    const texts = rows.map((row) => row.textContent.toLowerCase().replace(/\s+/g, " "));
    const filter = () => {
      const { words: text, ...chosen } = Object.fromEntries(new FormData(form));
      const typedWords = (text ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const asked = Object.entries(chosen).filter(([, value]) => value);
      const chosenRows = rows.map((row) => asked.every(
        ([name, value]) => ` ${row.closest(`[data-${name}]`).dataset[name]} `.includes(` ${value} `),
      ));
      const found = typedWords.length
        ? matchers.map((matcher) => matcher(typedWords))
          .map((tests) => chosenRows.map((has, number) => has && tests.every((test) => test.test(texts[number]))))
        : [chosenRows];
      const shown = found.find((some) => some.includes(true)) ?? found[0];
      rows.forEach((row, number) => (row.hidden = !shown[number]));
      for (const head of $$("tr.head, [data-group]", list)) {
        const own = $$(unit, head.closest("tbody, [data-group]"));
        const left = own.filter((row) => !row.hidden).length;
        const none = $(":scope > [data-none]", head), count = $(":scope > :is(h2, h3) > [data-count], :scope > .foldable > summary > [data-count]", head);
        const fold = $(":scope > .foldable", head);
        if (count) count.textContent = left === own.length ? left : `${left} of ${own.length}`;
        if (none) none.hidden = left > 0;
        if (fold && left && left < own.length) fold.open = true;
        head.hidden = !left && !(none && typedWords.length && (!chosen.level || chosen.level === head.dataset.level));
      }
      output.textContent = typedWords.length || asked.length ? `${shown.filter(Boolean).length} of ${rows.length}` : "";
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    const preset = [...new URLSearchParams(location.search)].filter(([name]) => form.elements[name]);
    for (const [name, value] of preset) form.elements[name].value = value;
    if (preset.length) filter();
  }

  // On a phone long lists are folded, and a chart has its table open.
  if (matchMedia("(max-width: 37.5rem)").matches) {
    for (const details of $$("details.foldable")) details.open = false;
    for (const details of $$("details.instead")) details.open = true;
  }

  // What an address leads to is shown opened, wherever it is folded away.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const folded = [target.matches(".entry, .group") && $(":scope > details", target)];
    for (let node = target; node; node = node.parentElement) folded.push(node.matches("details") && node);
    const closed = folded.filter((details) => details && !details.open);
    for (const details of closed) details.open = true;
    if (closed.length) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
