// The fences of a document, as remark reads them: where they begin, their language and what stands behind it.
import remarkFrontmatter from "remark-frontmatter";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";

export const remark = () => unified().use(remarkParse).use(remarkGfm).use(remarkFrontmatter);

export function fences(document) {
  const found = [];
  visit(remark().parse(document), "code", (node) => {
    const begin = document.slice(node.position.start.offset);
    if (/^(`|~){3}/.test(begin))
      found.push({ line: node.position.start.line, lang: node.lang, meta: node.meta ?? "", code: node.value });
  });
  return found;
}
