/** The log as it is written. */
import { expect, test } from "vitest";
import { createLog } from "../../../runtime/adapters/log.ts";

test("each event is one line with the machine's time, whatever is in it", () => {
  const lines: string[] = [];
  const log = createLog(
    "json",
    (line) => lines.push(line),
    () => new Date(0),
  );
  log("link/up", "journal is\ndurable");
  log("link/down", { detail: "x", seq: 3 });
  log("hq/stopped");
  expect(lines).toEqual([
    '{"at":"1970-01-01T00:00:00.000Z","level":"info","code":"link/up","detail":"journal is durable"}\n',
    '{"at":"1970-01-01T00:00:00.000Z","level":"warning","code":"link/down","detail":"x","seq":3}\n',
    '{"at":"1970-01-01T00:00:00.000Z","level":"info","code":"hq/stopped"}\n',
  ]);
});
