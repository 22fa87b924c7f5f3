// Plays a read-aloud book with a real EPUB engine, twice as fast as it is spoken. Reports what the engine lit up.
import "/engine/view.js";

const report = (found) => fetch("/report", { method: "POST", body: JSON.stringify(found) });
addEventListener("unhandledrejection", ({ reason }) => report({ error: String(reason) }));

const view = document.createElement("foliate-view");
document.body.append(view);
await view.open("/book.epub");
const lit = [];
const seen = (doc) => {
  const element = doc.querySelector(`.${view.book.media.activeClass}`);
  const words = element?.textContent.trim();
  if (words && lit.at(-1) !== words) lit.push(words);
};
view.renderer.addEventListener("load", ({ detail: { doc } }) => {
  new MutationObserver(() => seen(doc)).observe(doc.body, { subtree: true, attributeFilter: ["class"] });
});
await view.goToTextStart();
view.mediaOverlay.addEventListener("error", ({ detail }) => report({ error: String(detail) }));
const start = view.mediaOverlay.start.bind(view.mediaOverlay);
// Behind the last clip the engine asks for a section that is not there.
view.mediaOverlay.start = (index) => (index < view.book.sections.length ? start(index) : report({ lit }));
view.mediaOverlay.setRate(2);
await view.startMediaOverlay();
