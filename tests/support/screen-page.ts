/**
 * A page without a browser: a session of the screen's server that keeps what it was told, and
 * numbers what it says as a page does.
 */
import { readScreenMessage } from "../../runtime/ui/wire-view.ts";
import { ScreenServer } from "../../runtime/ui/server.ts";
import type { ScreenSession } from "../../runtime/ui/server.ts";
import type { Panel } from "../../runtime/ui/panels.ts";
import type { ScreenMessage } from "../../runtime/ui/wire.ts";
import { ManualTimers } from "./manual-timers.ts";
import { memoryTerminal, SetClock } from "./screen-terminal.ts";
import type { MemoryOptions, MemoryTerminal } from "./screen-terminal.ts";

/** A message of one kind. */
export type Told<K extends ScreenMessage["kind"]> = Extract<ScreenMessage, { kind: K }>;

/** See the header. */
export class TestPage {
  bufferedBytes = 0;
  closedWith: number | null = null;
  readonly messages: ScreenMessage[] = [];
  readonly #session: ScreenSession;
  readonly #view: number;
  #n = 0;

  constructor(server: ScreenServer, view: number) {
    this.#view = view;
    this.#session = server.connect(this);
  }

  send(text: string): void {
    const read = readScreenMessage(text);
    if (!read.ok) throw new Error(`${read.code} ${read.field} in ${text}`);
    this.messages.push(read.value);
  }

  close(code: number): void {
    this.closedWith ??= code;
  }

  says(message: unknown): void {
    this.#session.receive(typeof message === "string" ? message : JSON.stringify(message));
  }

  leaves(): void {
    this.#session.closed();
  }

  hello(language: "en" | "zh" | null = null): this {
    this.says({ kind: "hello", view: this.#view, language });
    return this;
  }

  opens(panel: Panel): this {
    this.says({ kind: "open", panel });
    return this;
  }

  /** Sends a numbered message and waits until what it causes at once has come. */
  async sends(message: object, n = ++this.#n): Promise<ScreenMessage[]> {
    const from = this.messages.length;
    this.says({ n, clerk: this.clerk, ...message });
    await settled();
    return this.messages.slice(from);
  }

  /** Sends a tap of the clerk who is signed on, or of `clerk`. */
  taps(command: object, n?: number, clerk?: string): Promise<ScreenMessage[]> {
    return this.sends({ kind: "command", command, ...(clerk === undefined ? {} : { clerk }) }, n);
  }

  /** Types a PIN of `who`. */
  pins(
    who: string,
    pin: string,
    purpose = "sign_on",
    command: object | null = null,
  ): Promise<ScreenMessage[]> {
    return this.sends({ kind: "pin", who, pin, purpose, command });
  }

  scans(text: string): Promise<ScreenMessage[]> {
    return this.sends({ kind: "scan", text });
  }

  all<K extends ScreenMessage["kind"]>(kind: K): Told<K>[] {
    return this.messages.filter((message): message is Told<K> => message.kind === kind);
  }

  /** The refusal of the newest answer, null when it was a yes. */
  get refusal() {
    return this.all("answer").at(-1)?.refusal ?? null;
  }

  get clerk() {
    return this.all("view").findLast((view) => view.clerk !== undefined)?.clerk ?? "";
  }

  get order() {
    return this.all("view").findLast((view) => view.order !== undefined)?.order ?? null;
  }

  get last() {
    return this.all("view").findLast((view) => view.last !== undefined)?.last ?? null;
  }

  get status() {
    return this.all("view").findLast((view) => view.status !== undefined)?.status;
  }

  /** The newest message of a panel. */
  panel<P extends Told<"panel">["panel"]>(panel: P): Extract<Told<"panel">, { panel: P }> | undefined {
    const isIt = (message: Told<"panel">): message is Extract<Told<"panel">, { panel: P }> =>
      message.panel === panel;
    return this.all("panel").filter(isIt).at(-1);
  }
}

/** Lets every promise that can go on do so. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await Promise.resolve();
}

/** A server over a terminal in memory, whose clock and timers the test moves. */
export interface ServedPages extends MemoryTerminal {
  readonly clock: SetClock;
  readonly timers: ManualTimers;
  /** Mistakes that the server met. */
  readonly bugs: unknown[];
  readonly server: ScreenServer;
  /** A page of a view that was not there before. */
  readonly page: () => TestPage;
}

/** Serves a terminal at 2010-12-01 08:26 UTC. */
export async function served(options: Omit<MemoryOptions, "clock"> = {}): Promise<ServedPages> {
  const clock = new SetClock(Date.UTC(2010, 11, 1, 8, 26));
  const terminal = await memoryTerminal({ ...options, clock });
  const timers = new ManualTimers();
  const bugs: unknown[] = [];
  const server = new ScreenServer({ ...terminal, clock, timers, onBug: (cause) => bugs.push(cause) });
  let views = 0;
  const page = (): TestPage => new TestPage(server, (views += 1));
  return { ...terminal, clock, timers, bugs, server, page };
}
