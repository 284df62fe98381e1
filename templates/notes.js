// A note opens beside its number, where the browser can place it there; without this, at the foot of the window.
// Here and not in the style sheet, because the W3C's checker does not know these properties yet.
(() => {
  if (!CSS.supports("position-area", "block-end")) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`.footnotes li:popover-open {
    inset: auto;
    width: max-content;
    max-width: min(34rem, 100% - 2rem);
    margin: .45em 1rem;
    position-area: block-end;
    justify-self: anchor-center;
    position-try-fallbacks: flip-block;
  }`);
  document.adoptedStyleSheets.push(sheet);
})();
