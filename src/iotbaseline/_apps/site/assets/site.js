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
  let loading;
  const script = (address) => new Promise((resolve, reject) => {
    const node = made("script", { src: root + address });
    node.onload = resolve;
    node.onerror = reject;
    document.head.append(node);
  });
  const load = () => (loading ??= Promise.all([script("assets/minisearch.js"), script("assets/search.js")]).then(opened));

  const words = (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const parts = (text) => text.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? [];
  const otherwise = [[/\.nist(?=\.)/g, ""], [/\.nistir\b/g, ".ir"], [/\.rev(?:ision)?(?=\.\d)/g, ".r"]];
  const spelled = (text) => otherwise.reduce(
    (kept, [written, other]) => kept.replace(written, other),
    parts(text).map((part) => "." + part.replace(/^0+(?=\d)/, "")).join(""),
  );

  function opened() {
    const data = window.iotbaselineSearch;
    const stop = new Set(data.stop);
    // 0 in force, 1 no longer in force, 2 a draft.
    const isOld = (entry) => Number(entry[0] >= 0 && (data.publications[entry[0]][3] || entry[5] || 0));
    const index = MiniSearch.loadJS(data.index, {
      fields: ["names", "title", "summary"],
      tokenize: words,
      processTerm: (term) => (stop.has(term) ? null : term),
      searchOptions: {
        boost: { names: 3, title: 2.5 },
        prefix: (term) => term.length > 2,
        fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
        boostDocument: (id) => (isOld(data.entries[id]) ? 0.25 : data.entries[id][0] < 0 ? 2 : data.entries[id][1] ? 1 : 1.5),
      },
    });
    const locals = data.entries.map((entry) => spelled(entry[1]));
    const longest = Math.max(...Object.keys(data.synonyms).map((term) => term.split(" ").length));

    // Names of publications and pages, with or without the year; then identifiers: the end of what is typed is the
    // local identifier, and the rest is in the names of the publication.
    function named(text) {
      const typed = spelled(text), literal = parts(text).join("."), title = text.toLowerCase();
      const [, work, year] = /^(.+)\.(\d{4})$/.exec(typed) ?? [];
      const isWords = !/\d/.test(typed) && /\s/.test(text.trim());
      const called = [], whole = [], exact = [], begun = [];
      data.entries.forEach((entry, id) => {
        const [number, own, , label] = entry, local = locals[id];
        if (number < 0) {
          if (label.toLowerCase() === title) called.push([id, 0]);
          return;
        }
        const [, , names, , when] = data.publications[number];
        if (!typed) return;
        if (!own) {
          const isDated = year && when.startsWith(year);
          if (names.includes(`|${typed}.|`) || isDated && names.includes(`|${work}.|`)) called.push([id, 0]);
          else if (/\d/.test(typed) && (names.includes(typed + ".") || isDated && names.includes(work + "."))) whole.push([id, 0]);
        } else if (local && !isWords) {
          if (typed.endsWith(local)) {
            const rest = typed.slice(0, -local.length).split(".").slice(1);
            if (rest.every((part) => names.includes(`.${part}.`))) exact.push([id, rest.length]);
          } else if (local.startsWith(typed) && exact.length + begun.length < 200) begun.push([id, 0]);
        }
      });
      const isOther = ([id]) => Number(!literal.endsWith(parts(data.entries[id][1]).join(".")));
      const order = (a, b) => isOld(data.entries[a[0]]) - isOld(data.entries[b[0]]) || b[1] - a[1] || a[0] - b[0];
      const closest = (a, b) => locals[b[0]].length - locals[a[0]].length || isOther(a) - isOther(b) || order(a, b);
      const sure = [...called.sort(order), ...exact.sort(closest)].slice(0, 12).map(([id]) => id);
      return { sure, near: [...whole.sort(order), ...begun.sort(order)].slice(0, 12).map(([id]) => id) };
    }

    // Words: all of them, some of which have synonyms; if nothing has all, whatever has any.
    function worded(text) {
      const typed = words(text);
      const all = (query) => ({ combineWith: "AND", queries: words(query) });
      const queries = [];
      const known = (term) => [term, term.replace(/s$/, "")].find((key) => key in data.synonyms);
      for (let place = 0; place < typed.length;) {
        let length = Math.min(longest, typed.length - place);
        while (length > 0 && !known(typed.slice(place, place + length).join(" "))) length--;
        const term = typed.slice(place, place + Math.max(length, 1)).join(" ");
        if (length) queries.push({ combineWith: "OR", queries: [known(term), ...data.synonyms[known(term)]].map(all) });
        else if (!stop.has(term)) queries.push(term);
        place += Math.max(length, 1);
      }
      if (!queries.length) return [];
      const found = index.search({ combineWith: "AND", queries });
      return (found.length ? found : index.search({ combineWith: "OR", queries })).map((hit) => hit.id);
    }

    const file = (name) => name.replace(/[^A-Za-z0-9._-]/g, (letter) => "~" + letter.codePointAt(0).toString(16));
    function shown(id) {
      const [number, local, page, label, text] = data.entries[id];
      if (number === -2) return { href: local, label, text, where: "page" };
      if (number < 0) return { href: `profiles/${file(local)}.html`, label, text, where: "profile" };
      const [key, short, , , when] = data.publications[number];
      const folder = `publications/${file(key)}/`;
      if (!local) return { href: folder + "index.html", label, text, where: when, isOld: isOld(data.entries[id]) };
      const at = page === 0 ? `${file(local)}.html` : `${page === 1 ? "index" : file(page)}.html#${file(local)}`;
      return { href: folder + at, label, text, where: short, isOld: isOld(data.entries[id]) };
    }
    return (text, most) => {
      const { sure, near } = named(text.trim());
      const found = [...new Set([...sure, ...near, ...worded(text)])];
      return { total: found.length, isSure: sure.length > 0, hits: found.slice(0, most).map(shown) };
    };
  }

  // The field of the header: a list while typing, arrows to choose. Enter opens what was chosen or is called exactly
  // what was typed, and else the page of results.
  const field = $("#search"), list = $(".found");
  let typed = 0, active = -1;
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", "found");
  const options = () => $$("[role=option]", list);
  const close = () => {
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
  };
  const told = (hit) => [
    made("b", hit.isOld ? { class: "gone-old" } : {}, hit.label), " ", hit.text, " ", made("small", {}, hit.where),
  ];
  async function suggest() {
    const turn = ++typed, text = field.value.trim();
    if (!text) return close();
    const find = await load();
    if (turn !== typed) return;
    const { total, isSure, hits } = find(text, 12);
    active = -1;
    const found = made("ul", { id: "found", role: "listbox", "aria-label": "Found" });
    const add = (href, ...content) => found.append(made(
      "li", { role: "option", id: `found-${found.children.length}`, "aria-selected": "false", "data-href": href }, ...content,
    ));
    for (const hit of hits) add(hit.href, ...told(hit));
    const said = total === 1 ? "the only result" : `all ${total} results`;
    if (total) add(`search.html?q=${encodeURIComponent(text)}`, said);
    list.replaceChildren(hits.length ? found : made("p", { role: "status" }, "Nothing found. Try fewer or other words."));
    list.hidden = false;
    field.setAttribute("aria-expanded", String(hits.length > 0));
    if (isSure) choose(0);
  }
  field.addEventListener("focus", load, { once: true });
  field.addEventListener("input", suggest);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) suggest();
      else choose(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      location.href = root + options()[active].dataset.href;
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option) return;
    event.preventDefault();
    location.href = root + option.dataset.href;
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

  // The page of results: search.html?q=words
  const results = $("#results"), asked = new URLSearchParams(location.search).get("q");
  if (results && asked) {
    field.value = asked;
    load().then((find) => {
      const { total, hits } = find(asked);
      const found = made("ul", { class: "hits" });
      for (const hit of hits) found.append(made("li", {}, made("a", { href: root + hit.href }, ...told(hit))));
      results.replaceChildren(made("p", { role: "status" }, `${total} found for “${asked}”`), found);
    });
  }

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

  // Filters of tables: every field has the name of a data attribute of the rows, but for the words.
  for (const form of $$("form.filter")) {
    const list = $(`#${form.dataset.filter}`), unit = "tbody tr:not(.head), [data-group] li";
    const rows = $$(unit, list), output = $("output", form);
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const filter = () => {
      const { words: typedWords, ...chosen } = Object.fromEntries(new FormData(form));
      const wanted = (typedWords ?? "").toLowerCase().split(/\s+/).filter(Boolean);
      const asked = Object.entries(chosen).filter(([, value]) => value);
      let count = 0;
      rows.forEach((row, number) => {
        const has = asked.every(([name, value]) => ` ${row.closest(`[data-${name}]`).dataset[name]} `.includes(` ${value} `));
        row.hidden = !has || !wanted.every((word) => texts[number].includes(word));
        count += !row.hidden;
      });
      for (const head of $$("tr.head, [data-group]", list)) {
        head.hidden = $$(unit, head.closest("tbody, [data-group]")).every((row) => row.hidden);
      }
      output.textContent = wanted.length || asked.length ? `${count} of ${rows.length}` : "";
    };
    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  // A section whose address was followed is shown opened.
  const unfold = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target?.matches(".entry")) $(":scope > details", target)?.setAttribute("open", "");
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
