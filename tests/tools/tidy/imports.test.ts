/** The import table: one attempt a line, in the order of the table. */
import { expect, test } from "vitest";

import { imports } from "../../../tools/tidy/imports.ts";
import { table } from "../../support/table.ts";
import { breaches } from "../../support/tidy-tree.ts";

const attempts = table(
  ["file", "imports", "answer"],
  `
  file                        | imports                          | answer
  core/order/decide.ts        | ../money.ts                      | allowed
  core/money.ts               | ../protocol/limits.ts            | breach
  core/money.ts               | node:crypto                      | breach
  core/money.ts               | preact                           | breach

  protocol/sign.ts            | node:crypto                      | allowed
  protocol/hash.ts            | node:crypto                      | allowed
  protocol/hash.ts            | node:fs                          | breach
  protocol/batch.ts           | node:crypto                      | breach
  protocol/event-table.ts     | ../core/types.ts                 | allowed
  protocol/event-table.ts     | ../core/order/types.ts           | allowed
  protocol/event-table.ts     | ../core/order/decide.ts          | breach
  protocol/seal.ts            | tweetnacl                        | allowed
  runtime/seal.ts             | tweetnacl                        | breach

  drivers/printer/session.ts  | ./escpos.ts                      | allowed
  drivers/printer/session.ts  | ../port/port.ts                  | allowed
  drivers/printer/session.ts  | ../fault.ts                      | allowed
  drivers/printer/session.ts  | ../../core/receipt/block.ts      | allowed
  drivers/printer/session.ts  | ../scanner/gs1.ts                | breach
  drivers/printer/session.ts  | ../../core/money.ts              | breach
  drivers/printer/session.ts  | node:net                         | breach
  drivers/port/tcp.ts         | node:net                         | allowed
  drivers/port/serial.ts      | serialport                       | allowed
  drivers/registry.ts         | ./printer/session.ts             | allowed

  ota/verify.ts               | ../protocol/sign.ts              | allowed
  ota/verify.ts               | ../runtime/disk.ts               | breach

  runtime/loop.ts             | ../core/order/decide.ts          | allowed
  runtime/loop.ts             | ./disk.ts                        | allowed
  runtime/loop.ts             | node:path                        | allowed
  runtime/loop.ts             | node:fs                          | breach
  runtime/loop.ts             | node:fs/promises                 | breach
  runtime/loop.ts             | node:timers/promises             | breach
  runtime/loop.ts             | mqtt                             | breach
  runtime/loop.ts             | ./adapters/disk.ts               | breach
  runtime/loop.ts             | ../tools/hq/main.ts              | breach
  runtime/main.ts             | ./adapters/disk.ts               | allowed
  runtime/main.ts             | ../tools/hq/main.ts              | breach
  runtime/adapters/bus.ts     | mqtt                             | allowed
  runtime/adapters/bus.ts     | ws                               | allowed
  runtime/adapters/bus.ts     | preact                           | breach
  runtime/adapters/bus.ts     | ../ui/web/app.tsx                | breach

  runtime/ui/web/app.tsx      | preact/hooks                     | allowed
  runtime/ui/web/app.tsx      | @preact/signals                  | allowed
  runtime/ui/web/app.tsx      | ../wire.ts                       | allowed
  runtime/ui/web/app.tsx      | ../../../core/money.ts           | allowed
  runtime/ui/web/app.tsx      | ../../../core/refusal-text.ts    | allowed
  runtime/ui/web/app.tsx      | ../../../core/order/decide.ts    | breach
  runtime/ui/web/app.tsx      | ../../loop.ts                    | breach
  runtime/ui/web/app.tsx      | node:path                        | breach

  tools/hq/main.ts            | aedes                            | allowed
  tools/hq/main.ts            | fs                               | breach
  tools/hq/main.ts            | ../../runtime/loop.ts            | allowed
  tools/hq/main.ts            | ../../tests/support/hex.ts       | breach
  tests/core/money.test.ts    | ../../tools/hq/main.ts           | allowed
  lib/helper.ts               | ../core/money.ts                 | breach
  `,
);

test.each(attempts)("$title", ({ file, imports: specifier, answer }) => {
  const found = breaches(imports, { [file]: `import { x } from "${specifier}";\n` });
  expect(found.length === 0 ? "allowed" : "breach").toBe(answer);
});

const ways = [
  'import type { X } from "node:fs";',
  'import "node:fs";',
  'export { x } from "node:fs";',
  'export * from "node:fs";',
  'const x = await import("node:fs");',
  'type X = import("node:fs").X;',
  'const x = require("node:fs");',
];

test.each(ways)("an import is seen in every form: %s", (text) => {
  expect(breaches(imports, { "core/a.ts": `${text}\n` })).toHaveLength(1);
});

test("an import in a comment or a string is not one", () => {
  const text = '// import "node:fs"\nexport const a = `import x from "node:fs"`;\n';
  expect(breaches(imports, { "core/a.ts": text })).toEqual([]);
});

test("a re-export is refused even where the import would be allowed", () => {
  expect(breaches(imports, { "core/a.ts": 'export { x } from "./b.ts";\n' })).toEqual([
    "core/a.ts:1 re-exports ./b.ts: import a thing from the file it lives in",
  ]);
});
