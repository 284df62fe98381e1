// A copy button for each code block. Without this script there is no button, and nothing else is lost.
(() => {
  const status = document.createElement("div");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");

  const copyByHand = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy"));
  };
  const copy = (text) =>
    navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => copyByHand(text)) : copyByHand(text);

  const addButton = (figure) => {
    const code = figure.querySelector("pre > code");
    if (!code) return;
    const button = document.createElement("button");
    const title = figure.querySelector("[data-rehype-pretty-code-title]");
    let timer;
    button.type = "button";
    button.className = "fp-copy";
    button.textContent = words.copy;
    if (title) button.setAttribute("aria-label", `${words.copy}: ${title.textContent}`);
    else figure.classList.add("fp-bare");
    button.addEventListener("click", () => {
      const lines = [...figure.querySelectorAll("[data-line]")].map((line) => {
        const label = line.querySelector(".line-label"); // stands last
        return label ? line.textContent.slice(0, -label.textContent.length) : line.textContent;
      });
      const text = lines.map((line) => (line === " " ? "" : line)).join("\n"); // a blank line holds a space
      copy(text).then(() => {
        button.textContent = status.textContent = words.copied;
        button.focus();
        clearTimeout(timer);
        timer = setTimeout(() => {
          button.textContent = words.copy;
          status.textContent = "";
        }, 2000);
      }, () => {});
    });
    figure.insertBefore(button, figure.querySelector(":scope > pre, :scope > details"));
  };

  document.querySelectorAll("figure[data-rehype-pretty-code-figure]").forEach(addButton);
  document.querySelector("main, body").append(status);
})();
