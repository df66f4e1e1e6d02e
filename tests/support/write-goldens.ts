/**
 * make golden: writes tests/golden, and the pages that are made of tables, anew from the code as it is. A change of these files is a change
 * of what the product wrote for ever: review the difference as such. Journals of older releases stay.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { escposGoldens } from "./escpos-goldens.ts";
import { eventGoldens } from "./event-goldens.ts";
import { journalGolden } from "./journal-golden.ts";
import { messageGoldens } from "./message-goldens.ts";
import { readerGoldens } from "./reader-goldens.ts";
import { readersPage } from "./readers-page.ts";
import { nexoGoldens } from "./nexo-goldens.ts";
import { scaleGolden } from "./scale-goldens.ts";
import { recoveryPage } from "./recovery-page.ts";
import { RUNTIME_VERSION } from "../../runtime/boot.ts";
import { PROJECT_ROOT } from "../../tools/build/root.ts";

const files = new Map<string, string>([
  ["events.txt", eventGoldens()],
  ["messages.txt", messageGoldens()],
  ["readers/nexo.txt", nexoGoldens()],
  ...readerGoldens(),
  ["scale.txt", await scaleGolden()],
  [`journal/${RUNTIME_VERSION}.txt`, await journalGolden()],
]);
for (const [name, text] of escposGoldens()) files.set(join("escpos", name), text);

files.set("../../docs/CARD-RECOVERY.md", recoveryPage());
files.set("../../docs/READERS.md", readersPage());

for (const [name, text] of files) {
  const path = join(PROJECT_ROOT, "tests/golden", name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
console.log(`${files.size} golden files written; git diff tests/golden shows what changed`);
