// A switch between the system's colours, light and dark, which this browser remembers. Without it, the system's choice.
(() => {
  const key = "fencepost-colours";
  const root = document.documentElement;
  const next = { auto: "light", light: "dark", dark: "auto" };
  const signs = {
    auto: '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5a8.5 8.5 0 0 1 0 17z" fill="currentColor"/>',
    light: '<circle cx="12" cy="12" r="4"/><path d="M12 2.5v3M12 18.5v3M2.5 12h3M18.5 12h3M5.3 5.3l2.1 2.1M16.6 16.6l2.1 2.1M5.3 18.7l2.1-2.1M16.6 7.4l2.1-2.1"/>',
    dark: '<path d="M20 14.2A8.2 8.2 0 0 1 9.8 4 8.2 8.2 0 1 0 20 14.2z"/>',
  };
  const button = document.createElement("button");
  const show = (choice) => {
    if (choice === "auto") delete root.dataset.theme;
    else root.dataset.theme = choice;
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${signs[choice]}</svg>`;
    button.title = `${words.colours}: ${words[choice]}`;
    button.setAttribute("aria-label", button.title);
  };
  button.type = "button";
  button.className = "fp-colours";
  button.addEventListener("click", () => {
    const choice = next[root.dataset.theme || "auto"];
    show(choice);
    try {
      if (choice === "auto") localStorage.removeItem(key);
      else localStorage.setItem(key, choice);
    } catch {} // a browser that keeps nothing: the choice holds for this page
  });
  show(root.dataset.theme === "light" || root.dataset.theme === "dark" ? root.dataset.theme : "auto");
  document.querySelector("main")?.prepend(button);
})();
