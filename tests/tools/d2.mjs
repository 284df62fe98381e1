// Draw what stands on the input in D2: the package has no command of its own.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();
const { diagram, renderOptions } = await d2.compile(readFileSync(0, "utf-8"));
process.stdout.write(await d2.render(diagram, renderOptions));
process.exit(0);
