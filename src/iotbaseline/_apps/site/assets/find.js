// Finds what was typed in what searching.py wrote. site.js loads this when somebody is about to search.
"use strict";
window.iotbaselineFinder = (data) => {
  const words = (text) => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const parts = (text) => text.toLowerCase().match(/[a-z]+|[0-9]+/g) ?? [];
  const otherwise = [[/\.nist(?=\.)/g, ""], [/\.nistir\b/g, ".ir"], [/\.rev(?:ision)?(?=\.\d)/g, ".r"]];
  const spelled = (text) => otherwise.reduce(
    (kept, [written, other]) => kept.replace(written, other),
    parts(text).map((part) => "." + part.replace(/^0+(?=\d)/, "")).join(""),
  );
  const split = (typed) => typed.split(".").slice(1);
  const file = (name) => name.replace(/[^A-Za-z0-9._-]/g, (letter) => "~" + letter.codePointAt(0).toString(16));

  const LONGEST = 200; // Letters of what is typed that are read.
  const { publications, named, profiles, ways, covered, asides, intents, entries, synonyms } = data;
  const stop = new Set(data.stop);
  const locals = entries.map((entry) => spelled(entry[1]));
  const titles = entries.map((entry) => [spelled(entry[3]), spelled(entry[4])]);
  const overview = new Map(entries.flatMap(([number, local], id) => (number >= 0 && !local ? [[number, id]] : [])));
  const profileOf = new Map(entries.flatMap(([number, key], id) => (number === -1 ? [[key, id]] : [])));
  const longest = Math.max(...Object.keys(synonyms).map((term) => term.split(" ").length));
  // 0 in force, 1 no longer in force, 2 a draft.
  const isOld = (entry) => Number(entry[0] >= 0 && (publications[entry[0]][3] || entry[5] || 0));
  // What is behind an element: in how many publications in force it, or else its parts, map to something.
  const behind = ([number, local, , , , , own = 0, below = 0, through = 0]) => {
    const said = (count) => `${count} publication${count === 1 ? "" : "s"}`;
    if (number < 0 || !local) return "";
    if (own) return `maps directly to ${said(own)}${through ? `, through others to ${through}` : ""}`;
    return through ? `maps through others to ${said(through)}` : below ? `its parts map to ${said(below)}` : "";
  };
  // 0 for what leads on: all but elements, and those that map to something; 1 if only their parts do, and 2 else.
  const deadEnd = (entry) => (entry[0] < 0 || !entry[1] ? 0 : isOld(entry) ? 2 : entry[6] ? 0 : entry[7] ? 1 : 2);
  const index = MiniSearch.loadJSON(data.index, {
    fields: ["names", "title", "summary"],
    tokenize: words,
    processTerm: (term) => (stop.has(term) ? null : term),
    searchOptions: {
      boost: { names: 3, title: 2.5 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 && !/\d/.test(term) ? 0.2 : false),
      boostDocument: (id) => (isOld(entries[id]) ? 0.25 : entries[id][0] < 0 ? 2 : entries[id][1] ? 1 : 1.5),
    },
  });

  // What is shown of an entry; "towards" is a publication or a profile that its page is read for.
  function shown(id, towards) {
    const [number, local, page, label, text] = entries[id];
    if (number === -2) return { href: local, label, text, where: "page" };
    if (number < 0) return { href: `profiles/${file(local)}.html`, label, text, where: "profile" };
    const [key, short, , , when] = publications[number], old = isOld(entries[id]);
    const folder = `publications/${file(key)}/`;
    if (!local) return { href: folder + "index.html", label, text, where: when, isOld: old };
    const at = page === 0 ? `${file(local)}.html` : `${page === 1 ? "index" : file(page)}.html#${file(local)}`;
    const anchor = page === 0 ? towards?.anchor ?? "" : "";
    const status = publications[number][3] ? ` · ${when}` : entries[id][5] ? " · withdrawn" : "";
    const where = short + status + (towards?.said ?? "");
    return { href: folder + at + anchor, label, text, where, isOld: old, behind: old ? "" : behind(entries[id]) };
  }

  // A question is read without the words that ask, and then without those that say what everything here is:
  // "is DI:IMS(1) in the federal profile?", "which consumer outcomes does SI-2 support".
  const plain = (text, ...more) => {
    const left = new Set([...data.stop, ...more]);
    return text.split(/\s+/).filter((word) => !left.has(words(word).join(""))).join(" ");
  };

  // Publications, with or without the year, and the site's own pages and profiles.
  function called(text) {
    const typed = spelled(text), title = text.toLowerCase();
    const [, work, year] = /^(.+)\.(\d{4})$/.exec(typed) ?? [];
    const dated = (named[work] ?? []).filter((number) => publications[number][4].startsWith(year));
    const own = entries.flatMap(([number, , , label], id) => (number < 0 && label.toLowerCase() === title ? [id] : []));
    const profile = typed in profiles ? [profileOf.get(profiles[typed][0])] : [];
    return [...own, ...profile, ...[...(named[typed] ?? []), ...dated].map((number) => overview.get(number))];
  }

  // Elements: the end of what is typed is the local identifier, and the rest is in the names of the publication.
  // They are shared if nothing that was typed tells the first of them from the second.
  function identified(text) {
    const typed = spelled(text), literal = parts(text).join("."), whole = text.toLowerCase().trim();
    if (!typed || (!/\d/.test(typed) && /\s/.test(text.trim()))) return { ids: [], isShared: false };
    const isOther = (id) => Number(!literal.endsWith(parts(entries[id][1]).join(".")));
    const isWritten = (id) => [entries[id][1], entries[id][3]].some((name) => whole.endsWith(name.toLowerCase()));
    const found = [];
    locals.forEach((local, id) => {
      if (!local || entries[id][0] < 0 || !typed.endsWith(local)) return;
      const rest = split(typed.slice(0, -local.length));
      const names = publications[entries[id][0]][2], isNamed = names.includes(`|.${rest.join(".")}.|`);
      if (!rest.every((part) => names.includes(`.${part}.`))) return;
      const ranks = [-local.length, isOther(id), isOld(entries[id]), !isWritten(id), -rest.length, !isNamed];
      found.push([id, ranks.map(Number)]);
    });
    const order = ([, a], [, b]) => a.map((rank, at) => rank - b[at]).find((difference) => difference) ?? 0;
    found.sort((a, b) => order(a, b) || a[0] - b[0]);
    return { ids: found.map(([id]) => id), isShared: found.length > 1 && order(...found) === 0 };
  }

  // Places that tell what is wanted: one of the words that say so is typed, and the rest is in the names of the place.
  function wanted(text) {
    const typed = split(spelled(plain(text)));
    return intents.flatMap(([terms, places]) => {
      const rest = typed.filter((part) => !terms.includes(part)), whole = `.${rest.join(".")}.`;
      if (rest.length === typed.length) return [];
      if (!rest.length) return places.slice(0, 1);
      const isMissed = (end) => !end.split("|").some((name) => name && whole.includes(name));
      const own = ([, label, , , keys]) => `${keys.map((number) => publications[number][2]).join("")}${spelled(label)}.`;
      const isIn = (all) => rest.every((part) => all.includes(`.${part}.`));
      const tells = (place) => isIn(`${own(place)}${place[3].join("")}${spelled(place[2])}.`);
      const ends = ([, , , names, keys]) => [...keys.map((number) => publications[number][2]), ...names];
      // A word of what a place is about is too little: "missing authentication" does not ask for a family of controls.
      const isMeant = ([place, missed]) => missed < ends(place).length || isIn(own(place));
      return places.filter(tells).map((place) => [place, ends(place).filter(isMissed).length]).filter(isMeant)
        .sort((a, b) => a[1] - b[1]).map(([place]) => place);
    });
  }
  // Places for which what is typed is a name, although nothing says that they are wanted: a topic of the comparison,
  // a part of a publication that has errata.
  function offered(text) {
    const typed = spelled(text), name = `|${typed}.|`;
    const isNamed = ([, , , names]) => typed && names.length === 1 && names[0].includes(name);
    return intents.flatMap(([, places]) => places.filter(isNamed));
  }
  const place = ([href, label, text]) => ({ href, label, text, where: "page" });

  // The pages about two publications.
  const differences = intents.flatMap(([, places]) => places).filter(([, , , , about]) => about.length === 2);

  // The ways to divide what is typed into the name of a publication or profile, and the rest.
  function divided(text) {
    const typed = split(spelled(text)), joined = (some) => some.map((part) => `.${part}`).join("");
    return typed.slice(1).flatMap((_, at) => {
      const [before, after] = [joined(typed.slice(0, at + 1)), joined(typed.slice(at + 1))];
      return [[after, before, before], [before, after, before]];
    }).filter(([name]) => name in named || name in profiles)
      .sort((a, b) => split(b[0]).length - split(a[0]).length);
  }

  // What a profile makes of an element of a framework: the rows of its pages of coverage, those of the level first.
  function rows(id, profile, level) {
    const [number, , , label, text] = entries[id], short = publications[number][1];
    const own = covered.filter(([key, framework]) => key === profile && framework === number);
    const found = own.flatMap(([, , part, address, items, left]) => {
      const isOther = Boolean(level) && part.toLowerCase() !== level;
      const [state] = items.find(([, labels]) => labels.split(" ").includes(label)) ?? [];
      const said = left[label] ?? state;
      if (!said) return [];
      const filtered = `?words=${encodeURIComponent(label)}#${state?.replaceAll(" ", "-")}`;
      const href = address + (left[label] ? `#${file(label)}` : filtered);
      const which = part === "All" ? "" : `, ${part}`, not = isOther ? `, not in ${level.toUpperCase()}` : "";
      const where = `${short}${which} → ${profile} profile: ${said}${not}`;
      return [[isOther, { href, label, text, where, isRow: true }]];
    });
    const wanted = found.filter(([isOther]) => !isOther), isFamily = own.some(([, , , , , left]) => left[label]);
    return (wanted.length ? wanted : found).map(([, row]) => row).slice(0, isFamily ? 4 : 1);
  }

  // What is connected: an element by its identifier or exact title, read for a publication or profile; two publications.
  // For a profile the level may be said, and that its gaps are wanted: "federal profile AU LOW".
  // What asks for elements, "which consumer outcomes does SI-2 support", is told on the page of the element.
  function connected(text, asksForElements) {
    const all = plain(text).split(/\s+/), isAside = (word) => asides.includes(words(word).join(""));
    const isLevel = (word) => covered.some(([, , part]) => part.toLowerCase() === word);
    const level = all.map((word) => word.toLowerCase()).find(isLevel);
    const bare = all.filter((word) => !isAside(word)).join(" ");
    const inProfiles = bare === text ? [] : divided(bare).filter(([name]) => name in profiles);
    for (const [name, rest, first] of [...inProfiles, ...divided(text)]) {
      const [profile, taken] = profiles[name] ?? [], keys = taken ?? named[name];
      const pairs = (named[rest] ?? []).flatMap((one) => keys.map((other) => [one, other]));
      const isBackwards = ([, , , , [from]]) => Number(!named[first]?.includes(from));
      const places = differences.filter(([, , , , about]) => (
        pairs.some(([one, other]) => about.includes(one) && about.includes(other) && one !== other)));
      if (!profile && places.length) return places.sort((a, b) => isBackwards(a) - isBackwards(b)).map(place);
      const towards = (id) => {
        const own = entries[id][0], of = profile ? ` (${profile} profile)` : "";
        if (keys.includes(own)) return profile ? { said: ` → ${profile} profile`, anchor: "#profiles" } : {};
        const [direct, below] = ways[id - publications.length];
        const key = keys.find((each) => direct.includes(each)), part = keys.find((each) => below.includes(each));
        const name = (number) => publications[number][1] + of, at = (number) => file(publications[number][0]);
        if (key !== undefined) return { said: ` → ${name(key)}`, anchor: `#maps-${at(key)}` };
        if (part === undefined) return null;
        // A page has what its parts map to if it maps to nothing in force itself.
        return { said: ` · its parts map to ${name(part)}`, anchor: entries[id][6] ? "" : `#parts-${at(part)}` };
      };
      const none = { said: ` · no mapping to ${profile ? `the ${profile} profile` : publications[keys[0]]?.[1]}` };
      const covers = (id) => (profile ? rows(id, profile, level) : []);
      // Those of the publication itself, then those that lead there.
      const isForeign = ([id, way, covering]) => (keys.includes(entries[id][0]) ? 0 : way || covering.length ? 1 : 2);
      const exact = identified(rest.replaceAll(".", " ").trim()).ids;
      const titled = exact.length ? [] : entries.flatMap((entry, id) => (
        entry[0] >= 0 && entry[1] && titles[id].includes(rest) && (towards(id) || covers(id).length) ? [id] : []));
      const found = [...exact, ...titled].map((id) => [id, towards(id), covers(id)])
        .sort((a, b) => isOld(entries[a[0]]) - isOld(entries[b[0]]) || isForeign(a) - isForeign(b));
      if (found.length) return found.flatMap(([id, way, covering]) => {
        const own = shown(id, way ?? (covering.length ? {} : none));
        return asksForElements && way ? [own, ...covering] : [...covering, own];
      });
    }
    return [];
  }

  // Whatever begins so, or has a name of which this is a part.
  function begun(text) {
    const typed = spelled(text);
    if (!typed) return [];
    const whole = /\d/.test(typed) ? publications.flatMap(([, , names], number) => (
      names.includes(`${typed}.`) ? [overview.get(number)] : [])) : [];
    const isWords = !/\d/.test(typed) && /\s/.test(text.trim());
    const first = isWords ? [] : locals.flatMap((local, id) => (entries[id][0] >= 0 && local.startsWith(typed) ? [id] : []));
    const order = (a, b) => isOld(entries[a]) - isOld(entries[b]) || a - b;
    return [...whole.sort(order), ...first.slice(0, 200).sort(order)].slice(0, 12);
  }

  // Words: all of them, some of which have synonyms; if nothing has all, and nothing else is sure, whatever has any.
  // What has just these words for a title is first, and what leads nowhere last.
  function worded(text, isSure) {
    const typed = words(text);
    const all = (query) => ({ combineWith: "AND", queries: words(query) });
    const queries = [];
    const known = (term) => [term, term.replace(/s$/, "")].find((key) => Object.hasOwn(synonyms, key));
    for (let place = 0; place < typed.length;) {
      let length = Math.min(longest, typed.length - place);
      while (length > 0 && !known(typed.slice(place, place + length).join(" "))) length--;
      const term = typed.slice(place, place + Math.max(length, 1)).join(" ");
      if (length) queries.push({ combineWith: "OR", queries: [known(term), ...synonyms[known(term)]].map(all) });
      else if (!stop.has(term)) queries.push(term);
      place += Math.max(length, 1);
    }
    if (!queries.length) return [];
    const title = spelled(text), isOther = ({ id }) => Number(isOld(entries[id]) || !titles[id].includes(title));
    const order = (a, b) => isOther(a) - isOther(b) || deadEnd(entries[a.id]) - deadEnd(entries[b.id]);
    const every = index.search({ combineWith: "AND", queries }).sort(order);
    const found = every.length || isSure ? every : index.search({ combineWith: "OR", queries });
    return found.map((hit) => hit.id);
  }

  // A month and a year with a publication: what became of one of that date in it.
  const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
  function dated(text) {
    const [whole, month, year] = /\b(?:([a-z]{3,9})\.? )?((?:19|20)\d\d(?:-\d\d)?)\b/i.exec(text) ?? [""];
    const which = months.findIndex((each) => month?.toLowerCase().startsWith(each)) + 1;
    const date = which ? `${year}-${String(which).padStart(2, "0")}` : year;
    const own = whole ? named[spelled(text.replace(which ? whole : year, ""))] ?? [] : [];
    const rank = ([one, other]) => (
      own.includes(one) && publications[other][5].startsWith(date) ? own.indexOf(one) : Infinity);
    const best = ([, , , , pair]) => Math.min(rank(pair), rank([...pair].reverse()));
    return differences.filter((each) => each[0].startsWith("changes/") && best(each) < Infinity)
      .sort((a, b) => best(a) - best(b)).map(place);
  }

  function sure(text, reading) {
    const names = called(text), { ids, isShared } = identified(text);
    const found = [...names, ...ids].map((id) => shown(id));
    if (found.length) return { found, isShared: !names.length && isShared };
    const asked = wanted(text).map(place), linked = connected(text, reading === 2);
    const places = linked[0]?.isRow ? [...linked, ...asked] : [...asked, ...linked];
    return { found: [...places, ...dated(text)], isShared: false };
  }

  // Hits that are called the same need the publication to be told apart.
  function distinguished(hits) {
    const labels = hits.filter((hit) => !hit.isOld).map(({ label }) => label);
    const isTwin = ({ label, isOld }) => !isOld && labels.indexOf(label) !== labels.lastIndexOf(label);
    return hits.map((hit) => ({ ...hit, isTwin: isTwin(hit) }));
  }

  return (typed, most) => {
    const text = typed.trim().slice(0, LONGEST), none = { found: [], isShared: false };
    const readings = [text, plain(text), plain(text, ...data.common)].map(sure);
    const { found: known, isShared } = readings.find(({ found }) => found.length) ?? none;
    const others = [...begun(text), ...worded(text, known.length > 0)].map((id) => shown(id));
    others.splice(2, 0, ...offered(text).map(place));
    const seen = new Set(), element = ({ href }) => href.replace(/#((maps|parts)-.*|profiles)$/, "");
    const hits = [...known.slice(0, 12), ...others].filter((hit) => !seen.has(element(hit)) && seen.add(element(hit)));
    const isSure = known.length > 0 && !isShared;
    return { total: hits.length, isSure, hits: distinguished(hits.slice(0, most)) };
  };
};
