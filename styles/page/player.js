// The player of a page: plays its sound, highlights the sentence and the word that are spoken, and seeks by click and
// key. The page works without it: then the sound has the browser's own controls.
"use strict";
(() => {
  const get = (name) => document.getElementById(name);
  const on = (target, names, act) => names.split(" ").forEach((name) => target.addEventListener(name, act));
  const { rows: timeline, chapters: marks, seconds, id, ...facts } = JSON.parse(get("timeline").textContent);
  const chapters = marks.map(([begin, anchor, title]) =>
    ({ begin, heading: get(anchor), title: title || get(anchor).textContent.trim() }));
  const words = get("player").dataset;
  const [audio, play, seek, rate, say, more, list] =
    "audio play seek rate say more chapters".split(" ").map(get);
  const now = () => audio.currentTime;
  const page = location.href.split(/[?#]/)[0];
  // Storage may be off.
  const load = (name) => { try { return localStorage["exporter:" + name] ?? ""; } catch { return ""; } };
  const save = (name, value) => { try { localStorage["exporter:" + name] = value; } catch {} };
  const clamp = (value, last) => Math.max(0, Math.min(last, value));
  const clock = (time) => (time < 3600 ? [60, 1] : [3600, 60, 1])
    .map((unit, at) => `${Math.floor(time / unit) % (at ? 60 : 1e4)}`.padStart(at ? 2 : 1, 0)).join(":");
  const setCurrent = (element, is) => { if (element) element.ariaCurrent = is; };

  // The timeline: for each row an anchor, and in hundredths of a second, in base 36, how long after the row before it
  // begins, then how long after the word before each word begins ("-" for one without a time).
  let last = 0;
  const rows = timeline.split(";").map((row) => {
    const [anchor, begin, ...deltas] = row.split(" ");
    let at = last += parseInt(begin, 36);
    const times = deltas.map((delta) => (delta === "-" ? NaN : (at += parseInt(delta, 36)) / 100));
    return { element: get(anchor), begin: last / 100, times };
  });
  const spoken = rows.filter(({ element }) => element);
  for (const { element } of spoken) element.classList.add("timed");
  // The index of the last that begins at or before a time, -1 if none does.
  const find = (entries, time = now() + 0.02) => {
    let low = 0, high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (entries[middle].begin <= time) low = middle + 1; else high = middle;
    }
    return low - 1;
  };
  const move = (entries, by) => entries[0] && go(entries[clamp(find(entries) + by, entries.length - 1)].begin);

  // The words of an element as ranges; note marks and ruby are not spoken.
  const listWords = (element) => {
    const found = [], walker = document.createTreeWalker(element, 4);
    let word;
    for (let node; (node = walker.nextNode());) {
      if (node.parentElement.closest(".mark,rt,rp")) continue;
      for (const { 0: run, index } of node.data.matchAll(/\s+|\S+/g)) {
        if (!run.trim()) { word = null; continue; }
        if (!word) {
          found.push(word = new Range());
          word.setStart(node, index);
        }
        word.setEnd(node, index + run.length);
      }
    }
    return found;
  };
  const highlights = window.Highlight && ["sentence", "word"].map((name, priority) => {
    const made = new Highlight();
    made.priority = priority;
    CSS.highlights.set(name, made);
    return made;
  });
  const paint = (row) => {
    const whole = new Range(), time = now();
    const number = row?.times.findLastIndex((begin) => begin <= time);
    if (row?.element) whole.selectNodeContents(row.element);
    if (number >= 0) row.words ??= listWords(row.element);
    [row?.element && whole, row?.words?.[number]].forEach((range, at) => {
      highlights[at].clear();
      if (range) highlights[at].add(range);
    });
  };

  let current, follow = true, sleep, timer, saved = 0;
  const show = () => {
    const time = now(), row = rows[find(rows, time)];
    if (row !== current) {
      setCurrent(current?.element, false);
      setCurrent(row?.element, true);
      current = row;
      const box = row?.element?.getBoundingClientRect();
      if (box && follow && !audio.paused && (box.top < 60 || box.bottom > innerHeight - 160))
        row.element.scrollIntoView({ block: "center" });
    }
    if (highlights) paint(row);
    seek.value = time;
    get("time").textContent = clock(time);
    seek.ariaValueText = words.of.replace("{a}", clock(time)).replace("{b}", clock(seconds));
    const chapter = find(chapters);
    [...list.children].forEach((entry, at) => setCurrent(entry.firstChild, at === chapter));
  };
  const frame = () => {
    show();
    if (!audio.paused) requestAnimationFrame(frame);
  };
  const go = (time) => {
    if (!audio.readyState) return audio.addEventListener("loadedmetadata", () => go(time), { once: true });
    audio.currentTime = clamp(time, seconds);
    show();
  };
  const tell = (text) => { say.textContent = text; };
  const start = () => audio.play().then(() => tell(""), ({ name }) => {
    if (name === "AbortError") return;
    tell(name === "NotAllowedError" ? words.press : words.missing);
    play.focus();
  });
  const playFrom = (time) => { go(time); start(); };
  const toggle = () => (audio.paused ? start() : audio.pause());
  const skip = (by) => () => go(now() + by);
  const setRate = (by = 0) => {
    rate.selectedIndex = clamp(rate.selectedIndex + by, rate.length - 1);
    audio.playbackRate = audio.defaultPlaybackRate = rate.value;
    save("rate", rate.value);
  };
  const remember = () => save(id, audio.ended ? 0 : now());
  on(audio, "play pause", () => {
    play.ariaLabel = audio.paused ? words.play : words.pause;
    get("icon").setAttribute("href", audio.paused ? "#i-play" : "#i-pause");
    remember();
    frame();
  });
  on(audio, "error", () => tell(words.missing));
  on(audio, "seeked timeupdate", () => {
    show();
    if (Math.abs(now() - saved) > 5) {
      saved = now();
      remember();
    }
    if (!sleep || !sleep()) return;
    sleep = get("sleep").value = "";
    audio.pause();
  });
  // Of a list that an index page plays, the next page.
  const queue = load("queue").split("\n"), place = queue.indexOf(page);
  on(audio, "ended", () => {
    remember();
    if (place >= 0 && queue[place + 1] && get("all").checked) location.href = `${queue[place + 1]}#play`;
  });

  play.onclick = toggle;
  get("back").onclick = skip(-10);
  get("ahead").onclick = skip(30);
  seek.oninput = () => go(seek.value);
  rate.value = load("rate") || 1;
  rate.onchange = () => setRate();
  get("sleep").onchange = ({ target: { value } }) => {
    const until = Date.now() + value * 6e4, end = chapters[find(chapters) + 1]?.begin ?? seconds;
    sleep = value && (() => (value === "chapter" ? now() >= end - 0.05 : Date.now() > until));
  };
  get("share").onclick = async () => {
    const link = `${page}#t=${Math.floor(now())}`;
    history.replaceState(null, "", link);
    tell(await navigator.clipboard?.writeText(link).then(() => words.copied, () => link) ?? link);
  };
  for (const name of ["keys", "all"]) {
    get(name).checked = load(name) !== "off";
    get(name).onchange = ({ target }) => save(name, target.checked ? "on" : "off");
  }
  get("all").parentElement.hidden = place < 0;

  // Chapters: a list in the panel, and a button after each heading.
  for (const { title, begin, heading } of chapters) {
    const entry = document.createElement("li"), button = document.createElement("button");
    button.onclick = () => { more.open = false; playFrom(begin); };
    const listen = button.cloneNode();
    button.textContent = `${clock(begin)} ${title}`;
    entry.append(button);
    list.append(entry);
    if (!heading?.matches("h2,h3,h4")) continue;
    listen.onclick = button.onclick;
    listen.className = "listen";
    listen.ariaLabel = `${words.listen}: ${title}`;
    listen.innerHTML = '<svg aria-hidden="true"><use href="#i-play"></use></svg>';
    heading.after(listen);
  }

  on(document.querySelector("main"), "click", ({ target }) => {
    if (target.closest("a,button,audio") || `${getSelection()}`) return;
    const row = spoken.find(({ element }) => element === target.closest(".timed"));
    if (row) playFrom(row.begin);
  });
  const actions = {
    " ": toggle, k: toggle, ArrowLeft: skip(-10), ArrowRight: skip(30),
    j: () => move(spoken, -1), l: () => move(spoken, 1), p: () => move(chapters, -1), n: () => move(chapters, 1),
    "[": () => setRate(-1), "]": () => setRate(1),
  };
  on(window, "keydown", (event) => {
    const { key, target } = event;
    if (key === "Escape") more.open = false;
    if (event.altKey || event.ctrlKey || event.metaKey || target.matches("[type=checkbox],select")) return;
    const by = target === seek && { ArrowLeft: -5, ArrowDown: -5, ArrowRight: 5, ArrowUp: 5 }[key];
    const isOff = !get("keys").checked || (key === " " && target.closest("button,a,summary"));
    const act = by ? skip(by) : !isOff && actions[key];
    if (!act) return;
    event.preventDefault();
    act();
  });
  // Who scrolls reads elsewhere: the page stays there for a while.
  on(window, "wheel touchmove", () => {
    follow = false;
    clearTimeout(timer);
    timer = setTimeout(() => { follow = true; }, 5e3);
  });
  on(window, "pagehide", remember);

  audio.controls = get("player").hidden = false;
  setRate();
  const shared = /^#t=([\d.]+)/.exec(location.hash);
  go(shared ? shared[1] : load(id) || 0);
  if (location.hash === "#play") start();

  const session = navigator.mediaSession;
  if (session) {
    session.metadata = new MediaMetadata({ title: document.title, ...facts });
    for (const [name, act] of Object.entries({
      play: start, pause: toggle, seekbackward: skip(-10), seekforward: skip(30),
      previoustrack: actions.p, nexttrack: actions.n, seekto: ({ seekTime }) => go(seekTime),
    })) session.setActionHandler(name, act);
  }
})();
