// Prints Expressive Code's own style sheet, as its integrations put it into a page.
import { ExpressiveCode, ExpressiveCodeTheme, loadShikiTheme } from "expressive-code";

const theme = new ExpressiveCodeTheme(await loadShikiTheme("github-light"));
const engine = new ExpressiveCode({ themes: [theme] });
console.log((await engine.getBaseStyles()) + (await engine.getThemeStyles()));
