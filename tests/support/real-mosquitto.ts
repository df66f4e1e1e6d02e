/**
 * A real mosquitto on a free port of loopback, with a configuration, a persistence folder and a log of
 * its own: started, killed and started again by a test. It never outlives the test's process.
 */
import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { userInfo } from "node:os";
import { join } from "node:path";
import { guard } from "./real-guard.ts";

/** Debian puts it where only root looks. */
const PATHS = [
  "mosquitto",
  "/usr/sbin/mosquitto",
  "/usr/local/sbin/mosquitto",
  "/opt/homebrew/sbin/mosquitto",
];
const READY_MS_MAX = 10_000;
const LOOK_MS = 20;

/** Why there is no mosquitto to test with. */
export const NO_MOSQUITTO = "no mosquitto here: make setup says why";

/** The program, or null where it is not installed. */
export function findMosquitto(): string | null {
  return PATHS.find((path) => spawnSync(path, ["-h"]).error === undefined) ?? null;
}

/** One broker: its port and its folder stay over restarts. */
export class Mosquitto {
  readonly port: number;
  readonly #directory: string;
  readonly #program: string;
  #child: ChildProcess | null = null;

  private constructor(directory: string, program: string, port: number) {
    this.#directory = directory;
    this.#program = program;
    this.port = port;
  }

  /** A broker on a free port that is not running yet; `directory` is made. */
  static async prepare(directory: string): Promise<Mosquitto> {
    const program = findMosquitto();
    if (program === null) throw new Error(NO_MOSQUITTO);
    mkdirSync(join(directory, "db"), { recursive: true });
    return new Mosquitto(directory, program, await freePort());
  }

  /** What it has logged so far, over all its starts. */
  log(): string {
    return readFileSync(join(this.#directory, "mosquitto.log"), "utf8");
  }

  /** Starts it with these lines of configuration besides its own; resolves when it takes connections. */
  async start(...lines: readonly string[]): Promise<void> {
    const path = join(this.#directory, "mosquitto.conf");
    const own = [
      `listener ${this.port} 127.0.0.1`,
      "allow_anonymous true",
      // As root it would change to an account that may not write into this folder.
      `user ${userInfo().username}`,
      // As a shop would have it; it saves when it ends in order, and otherwise every half hour.
      "persistence true",
      `persistence_location ${join(this.#directory, "db")}/`,
      `log_dest file ${join(this.#directory, "mosquitto.log")}`,
      "log_type all",
      "sys_interval 1",
    ];
    writeFileSync(path, `${[...own, ...lines].join("\n")}\n`);
    const child = spawn(this.#program, ["-c", path], { stdio: "ignore" });
    guard(child);
    this.#child = child;
    const deadlineMs = performance.now() + READY_MS_MAX;
    while (!(await isListening(this.port))) {
      if (child.exitCode !== null || performance.now() > deadlineMs) {
        throw new Error(`mosquitto did not start: ${this.log().slice(-500)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  }

  /** Sends a signal and waits for the end; without effect when it does not run. */
  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = null;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(signal);
    await ended;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
