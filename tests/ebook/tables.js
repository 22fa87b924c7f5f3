// Measures pages in windows of several widths: what runs off the page, and which words of tables are broken.
const { pages, widths, longest } = await (await fetch("pages.json")).json();

const lines = (range) => new Set([...range.getClientRects()].map(({ bottom }) => Math.round(bottom))).size;

const findBroken = (document) => {
  const broken = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (!node.parentElement.closest("td, th, caption")) continue;
    for (const word of node.data.matchAll(/\S+/g)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      if (word[0].length <= longest && lines(range) > 1) broken.push(word[0]);
    }
  }
  return broken;
};

// What reaches beyond the page, by its text; a picture or a formula by its name.
const findOutside = (document, width) => {
  const outside = [];
  for (const element of document.body.querySelectorAll("*")) {
    const { left, right } = element.getBoundingClientRect();
    if (left < -1 || right > width + 1) outside.push(`${element.localName} ${element.textContent.slice(0, 40)}`);
  }
  return outside;
};

// Where the decimal sign of each number stands, by table and column: all of one column stand in line.
const findSigns = (document) => {
  const signs = {};
  document.querySelectorAll("table").forEach((table, number) => {
    table.querySelectorAll("td.numeric").forEach((cell) => {
      if (getComputedStyle(cell).display !== "table-cell") return;
      const range = document.createRange();
      range.selectNodeContents(cell);
      const text = range.toString();
      const lead = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
      const at = lead.data.search(/[.](?=\d+\D*$)/);
      range.setStart(lead, 0);
      range.setEnd(lead, at < 0 ? lead.data.search(/\d(?=\D*$)/) + 1 : at);
      (signs[`${number} ${cell.cellIndex}`] ??= []).push([text, range.getBoundingClientRect().right]);
    });
  });
  return signs;
};

for (const page of pages) {
  for (const width of widths) {
    const frame = document.createElement("iframe");
    Object.assign(frame, { width, height: 800, src: page });
    const loaded = new Promise((done) => frame.addEventListener("load", done));
    document.body.append(frame);
    await loaded;
    const inside = frame.contentDocument;
    await inside.fonts.ready;
    const root = inside.documentElement;
    const found = {
      page, width,
      wide: root.scrollWidth - root.clientWidth,
      outside: findOutside(inside, root.clientWidth),
      broken: findBroken(inside),
      signs: findSigns(inside),
      cards: [...inside.querySelectorAll("tr")].filter((row) => getComputedStyle(row).display === "block").length,
    };
    await fetch("/report", { method: "POST", body: JSON.stringify(found) });
    frame.remove();
  }
}
