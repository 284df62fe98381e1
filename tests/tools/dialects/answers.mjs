// Reads documents as JSON from standard input, {name: text}, and prints what a tool makes of each: {name: [facts, …]},
// or {name: "what went wrong"} where the tool itself fails.
import { text } from "node:stream/consumers";

export async function answer(read) {
  const answers = {};
  for (const [name, document] of Object.entries(JSON.parse(await text(process.stdin)))) {
    try {
      answers[name] = await read(document);
    } catch (error) {
      answers[name] = String(error.message).split("\n")[0];
    }
  }
  process.stdout.write(JSON.stringify(answers), () => process.exit());
}
