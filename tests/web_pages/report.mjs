// Opens the report on an episode in Chromium; prints what it found as JSON. Arguments: the folders of playwright-core
// and axe-core, the browser, and the address of the report.
import { pathToFileURL } from "node:url";

const [playwright, axe, executablePath, address] = process.argv.slice(2);
const { default: { chromium } } = await import(pathToFileURL(`${playwright}/index.js`));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const found = { errors: [], requests: [], widths: {}, drawn: [], axe: [] };

const page = await browser.newPage();
page.on("console", (message) => { if (message.type() === "error") found.errors.push(message.text()); });
page.on("request", (request) => found.requests.push(request.url()));
for (const width of [320, 390, 1100]) {
  await page.setViewportSize({ width, height: 800 });
  await page.goto(address);
  found.widths[width] = await page.evaluate(() => document.documentElement.scrollWidth);
}
found.drawn = await page.$$eval("figure > svg", (all) => all.map((each) => {
  const frame = each.getBoundingClientRect();
  return [...each.querySelectorAll("path")].every((path) => {
    const box = path.getBoundingClientRect();
    return box.width > frame.width * 0.9 && box.left >= frame.left - 2 && box.right <= frame.right + 2;
  });
}));
for (const colorScheme of ["light", "dark"]) {
  const judged = await (await browser.newContext({ bypassCSP: true, colorScheme })).newPage();
  await judged.goto(address);
  await judged.addScriptTag({ path: `${axe}/axe.min.js` });
  const { violations, passes } = await judged.evaluate(() => globalThis.axe.run());
  found.axe.push([passes.length, violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`)]);
}
await browser.close();
console.log(JSON.stringify(found));
