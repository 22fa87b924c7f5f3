// Reads a book in this window as a person does, with a real EPUB engine: every page is turned, every line of the table
// of contents and every note is tried, each page is measured by day, in sepia and at night. Reports what is wrong.
import "/engine/view.js";
import { FootnoteHandler } from "/engine/footnotes.js";

const LIGHTS = { light: ["#ffffff", "#000000"], sepia: ["#f4ecd8", "#33271a"], night: ["#121212", "#e0e0e0"] };
const SETTINGS = "p, li, blockquote, dd { line-height: 1.4; text-align: justify; hyphens: auto }";
const { book, letters, name } = Object.fromEntries(new URLSearchParams(location.search));
const problems = new Set();
const report = (found) => fetch("/report", { method: "POST", body: JSON.stringify({ name, ...found }) });
addEventListener("unhandledrejection", ({ reason }) => report({ problems: [String(reason)] }));
addEventListener("error", ({ message }) => report({ problems: [message] }));

const view = document.createElement("foliate-view");
document.body.append(view);

const lit = ([paper, ink]) => {
  view.renderer.setStyles([`html { background: ${paper}; color: ${ink}; font-size: ${letters}px }`, SETTINGS]);
};
const called = (element) => `${view.current}: ${element.localName}#${element.id || element.closest("[id]")?.id}`;
const drawn = () => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });

// The pages of a document stand side by side, each as wide as the window.
class Spread {
  constructor(document) {
    this.document = document;
    this.root = document.documentElement;
    this.wide = parseFloat(this.root.style.width);
    this.high = parseFloat(this.root.style.height);
    this.rtl = getComputedStyle(this.root).direction === "rtl";
    this.end = document.defaultView.innerWidth;
  }
  // Where something begins, counted from the side at which its page begins.
  pageOf({ left, right }) {
    return Math.floor((this.rtl ? this.end - right + 1 : left + 1) / this.wide);
  }
  // The edges of the page that something lies on.
  edges(rect) {
    const page = this.pageOf(rect);
    const from = this.rtl ? this.end - (page + 1) * this.wide : page * this.wide;
    return [from, from + this.wide];
  }
}

const measure = (spread) => {
  const { document, high } = spread;
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("math, rt")) continue;
    for (const rect of element.getClientRects()) {
      const [left, right] = spread.edges(rect);
      if (rect.left < left || rect.right > right) problems.add(`${called(element)} runs off its page`);
      // The box of a raised sign is higher than its ink.
      if (rect.top < -letters / 4 || rect.bottom > high + 1) problems.add(`${called(element)} runs below its page`);
    }
    const hides = getComputedStyle(element).overflow !== "visible";
    const larger = element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
    if (hides && larger) problems.add(`${called(element)} is clipped`);
  }
  for (const image of document.images) {
    if (!image.naturalWidth) problems.add(`${called(image)} shows nothing`);
    if (image.getClientRects().length !== 1) problems.add(`${called(image)} is cut`);
  }
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const range = document.createRange();
    range.setStartAfter(heading);
    range.setEndAfter(document.body.lastChild);
    const next = [...range.getClientRects()].find(({ width, height }) => width && height);
    if (next && spread.pageOf(next) !== spread.pageOf(heading.getBoundingClientRect())) problems.add(`${called(heading)} is stranded`);
  }
};

const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
const luminance = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrasts = ({ document }, light) => {
  const paper = luminance(LIGHTS[light][0]);
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const ink = luminance(getComputedStyle(element).webkitTextFillColor);
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) problems.add(`${called(element)} ${element.className} has a contrast of ${contrast.toFixed(2)} in ${light}`);
  }
};

// The letters of a part of a document. The heads of tables are hidden where their rows are cards, each with its head.
const lettersOf = (part) => {
  part.querySelectorAll("thead").forEach((head) => head.remove());
  return part.textContent.replace(/\s+/g, "");
};
const spread = () => new Spread(view.renderer.getContents()[0].doc);

// Turn from the first page to the last; what was on the pages, one after the other, is what the documents hold.
const turnPages = async () => {
  const seen = [], held = [];
  view.addEventListener("load", ({ detail: { doc } }) => held.push(lettersOf(doc.body.cloneNode(true))));
  for (let place = ""; place !== view.lastLocation?.cfi;) {
    place = view.lastLocation?.cfi;
    await view.next();
    if (place !== view.lastLocation.cfi) seen.push(lettersOf(view.lastLocation.range.cloneContents()));
  }
  return { pages: seen.length, seen: seen.join(""), held: held.join("") };
};

const tryContents = async (entries) => {
  for (const { label, href, subitems } of entries) {
    const { index, anchor } = await view.goTo(href);
    const target = anchor?.(view.renderer.getContents()[0].doc);
    if (!label || view.renderer.getContents()[0].index !== index) problems.add(`${href} leads nowhere`);
    if (target?.id && !view.lastLocation.range.intersectsNode(target)) problems.add(`${href} leads to another page`);
    await tryContents(subitems ?? []);
  }
};

const tryNotes = async () => {
  const notes = [];
  const handler = new FootnoteHandler();
  handler.addEventListener("before-render", ({ detail }) => document.body.append(detail.view));
  handler.addEventListener("render", ({ detail }) => {
    notes.push([detail.type, detail.view.renderer.getContents()[0].doc.body.textContent.trim()]);
  });
  const waiting = [];
  view.addEventListener("link", (event) => waiting.push(handler.handle(view.book, event)));
  for (const section of view.book.sections) {
    await view.goTo(section.id);
    const { doc } = view.renderer.getContents()[0];
    doc.querySelectorAll("a[role=doc-noteref]").forEach((mark) => mark.click());
  }
  await Promise.all(waiting);
  return notes;
};

await view.open(`/${book}`);
view.renderer.setAttribute("max-column-count", "1");
view.renderer.addEventListener("load", ({ detail }) => {
  view.current = view.book.sections[detail.index].id;
  lit(LIGHTS.light);
});
const pages = await turnPages();
for (const section of view.book.sections) {
  await view.goTo(section.id);
  await drawn();
  measure(spread());
  for (const [light, colours] of Object.entries(LIGHTS)) {
    lit(colours);
    contrasts(spread(), light);
  }
}
await tryContents(view.book.toc);
const notes = await tryNotes();
await report({ problems: [...problems], notes, ...pages });
