/**
 * Starts a simulated NEO 2 from the command line at a path that opens as a hidraw node does; what the card
 * holder does is typed. Exit codes: 0 stopped, 1 could not start, 2 arguments that make no sense.
 */

import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { Timers } from "../../../drivers/port/timers.ts";
import { SIM_CARDS } from "./cards.ts";
import { NEO2_SETTINGS, Neo2Device } from "./device.ts";
import type { Gesture } from "./device.ts";
import { fileNeo2Store, memoryNeo2Store } from "./memory.ts";
import { serveNeo2 } from "./serve.ts";

const HELP = `An ID TECH NEO 2 that reads cards which are typed here.

  node tools/sim/neo2/main.ts --path /tmp/neo2 [--store FILE] [--serial 630Z000001] [--clear]

  tap ${[...SIM_CARDS.keys()].join("|")}     holds this card against it
  swipe visa           draws it through
  member 04A1B2C3D4E5F6   holds a member card of this number against it
  error 26             a card that fails with this code (20 to 30, 62, 73)
  off                  power cut and power back

  --path P       where a till opens it, as it opens /dev/hidraw0; made with socat
  --store FILE   what the reader remembers without power; without it nothing
  --serial TEXT  up to 15 characters; empty for a reader that was never given one
  --clear        a reader whose keys were never loaded: it sends numbers unencrypted, and the till refuses it
  --ui           tells what it shows as bursts of events
  --help         this text

Payments need a host behind the till; a NEO 2 has none.
`;

const SOCAT = "socat";
const PTY_WAIT_ROUNDS_MAX = 500;
const SERIAL_CHARS_MAX = 15;

const TIMERS: Timers = {
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    const isWish = error instanceof TypeError;
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(isWish ? `${reason}\nTry --help.\n` : `The reader could not start: ${reason}.\n`);
    process.exitCode = isWish ? 2 : 1;
  },
);

async function main(argumentTexts: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...argumentTexts],
    options: {
      path: { type: "string", default: "" },
      store: { type: "string", default: "" },
      serial: { type: "string", default: "630Z000001" },
      clear: { type: "boolean", default: false },
      ui: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { path, serial } = values;
  if (path === "" || serial.length > SERIAL_CHARS_MAX) {
    process.stderr.write("--path is needed, and a serial number has 15 characters at most.\nTry --help.\n");
    return 2;
  }
  const store = values.store === "" ? memoryNeo2Store(serial) : fileNeo2Store(values.store, serial);
  const protection = values.clear ? "clear" : "encrypted";
  const device = new Neo2Device(store, TIMERS, { ...NEO2_SETTINGS, protection, tellsUi: values.ui });
  const cable = await plugCable(path);
  const stop = (): void => {
    cable.unplug();
    process.exit(0);
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  const port = await serveNeo2(device, `${path}.reader`, TIMERS, () => cable.unplug());
  process.stdout.write(`Simulated NEO 2   ${path}\n`);
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${act(device, line)}\n`);
  port.close();
  cable.unplug();
  return 0;
}

function act(device: Neo2Device, line: string): string {
  const [word = "", what = ""] = line.trim().split(/\s+/);
  if (word === "") return "";
  if (word === "off") {
    device.powerCycle();
    return "It was off and is on again";
  }
  const gesture = gestureOf(word, what);
  if (typeof gesture === "string") return gesture;
  if (device.gesture(gesture)) return "Held against it";
  device.script(gesture);
  return "Nobody waits for a card yet; it is held ready";
}

function gestureOf(word: string, what: string): Gesture | string {
  if (word === "member") {
    const isNumber = /^([0-9A-Fa-f]{2}){4,10}$/.test(what);
    return isNumber
      ? { kind: "member", member: { kind: 0x04, uid: what } }
      : "A member card has 4 to 10 bytes in hex";
  }
  if (word === "error") {
    const error = Number.parseInt(what, 16);
    return Number.isInteger(error) && error < 256 ? { kind: "error", error } : "An error is a byte in hex";
  }
  if (word !== "tap" && word !== "swipe") return `There is no ${word}. Try --help`;
  const isCard = SIM_CARDS.has(what);
  return isCard ? { kind: "present", card: what, entry: word } : `There is no card ${what}. Try --help`;
}

/** Two pseudo-terminals that are one cable: `path` for the till, `path`.reader for us. */
async function plugCable(path: string): Promise<{ unplug(): void }> {
  const ends = [path, `${path}.reader`];
  const child = spawn(
    SOCAT,
    ends.map((end) => `pty,raw,echo=0,link=${end}`),
    { stdio: "ignore" },
  );
  let failure: Error | undefined;
  child.once("error", (error) => {
    failure = error;
  });
  for (let round = 0; round < PTY_WAIT_ROUNDS_MAX && !ends.every(existsSync); round += 1) {
    if (failure !== undefined)
      throw new Error("there is no socat here (make setup says why)", { cause: failure });
    await pause(2);
  }
  return { unplug: () => void child.kill() };
}
