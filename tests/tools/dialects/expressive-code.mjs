// What Expressive Code says about the fences of documents, read off the tree that it renders.
import { pluginCollapsibleSections } from "@expressive-code/plugin-collapsible-sections";
import { pluginLineNumbers } from "@expressive-code/plugin-line-numbers";
import rehypeExpressiveCode from "rehype-expressive-code";
import remarkRehype from "remark-rehype";
import { SKIP, visit } from "unist-util-visit";
import { answer } from "./answers.mjs";
import { fences, remark } from "./fences.mjs";

const KINDS = ["mark", "ins", "del"];
const classesOf = (node) => node.properties?.className ?? [];
const textOf = (node) => node.value ?? (node.children ?? []).map(textOf).join("");
const width = (text) => [...text].length;

function marksOf(node, line, place, found) {
  for (const child of node.children ?? []) {
    const text = textOf(child);
    if (KINDS.includes(child.tagName)) found.push({ line, start: place, end: place + width(text), text, kind: child.tagName });
    else marksOf(child, line, place, found);
    place += width(text);
  }
  return found;
}

function facts(codeBlock, tree) {
  const lines = [], labels = {}, marks = [];
  const { props } = codeBlock;
  let start = null, frame = props.frame === "none" ? "none" : "code";
  visit(tree, "element", (node) => {
    const classes = classesOf(node);
    if (classes.includes("is-terminal") && frame !== "none") frame = "terminal";
    if (node.tagName === "summary") return SKIP; // it says how many lines are folded
    if (!classes.includes("ec-line")) return;
    const code = node.children.find((child) => classesOf(child).includes("code"));
    const gutter = node.children.find((child) => classesOf(child).includes("gutter"));
    visit(gutter ?? { type: "root", children: [] }, "element", (child) => {
      if (classesOf(child).includes("ln") && start === null) start = Number(textOf(child));
    });
    lines.push({ classes, text: textOf(code).replace(/\n$/, "") });
    const style = String(node.properties.style ?? "") + String(code.properties?.style ?? "");
    const label = /--tmLabel:\s*['"](.*?)['"](?:;|$)/.exec(style)?.[1];
    if (label !== undefined) labels[lines.length] = label;
    marksOf(code, lines.length, 0, marks);
  });
  const having = (kind) => lines.flatMap(({ classes }, at) => (classes.includes("highlight") && classes.includes(kind) ? [at + 1] : []));
  return {
    title: props.title || null, frame, wrap: Boolean(props.wrap),
    line_numbers: start === null ? null : { start },
    highlighted_lines: having("mark"), ins: having("ins"), del: having("del"), labels, marks,
    collapse_ranges: codeBlock.metaOptions.list(["collapse"], "range").map(({ value }) => value),
    code: lines.map(({ text }) => text).join("\n"),
  };
}

answer(async (document) => {
  const found = [];
  const reading = {
    name: "facts",
    hooks: { postprocessRenderedBlock: ({ codeBlock, renderData }) => void found.push(facts(codeBlock, renderData.blockAst)) },
  };
  const processor = remark().use(remarkRehype).use(rehypeExpressiveCode, {
    themes: ["github-light"], defaultProps: { showLineNumbers: false },
    plugins: [pluginCollapsibleSections(), pluginLineNumbers(), reading],
    logger: { label: "", debug() {}, info() {}, warn() {}, error() {} },
  });
  await processor.run(processor.parse(document));
  return fences(document).map((fence, at) => ({ ...fence, handled: true, ...found[at] }));
});
