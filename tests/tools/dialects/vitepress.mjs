// What VitePress says about the fences of documents, read off the page that it renders.
import { createMarkdownRenderer } from "vitepress";
import { answer } from "./answers.mjs";

console.warn = () => {}; // that it does not know a language
const markdown = await createMarkdownRenderer(process.cwd(), {}, "/", { ...console, warn: () => {} });

const decoded = (text) =>
  text.replace(/&#x([0-9A-F]+);|&(lt|gt|amp|quot);/gi, (_, code, name) =>
    code ? String.fromCodePoint(parseInt(code, 16)) : { lt: "<", gt: ">", amp: "&", quot: '"' }[name.toLowerCase()]);

function facts(token, html) {
  const body = html.slice(html.indexOf("<code") + 6, html.lastIndexOf("</code>"));
  const lines = body.split("\n").map((line) => ({
    classes: (/^<span class="line([^"]*)"/.exec(line)?.[1] ?? "").trim().split(" "),
    text: decoded(line.replace(/<[^>]*>/g, "")),
  }));
  const having = (...names) =>
    lines.flatMap(({ classes }, at) => (names.every((name) => classes.includes(name)) ? [at + 1] : []));
  const start = /line-numbers-wrapper[^>]*><span class="line-number">(\d+)/.exec(html)?.[1];
  return {
    line: token.map[0] + 1, info: token.info, handled: true,
    line_numbers: start === undefined ? null : { start: Number(start) },
    highlighted_lines: having("highlighted"),
    ins: having("diff", "add"), del: having("diff", "remove"), focus: having("has-focus"),
    error: having("error"), warning: having("warning"),
    code: lines.map(({ text }) => text).join("\n"),
  };
}

answer((document) => {
  const tokens = markdown.parse(document, {});
  return tokens.flatMap((token, at) => {
    if (token.type !== "fence") return [];
    const { info } = token;
    const html = markdown.renderer.rules.fence(tokens, at, markdown.options, {}, markdown.renderer);
    return [facts({ ...token, info }, html)];
  });
});
