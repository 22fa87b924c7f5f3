// The index of a site: plays all its works with one audio element, and searches rows that are loaded as scripts, which
// works from a folder as from a server.
"use strict";
(() => {
  const get = (name) => document.getElementById(name);
  const [audio, play, seek, rate, say, works, player, search] =
    "audio play seek rate say works player search".split(" ").map(get);
  const words = player.dataset, newest = [...works.children];
  // Storage may be off.
  const load = (name) => { try { return localStorage["exporter:" + name] ?? ""; } catch { return ""; } };
  const save = (name, value) => { try { localStorage["exporter:" + name] = value; } catch {} };
  const clock = (time) => (time < 3600 ? [60, 1] : [3600, 60, 1])
    .map((unit, at) => `${Math.floor(time / unit) % (at ? 60 : 1e4)}`.padStart(at ? 2 : 1, 0)).join(":");

  // What is shown and has a sound is what is played, in this order.
  let current = null;
  const list = () => [...works.querySelectorAll("[data-sound]")];
  const show = () => {
    const { currentTime: time, duration } = audio;
    seek.max = duration || 1;
    seek.value = time;
    seek.ariaValueText = words.of.replace("{a}", clock(time)).replace("{b}", clock(duration || 0));
    get("time").textContent = clock(time);
    get("length").textContent = clock(duration || 0);
  };
  const start = () => audio.play().then(() => {}, ({ name }) => {
    if (name === "AbortError") return;
    say.textContent = name === "NotAllowedError" ? words.press : words.missing;
    play.focus();
  });
  const choose = (work) => {
    if (!work) return;
    current = work;
    player.hidden = false;
    document.body.classList.add("sound");
    audio.src = work.dataset.sound;
    audio.playbackRate = audio.defaultPlaybackRate = rate.value;
    const { textContent: title, lang } = work.querySelector("h2");
    say.textContent = title;
    say.lang = work.lang || lang;
    const at = Number(load(work.dataset.id));
    if (at) audio.addEventListener("loadedmetadata", () => { audio.currentTime = at; }, { once: true });
    const all = list();
    get("place").textContent = `${all.indexOf(work) + 1} / ${all.length}`;
    if (navigator.mediaSession) {
      navigator.mediaSession.metadata = new MediaMetadata({ title, album: document.title });
    }
    start();
  };
  const move = (by) => {
    const all = list();
    choose(all[all.indexOf(current) + by]);
  };
  const remember = () => { if (current) save(current.dataset.id, audio.ended ? 0 : audio.currentTime); };
  const toggle = () => (audio.paused ? start() : audio.pause());
  const changed = () => {
    play.ariaLabel = audio.paused ? words.play : words.pause;
    get("icon").setAttribute("href", audio.paused ? "#i-play" : "#i-pause");
    for (const button of works.querySelectorAll(".start")) {
      const isOn = button.parentElement === current && !audio.paused;
      button.setAttribute("aria-pressed", isOn);
      button.firstChild.firstChild.setAttribute("href", isOn ? "#i-pause" : "#i-play");
    }
    remember();
  };
  let saved = 0;
  audio.addEventListener("play", changed);
  audio.addEventListener("pause", changed);
  audio.addEventListener("durationchange", show);
  audio.addEventListener("timeupdate", () => {
    show();
    if (Math.abs(audio.currentTime - saved) < 5) return;
    saved = audio.currentTime;
    remember();
  });
  audio.addEventListener("error", () => { say.textContent = words.missing; });
  audio.addEventListener("ended", () => { remember(); move(1); });
  addEventListener("pagehide", remember);
  play.onclick = toggle;
  get("previous").onclick = () => move(-1);
  get("next").onclick = () => move(1);
  get("all").onclick = () => choose(list()[0]);
  seek.oninput = () => { audio.currentTime = seek.value; };
  rate.value = load("rate") || 1;
  rate.onchange = () => {
    audio.playbackRate = audio.defaultPlaybackRate = rate.value;
    save("rate", rate.value);
  };
  const handlers = {
    play: start, pause: toggle, previoustrack: () => move(-1), nexttrack: () => move(1),
    seekto: ({ seekTime }) => { audio.currentTime = seekTime; },
  };
  for (const [name, act] of Object.entries(handlers)) navigator.mediaSession?.setActionHandler(name, act);

  const addButton = (work) => {
    if (!work.dataset.sound || work.querySelector(".start")) return;
    const button = document.createElement("button");
    button.className = "start";
    button.ariaLabel = `${words.play}: ${work.querySelector("h2").textContent}`;
    button.setAttribute("aria-pressed", work === current && !audio.paused);
    button.innerHTML = '<svg aria-hidden="true"><use href="#i-play"></use></svg>';
    button.onclick = () => (work === current ? toggle() : choose(work));
    work.querySelector("h2").after(button);
  };

  // Search: a row is [id, title, credit, lead, language, address, sound, [[name, address], ...]].
  const rows = [];
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  globalThis.addRows = (number, shard) => {
    rows[number] = shard.map((row) => ({ row, text: fold(row.slice(1, 4).join(" ")) }));
    if (search.value.trim()) filter();
  };
  const create = (parent, tag, text, attributes) => {
    const element = document.createElement(tag);
    element.textContent = text;
    for (const [name, value] of Object.entries(attributes ?? {})) element.setAttribute(name, value);
    parent.append(element);
    return element;
  };
  const render = ([id, title, credit, lead, language, address, sound, links]) => {
    const shown = newest.find((work) => id && work.dataset.id === id);
    if (shown) return shown;
    if (current?.dataset.id === id) return current;
    const work = document.createElement("li");
    Object.assign(work, { lang: language, dir: "auto" });
    if (sound) Object.assign(work.dataset, { id, sound });
    const heading = create(work, "h2", address ? "" : title);
    if (address) create(heading, "a", title, { href: address });
    create(work, "p", credit, { class: "credit" });
    create(work, "p", lead, { class: "lead" });
    const files = create(work, "p", "", { class: "files" });
    for (const [name, href] of links) create(files, "a", name, { href });
    addButton(work);
    return work;
  };
  const most = 100;
  const filter = () => {
    const asked = fold(search.value).split(/\s+/).filter(Boolean);
    if (!asked.length) {
      works.replaceChildren(...newest);
      get("found").textContent = "";
      return;
    }
    if (rows.filter(Boolean).length < words.shards) return; // they are being loaded
    const hits = rows.toReversed().flat().filter((each) => each && asked.every((word) => each.text.includes(word)));
    works.replaceChildren(...hits.slice(0, most).map(({ row }) => render(row)));
    get("found").textContent = hits.length ? words.found.replace("{n}", hits.length) : words.nothing;
  };
  const loadRows = () => {
    for (let number = Number(words.shards); number > 0; number -= 1) {
      const script = document.createElement("script");
      script.src = `search-${number}.js`;
      document.head.append(script);
    }
  };
  search.addEventListener("input", loadRows, { once: true });
  search.addEventListener("input", filter);
  addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("input,button,a,select")) return;
    if (event.key === "/") search.focus();
    else if (event.key === " " && current) toggle();
    else return;
    event.preventDefault();
  });

  newest.forEach(addButton);
  // Pages go on with the next of this list.
  save("queue", list().map((work) => work.querySelector("h2 a")?.href).filter(Boolean).join("\n"));
  get("tools").hidden = false;
  get("all").hidden = !list().length;
})();
