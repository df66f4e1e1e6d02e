/** A setting that cannot be used is hq/configuration and names its option. */
import { expect, test } from "vitest";
import { HqFault } from "../../../tools/hq/fault.ts";
import { brokerIn, dataDirIn, addressIn, portIn, readOptions, tenantIn } from "../../../tools/hq/options.ts";
import { table } from "../../support/table.ts";

const rows = table(
  ["arguments", "answer"],
  `
  arguments                          | answer
  --data /tmp                        | /tmp demo 127.0.0.1 1883
  --data /tmp --port 0 --tenant shop | /tmp shop 127.0.0.1 0
  --data /tmp --host ::1             | /tmp demo ::1 1883
  --data=                            | --data: name a folder
  --port 1                           | --data: name a folder
  --data /nowhere/at/all             | --data: there is no folder /nowhere/at/all
  --data /dev/null                   | --data: /dev/null is no folder
  --data /tmp --port 65536           | --port: 65536 is no whole number from 0 to 65535
  --data /tmp --port 1e3             | --port: 1e3 is no whole number from 0 to 65535
  --data /tmp --tenant a/b           | --tenant: 1 to 32 of A-Z a-z 0-9 _ -
  --data /tmp --host localhost       | --host: localhost is no IP address
`,
);

test.each(rows)("$title", ({ arguments: text, answer }) => {
  expect(outcome(text.split(" "))).toBe(answer);
});

function outcome(texts: readonly string[]): string {
  try {
    const values = readOptions(texts, ["data", "tenant", "port", "host"]);
    return [dataDirIn(values, true), tenantIn(values), addressIn(values, "host"), portIn(values, 1883)].join(
      " ",
    );
  } catch (error) {
    if (error instanceof HqFault && error.code === "hq/configuration") return error.about;
    throw error;
  }
}

test.each([
  [[], null],
  [["--broker", "127.0.0.1:1884"], { host: "127.0.0.1", port: 1884 }],
  [["--broker", "broker.shop:1883"], { host: "broker.shop", port: 1883 }],
  [["--broker", "[::1]:1883"], { host: "::1", port: 1883 }],
])("%j names the broker %j", (texts, broker) => {
  expect(brokerIn(readOptions(texts, ["broker"]))).toEqual(broker);
});

test.each([
  [["--broker", "1883"], "--broker: 1883 is not HOST:PORT"],
  [["--broker", "::1:1883"], "--broker: ::1:1883 is not HOST:PORT"],
  [["--broker", "host:0"], "--broker: host:0 is not HOST:PORT"],
  [["--broker", "host:65536"], "--broker: host:65536 is not HOST:PORT"],
  [["--broker", "host:1883", "--port", "0"], "--broker: leave --port and --host out"],
  [["--broker", "host:1883", "--host", "::1"], "--broker: leave --port and --host out"],
])("%j is refused: %s", (texts, sentence) => {
  expect(() => brokerIn(readOptions(texts, ["broker", "port", "host"]))).toThrow(sentence);
});

test("an unknown option is named", () => {
  expect(() => readOptions(["--prot", "1"], ["port"])).toThrow("--prot");
});

test("a folder that may be made need not be there", () => {
  expect(dataDirIn({ data: "/nowhere/at/all" }, false)).toBe("/nowhere/at/all");
});
