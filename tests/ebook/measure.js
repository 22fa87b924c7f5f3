// Measures a page that is set in columns, each as wide as the window: one column is one page of a reading system.
// Tells the window above what is wrong, as lines of text.
addEventListener("load", () => {
  const wide = innerWidth, high = innerHeight, problems = [];
  const name = (element) => `${element.localName}#${element.id || element.closest("[id]")?.id}`;
  const pageOf = (rect) => Math.floor((rect.left + 1) / wide);

  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest("math, picture > source, rt")) continue;
    for (const rect of element.getClientRects()) {
      const start = pageOf(rect) * wide;
      // Up to the window's edge: spaces at the end of a line of code hang into the margin.
      if (rect.right > start + wide - 2) problems.push(`${name(element)} runs off its page`);
      if (rect.bottom > high + 1) problems.push(`${name(element)} runs below its page`);
    }
  }
  for (const image of document.images) {
    const rect = image.getBoundingClientRect();
    if (!image.naturalWidth) problems.push(`${name(image)} shows nothing`);
    if (image.getClientRects().length !== 1 || rect.height > high) problems.push(`${name(image)} is cut`);
  }
  for (const heading of document.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const next = heading.nextElementSibling;
    if (!next) continue;
    const range = document.createRange();
    range.selectNodeContents(next);
    const first = range.getClientRects()[0] ?? next.getClientRects()[0];
    if (pageOf(first) !== pageOf(heading.getBoundingClientRect())) problems.push(`${name(heading)} is stranded`);
  }

  const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas").getContext("2d");
  const light = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = light(getComputedStyle(document.documentElement).backgroundColor);
  for (const element of document.body.querySelectorAll("*")) {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
    const style = getComputedStyle(element);
    const ink = light(style.color);
    const contrast = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    if (contrast < 4.5) problems.push(`${name(element)} ${element.className} has a contrast of ${contrast.toFixed(2)}`);
  }
  parent.postMessage({ page: location.hash.slice(1), problems: [...new Set(problems)] }, "*");
});
