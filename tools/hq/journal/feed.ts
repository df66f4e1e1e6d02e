/**
 * Headquarters' journal on its way to one terminal, and the files it names.
 *
 * F1 What goes out follows what the terminal says it holds for good; at most WINDOW_BATCHES_COUNT_MAX
 *    batches are beyond that.
 * F2 A terminal that says the same position again has lost what was sent since: it is sent anew.
 * F3 When all was sent the journal's end is told, so that a terminal knows whether it waits for something.
 */
import { HQ_WRITER } from "../../../core/hq/events.ts";
import type { HqView } from "../../../core/hq/view.ts";
import type { TerminalId } from "../../../core/ids.ts";
import type { Batch } from "../../../protocol/batch.ts";
import { BLOB_CHUNK_BYTES_MAX, WINDOW_BATCHES_COUNT_MAX } from "../../../protocol/limits.ts";
import type { BlobWant, Held, Message, Position } from "../../../protocol/message.ts";
import { lastSeq } from "../held.ts";
import type { Store } from "../store/store.ts";
import { BATCH_RECORD_BYTES_MAX, isSamePosition } from "./journal.ts";
import type { HqJournal } from "./journal.ts";

const NO_BYTES = new Uint8Array(0);

/** What a terminal said last that it holds of headquarters' journal. */
export interface Holding {
  readonly terminal: TerminalId;
  readonly position: Position | null;
  readonly atMs: number;
  /** Whether it asked for a file of that journal and was not given its end yet. */
  readonly isFetching: boolean;
}

/** What all links share. */
export class Feed {
  readonly journal: HqJournal;
  readonly tenant: string;
  readonly #store: Pick<Store, "blobPiece">;
  readonly #nowMs: () => number;
  readonly #seats = new Map<
    TerminalId,
    { readonly holding: Omit<Holding, "isFetching">; readonly wake: () => void }
  >();
  /** The file that a terminal asked for last, while it lacks the end of it. */
  readonly #fetching = new Map<TerminalId, string>();

  constructor(
    tenant: string,
    journal: HqJournal,
    store: Pick<Store, "blobPiece">,
    nowMs: () => number = Date.now,
  ) {
    this.tenant = tenant;
    this.journal = journal;
    this.#store = store;
    this.#nowMs = nowMs;
    journal.onGrow(() => {
      for (const { wake } of this.#seats.values()) wake();
    });
  }

  /** Terminals that asked since this process began, by what they said last. */
  holdings(): readonly Holding[] {
    return [...this.#seats.values()].map(({ holding }) => ({
      ...holding,
      isFetching: this.#fetching.has(holding.terminal),
    }));
  }

  /** A terminal said what it holds; `wake` is called when there is more, until another link takes its seat. */
  seat(terminal: TerminalId, position: Position | null, wake: () => void): void {
    this.#seats.set(terminal, { holding: { terminal, position, atMs: this.#nowMs() }, wake });
  }

  /** A piece of a file was given to a terminal: it has all of the file with the last one. */
  gave(terminal: TerminalId, sha256: Uint8Array, endByte: number): void {
    const name = Buffer.from(sha256).toString("hex");
    if (endByte < byteCountOf(this.journal.view, name)) this.#fetching.set(terminal, name);
    else if (this.#fetching.get(terminal) === name) this.#fetching.delete(terminal);
  }

  /** A piece of a file; empty where it is none that is held, or no place that pieces begin at. */
  blobPiece(sha256: Uint8Array, offset: number): Promise<Uint8Array> {
    if (offset % BLOB_CHUNK_BYTES_MAX !== 0) return Promise.resolve(NO_BYTES);
    return this.#store.blobPiece(this.tenant, Buffer.from(sha256).toString("hex"), offset);
  }
}

/** The bytes of a published file; 0 where none is named so. */
function byteCountOf({ catalogues, pricings }: HqView, name: string): number {
  const named = [...catalogues, ...pricings].find(
    ({ sha256 }) => Buffer.from(sha256).toString("hex") === name,
  );
  return named?.byteCount ?? 0;
}

/** The way to one terminal in one session. */
export class TerminalFeed {
  readonly #feed: Feed;
  readonly #terminal: TerminalId;
  readonly #send: (message: Message) => Promise<void>;
  readonly #onFault: (error: unknown) => void;
  #session: Uint8Array | null = null;
  /** What the terminal holds for good. */
  #held: Position | null = null;
  /** What was sent last. */
  #sent: Position | null = null;
  /** Ends of batches that the terminal does not hold yet. */
  #open: readonly number[] = [];
  #told: Position | null | "nothing" = "nothing";
  #running: Promise<void> | null = null;
  #isStale = false;

  /** `onFault` hears of a store that failed where nobody waits. */
  constructor(
    feed: Feed,
    terminal: TerminalId,
    send: (message: Message) => Promise<void>,
    onFault: (error: unknown) => void,
  ) {
    this.#feed = feed;
    this.#terminal = terminal;
    this.#send = send;
    this.#onFault = onFault;
  }

  /** A new connection: nothing is known of it. */
  reset(): void {
    this.#session = null;
  }

  /** The terminal says what it holds. Rejects where the store failed. */
  async take({ session, position }: Held): Promise<void> {
    const isFirst = this.#session === null;
    // F2
    if (isFirst || position === null || isSamePosition(position, this.#held)) {
      this.#sent = position;
      this.#open = [];
    }
    const seq = position?.seq ?? 0;
    if ((this.#sent?.seq ?? 0) < seq) this.#sent = position;
    this.#open = this.#open.filter((end) => end > seq);
    this.#session = session.slice();
    this.#held = position;
    this.#told = "nothing";
    this.#feed.seat(this.#terminal, position, () => void this.#pump().catch(this.#onFault));
    await this.#pump();
  }

  /** Answers with the piece that is asked for. */
  async piece({ session, sha256, offset }: BlobWant): Promise<void> {
    const bytes = await this.#feed.blobPiece(sha256, offset);
    await this.#send({ kind: "blob", session, sha256, offset, bytes });
    this.#feed.gave(this.#terminal, sha256, offset + bytes.length);
  }

  #pump(): Promise<void> {
    this.#isStale = true;
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isStale) {
      this.#isStale = false;
      while (this.#session !== null && this.#open.length < WINDOW_BATCHES_COUNT_MAX) {
        const isMore = await this.#sendNext(this.#session, this.#sent);
        if (!isMore) break;
      }
    }
  }

  async #sendNext(session: Uint8Array, from: Position | null): Promise<boolean> {
    const { journal, tenant } = this.#feed;
    const run = await journal.after(from, BATCH_RECORD_BYTES_MAX);
    // Told something else meanwhile.
    if (session !== this.#session || from !== this.#sent) return true;
    const last = run?.blocks.at(-1);
    if (run === null || last === undefined) {
      await this.#tellEnd(session);
      return false;
    }
    const { epoch, blocks } = run;
    const batch: Batch = { tenant, store: "hq", terminal: HQ_WRITER, epoch, blocks };
    this.#sent = { epoch, seq: lastSeq(last), hash: last.hash };
    this.#open = [...this.#open, this.#sent.seq];
    await this.#send({ kind: "batch", batch });
    return true;
  }

  // F3
  async #tellEnd(session: Uint8Array): Promise<void> {
    const { tip } = this.#feed.journal;
    if (this.#told === tip) return;
    this.#told = tip;
    await this.#send({ kind: "held", session, position: tip });
  }
}
