// What rehype-pretty-code says about the fences of documents, read off the tree that it makes.
import rehypePrettyCode from "rehype-pretty-code";
import remarkRehype from "remark-rehype";
import { visit } from "unist-util-visit";
import { answer } from "./answers.mjs";
import { fences, remark } from "./fences.mjs";

const textOf = (node) => node.value ?? (node.children ?? []).map(textOf).join("");
const width = (text) => [...text].length;

function charsOf(node, line, place, found) {
  for (const child of node.children ?? []) {
    const text = textOf(child);
    if (child.properties?.["data-highlighted-chars"] !== undefined)
      found.push({ line, start: place, end: place + width(text), text, id: child.properties["data-chars-id"] ?? null });
    else charsOf(child, line, place, found);
    place += width(text);
  }
  return found;
}

function facts(figure) {
  const out = { title: null, caption: null, line_numbers: null, highlighted_lines: [], line_ids: {}, chars: [] };
  let line = 0;
  visit(figure, "element", ({ tagName, properties: own, ...node }) => {
    if (own["data-rehype-pretty-code-title"] !== undefined) out.title = textOf(node);
    if (own["data-rehype-pretty-code-caption"] !== undefined) out.caption = textOf(node);
    if (tagName === "code" && own["data-line-numbers"] !== undefined) {
      const start = /counter-set:\s*line\s+(-?\d+)/.exec(own.style ?? "")?.[1];
      out.line_numbers = { start: start === undefined ? 1 : Number(start) + 1, max_digits: Number(own["data-line-numbers-max-digits"]) };
    }
    if (own["data-line"] === undefined) return;
    line += 1;
    if (own["data-highlighted-line"] !== undefined) out.highlighted_lines.push(line);
    if (own["data-highlighted-line-id"] !== undefined) out.line_ids[line] = own["data-highlighted-line-id"];
    charsOf(node, line, 0, out.chars);
  });
  return out;
}

let lines; // where the blocks stand in the text, in the order of the page: notes come last there
const order = () => (tree) => {
  lines = [];
  visit(tree, "element", ({ tagName, position, children: [code] }) => {
    const [lang] = code?.properties?.className ?? [];
    if (tagName === "pre" && lang && lang !== "language-math") lines.push(position.start.line);
  });
};
const processor = remark().use(remarkRehype).use(order).use(rehypePrettyCode, { theme: "github-light" });

answer(async (document) => {
  const tree = await processor.run(processor.parse(document));
  const blocks = {};
  visit(tree, "element", (node) => {
    if (node.properties["data-rehype-pretty-code-figure"] !== undefined && node.tagName === "figure") blocks[lines.shift()] = facts(node);
  });
  return fences(document).map((fence) => ({ ...fence, handled: fence.line in blocks, ...blocks[fence.line] }));
});
