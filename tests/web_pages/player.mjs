// Opens a page in Chromium as its users do, and prints what it found as JSON. Arguments: the folders of
// playwright-core and axe-core, the browser, the address of the page, and the times (seconds) to look at.
import { pathToFileURL } from "node:url";

const [playwright, axe, executablePath, address, times] = process.argv.slice(2);
const { default: { chromium } } = await import(pathToFileURL(`${playwright}/index.js`));
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"],
});
const found = { errors: [], requests: [] };

const open = async (options, url = address) => {
  const context = await browser.newContext({ viewport: { width: 900, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("console", (message) => { if (message.type() === "error") found.errors.push(message.text()); });
  page.on("pageerror", (error) => found.errors.push(String(error)));
  page.on("request", (request) => found.requests.push(request.url()));
  await page.goto(url);
  return page;
};
const time = (page) => page.evaluate(() => document.getElementById("audio").currentTime);
const isReady = (page) => page.waitForFunction(() => document.getElementById("audio").readyState > 0);
const isMoved = (page) => page.waitForFunction(() => document.getElementById("audio").currentTime > 0);
const seek = (page, to) => page.evaluate((second) => new Promise((done) => {
  const audio = document.getElementById("audio");
  audio.addEventListener("seeked", () => setTimeout(done), { once: true });
  audio.currentTime = second;
}), to);
const highlighted = (page) => page.evaluate(() => Object.fromEntries(["sentence", "word"].map((name) =>
  [name, [...CSS.highlights.get(name)].map((range) => range.toString()).join("|")])));
const width = (page) => page.evaluate(() => document.documentElement.scrollWidth);
const isPaused = (page) => page.evaluate(() => document.getElementById("audio").paused);

const page = await open({});
await isReady(page);
found.ranges = [];
for (const second of JSON.parse(times)) {
  await seek(page, second);
  found.ranges.push(await highlighted(page));
}
// While it plays: the word at the time that it was read.
await seek(page, JSON.parse(times)[0]);
await page.click("#play");
found.played = [];
for (let count = 0; count < 12; count += 1) {
  const since = await time(page);
  await page.waitForFunction((second) => document.getElementById("audio").currentTime > second + 0.1, since);
  found.played.push(await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done({
    time: document.getElementById("audio").currentTime,
    word: [...CSS.highlights.get("word")].join("|"),
  })))));
}
found.playing = await page.getAttribute("#play", "aria-label");
await page.keyboard.press("k");
found.paused = await isPaused(page);

const press = async (...keys) => {
  for (const key of keys) await page.keyboard.press(key);
  return time(page);
};
await seek(page, 5);
found.keys = { ahead: await press("ArrowRight"), back: await press("ArrowLeft") };
await press("j");
found.keys.sentence = await highlighted(page);
found.keys.next = (await press("l"), await highlighted(page));
found.keys.chapter = await press("n");
await press("]", "]");
found.rate = await page.evaluate(() => {
  const { playbackRate, preservesPitch } = document.getElementById("audio");
  return [playbackRate, preservesPitch];
});
await page.click("#more summary");
await page.uncheck("#keys");
await page.click("#share");
found.shared = page.url();
await page.keyboard.press("Escape");
const before = await time(page);
found.keys.off = (await press("n", "ArrowRight")) - before;
await page.evaluate(() => getSelection().empty());
await page.click("main .timed >> nth=3");
found.clicked = { ...await highlighted(page), paused: await isPaused(page) };
await page.evaluate(() => document.getElementById("audio").pause());
await page.click(".listen >> nth=0");
found.listen = await time(page);
await page.evaluate(() => document.getElementById("audio").pause());
await seek(page, 7.5);
await page.evaluate(() => dispatchEvent(new Event("pagehide")));
await page.goto("about:blank");
await page.goto(address);
await isMoved(page);
found.remembered = await time(page);
await page.goto("about:blank");
await page.goto(`${address}#t=4`);
await isMoved(page);
found.linked = await time(page);
// The end of a chapter, by the sleep timer.
const chapter = JSON.parse(await page.textContent("#timeline")).chapters[1][0];
await seek(page, chapter - 0.6);
await page.click("#more summary");
await page.selectOption("#sleep", "chapter");
await page.evaluate(() => document.getElementById("audio").play());
await page.waitForFunction(() => document.getElementById("audio").paused);
found.slept = (await time(page)) - chapter;
// The end of a page that an index page lists before another.
const next = address.replace(/[^/]*$/, "next.html");
await page.evaluate((list) => { localStorage["exporter:queue"] = list.join("\n"); }, [address, next]);
await page.reload();
await isReady(page);
found.isListed = await page.evaluate(() => !document.getElementById("all").parentElement.hidden);
await page.evaluate(() => document.getElementById("audio").play());
await page.waitForFunction(() => document.getElementById("audio").currentTime > 0);
const asked = page.waitForRequest(next);
await page.evaluate(() => { const audio = document.getElementById("audio"); audio.currentTime = audio.duration - 0.2; });
await asked;
const printed = await open({});
await printed.emulateMedia({ media: "print" });
found.print = await printed.isVisible("#player");

found.axe = [];
for (const colorScheme of ["light", "dark"]) {
  const judged = await open({ colorScheme, bypassCSP: true });
  await isReady(judged);
  await seek(judged, 5);
  await judged.addScriptTag({ path: `${axe}/axe.min.js` });
  for (const opened of [false, true]) {
    if (opened) await judged.click("#more summary");
    const { violations, passes } = await judged.evaluate(() => globalThis.axe.run());
    found.axe.push([passes.length, violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)]);
  }
}
const narrow = await open({ viewport: { width: 320, height: 640 } });
await narrow.click("#more summary");
found.narrow = await width(narrow);
found.height = await narrow.evaluate(() => document.getElementById("player").offsetHeight);
const bare = await open({ javaScriptEnabled: false });
found.bare = [await bare.isVisible("#audio"), await bare.isVisible("#player"), (await bare.textContent("main")).length];
console.log(JSON.stringify(found));
await browser.close();
