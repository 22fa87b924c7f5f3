// Opens an index in Chromium, plays its list and searches it; prints what it found as JSON. Arguments: the folders of
// playwright-core and axe-core, the browser, and the address of the index.
import { pathToFileURL } from "node:url";

const [playwright, axe, executablePath, address] = process.argv.slice(2);
const { default: { chromium } } = await import(pathToFileURL(`${playwright}/index.js`));
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--mute-audio", "--autoplay-policy=no-user-gesture-required"],
});
const found = { errors: [] };
const open = async (options) => {
  const page = await (await browser.newContext({ viewport: { width: 900, height: 800 }, ...options })).newPage();
  page.on("console", (message) => { if (message.type() === "error") found.errors.push(message.text()); });
  page.on("pageerror", (error) => found.errors.push(String(error)));
  await page.goto(address);
  return page;
};
const titles = (page) => page.$$eval("#works h2", (all) => all.map((each) => each.textContent));
const playing = (page) => page.textContent("#say");

const page = await open({});
found.titles = await titles(page);
found.loaded = await page.$$eval("script[src]", (all) => all.length);
await page.click("#all");
await page.waitForFunction(() => document.getElementById("audio").currentTime > 0.2);
found.first = [await playing(page), await page.textContent("#place")];
// To the end of the first: the same element goes on with the next.
await page.evaluate(() => { const audio = document.getElementById("audio"); audio.currentTime = audio.duration - 0.3; });
await page.waitForFunction((title) => document.getElementById("say").textContent !== title, found.first[0]);
await page.waitForFunction(() => !document.getElementById("audio").paused && document.getElementById("audio").currentTime > 0.1);
found.second = [await playing(page), await page.$$eval("audio", (all) => all.length)];
await page.click("#play");
// The button follows the event of the pause, which comes after the click.
await page.waitForFunction(() => !document.querySelector("#works [aria-pressed=true]"));
found.pressed = await page.$$eval("#works [aria-pressed=true]", (all) => all.length);
await page.fill("#search", "  ÉCLUSE wind ");
await page.waitForFunction(() => document.getElementById("found").textContent === "1 found");
found.hits = [await titles(page), await page.textContent("#found")];
await page.fill("#search", "zzz");
found.nothing = [await titles(page), await page.textContent("#found")];
await page.fill("#search", "");
found.cleared = await titles(page);
found.queue = await page.evaluate(() => localStorage["exporter:queue"].split("\n").length);

found.axe = [];
for (const colorScheme of ["light", "dark"]) {
  const judged = await open({ colorScheme, bypassCSP: true });
  await judged.addScriptTag({ path: `${axe}/axe.min.js` });
  for (const isPlaying of [false, true]) {
    if (isPlaying) await judged.click("#all");
    const { violations, passes } = await judged.evaluate(() => globalThis.axe.run());
    found.axe.push([passes.length, violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)]);
  }
}
const narrow = await open({ viewport: { width: 320, height: 640 } });
await narrow.click("#all");
found.narrow = await narrow.evaluate(() => document.documentElement.scrollWidth);
const bare = await open({ javaScriptEnabled: false });
found.bare = [await bare.isVisible("#tools"), await bare.$$eval("#works a", (all) => all.length)];
console.log(JSON.stringify(found));
await browser.close();
