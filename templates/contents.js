// In the contents, the section that is being read is marked.
(() => {
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [decodeURIComponent(link.hash.slice(1)), link]));
  const headings = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  if (!headings.length) return;
  let marked;
  const mark = () => {
    const isEnd = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const passed = isEnd ? headings : headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.3);
    const link = passed.length ? links.get(passed[passed.length - 1].id) : undefined;
    if (link === marked) return;
    marked?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    marked = link;
  };
  addEventListener("scroll", mark, { passive: true });
  mark();
})();
