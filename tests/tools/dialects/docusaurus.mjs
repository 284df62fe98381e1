// What Docusaurus says about the fences of documents. Its module also holds JSX, which Node does not read, so that
// only what stands before it is loaded.
import { readFile, rm, writeFile } from "node:fs/promises";
import { answer } from "./answers.mjs";
import { fences } from "./fences.mjs";

const source = new URL("node_modules/@docusaurus/theme-common/lib/utils/codeBlockUtils.js", import.meta.url);
const copy = new URL("node_modules/.docusaurus-code-blocks.mjs", import.meta.url);
const pure = (await readFile(source, "utf8"))
  .split("const CodeBlockContext")[0]
  .replace(/^import (?!rangeParser).*$/gm, "")
  .replace(/^export function getPrism[^]*/m, "");
await writeFile(copy, `const clsx = (...names) => names.filter(Boolean).join(" ");\n${pure}`);
const { createCodeBlockMetadata } = await import(copy);
await rm(copy);

const given = process.argv[2] ? JSON.parse(process.argv[2]) : null; // a site's own magicComments
const magicComments = given ?? [
  {
    className: "theme-code-block-highlighted-line",
    line: "highlight-next-line",
    block: { start: "highlight-start", end: "highlight-end" },
  },
];

answer((document) =>
  fences(document).map(({ line, lang, meta, code }) => {
    const facts = createCodeBlockMetadata({
      code: `${code}\n`, className: lang ? `language-${lang}` : undefined, language: undefined,
      metastring: meta, magicComments, title: undefined, showLineNumbers: undefined,
    });
    const start = facts.lineNumbersStart;
    const count = facts.code.split("\n").length;
    const classes = Object.entries(facts.lineClassNames).filter(([at]) => Number(at) >= 0 && Number(at) < count);
    const lines = (name) => classes.filter(([, names]) => names.includes(name)).map(([at]) => Number(at) + 1);
    return {
      line, lang, meta, handled: true,
      title: facts.title || null,
      line_numbers: start === undefined ? null : { start: Number.isNaN(start) ? "NaN" : start },
      highlighted_lines: lines(magicComments[0].className),
      ...(given && { classes: Object.fromEntries(magicComments.map(({ className }) => [className, lines(className)])) }),
      code: facts.code,
    };
  }),
);
