/**
 * The downlink: takes headquarters' own journal over the uplink's link, and the files that it names.
 *
 *     begin -> held -> batches -> record -> held ... -> all there -> (pushed batches, a held now and then)
 *
 * D1 A block is recorded in this terminal's own journal and durable before headquarters hears of it: what
 *    is in force here is what a replay of this journal sees.
 * D2 Batches and pieces are worked through one after the other, and at most QUEUE_COUNT_MAX wait; what is
 *    lost on the way, or dropped here, is asked for again.
 * D3 Nothing here stops the till: what does not fit is refused with a code and never applied, a disk
 *    that has no room leaves what is in force, and everything is tried again later.
 */
import type { CatalogueStart } from "../../core/hq/events.ts";
import { HQ_WRITER } from "../../core/hq/events.ts";
import type { WallMs } from "../../core/time.ts";
import type { Event } from "../../core/types.ts";
import type { Timers } from "../../drivers/port/timers.ts";
import type { Batch, Block } from "../../protocol/batch.ts";
import { sameBytes } from "../../protocol/batch.ts";
import { BLOCK_BYTES_MAX, WINDOW_BATCHES_COUNT_MAX } from "../../protocol/limits.ts";
import type { BatchMessage, BlobPiece, BlobWant, Held, Position } from "../../protocol/message.ts";
import { decodeRecord, splitRecords } from "../../protocol/record.ts";
import { believedAt } from "../catalogue-in-force.ts";
import { DiskFault } from "../disk.ts";
import type { Loop } from "../loop.ts";
import { JournalFault } from "../store/fault.ts";
import { ACK_DELAY_MS_MIN, delayCeilingMs } from "../uplink/backoff.ts";
import type { HouseFiles } from "./house-files.ts";
import { placeBatch } from "./place.ts";
import { nameOf } from "./shelf.ts";
import type { Shelf } from "./shelf.ts";

/** Twice the window: what came again beside what is under way. */
const QUEUE_COUNT_MAX = 2 * WINDOW_BATCHES_COUNT_MAX;
/** How often a terminal that has everything says so, in case a pushed batch was lost. */
const IDLE_MS = 300_000;
/** Bytes of records that are appended at once; with their frames they fit a block. */
const APPEND_BYTES_MAX = BLOCK_BYTES_MAX / 2;

/** What travels down beside the uplink's own messages. */
export type DownMessage = BatchMessage | Held | BlobPiece;
type UpMessage = Held | BlobWant;

export interface DownlinkOptions {
  readonly tenant: string;
  readonly loop: Pick<Loop, "state" | "health" | "record">;
  readonly shelf: Shelf;
  readonly files: HouseFiles;
  readonly timers: Timers;
  readonly wall: () => WallMs;
  /** What is in force may have changed. */
  readonly onChange: () => void;
  /** What an operator should read; never holds record bytes. */
  readonly log: (code: string, detail: string) => void;
}

interface Session {
  readonly id: Uint8Array;
  readonly send: (message: UpMessage) => Promise<void>;
}

export class Downlink {
  readonly #options: DownlinkOptions;
  #session: Session | null = null;
  readonly #queue: DownMessage[] = [];
  #isWorking = false;
  /** Where headquarters' journal ends, as it said last; undefined before it did. */
  #end: Position | null | undefined = undefined;
  /** Everything is taken from the first record on (place.ts P3). */
  #isAnew = false;
  #tryCount = 0;
  /** The piece that is asked for. */
  #asked: { readonly file: CatalogueStart; readonly offset: number } | null = null;
  #cancelTimer: () => void = nothing;

  constructor(options: DownlinkOptions) {
    this.#options = options;
  }

  /** The link stands: says what is held and asks for what is missing. */
  begin(id: Uint8Array, send: (message: UpMessage) => Promise<void>): void {
    this.#session = { id, send };
    this.#queue.length = 0;
    this.#end = undefined;
    this.#asked = null;
    this.#tryCount = 0;
    this.#sayHeld();
    void this.#work();
  }

  /** The link is gone. */
  end(): void {
    this.#session = null;
    this.#queue.length = 0;
    this.#cancelTimer();
  }

  /** A message of the session; the signature was checked. */
  take(message: DownMessage): void {
    // D2
    if (this.#session === null || this.#queue.length >= QUEUE_COUNT_MAX) return;
    this.#queue.push(message);
    void this.#work();
  }

  get #held(): Position | null {
    return this.#isAnew ? null : this.#options.loop.state.hq.position;
  }

  #sayHeld(): void {
    const session = this.#session;
    if (session === null) return;
    this.#say({ kind: "held", session: session.id, position: this.#held });
    this.#watch();
  }

  // A link that does not take it goes down by itself, and begins anew.
  #say(message: UpMessage): void {
    this.#session?.send(message).catch(nothing);
  }

  /** While something is missing: again after 3 s doubling to 60 s. */
  #watch(): void {
    this.#cancelTimer();
    const isWaiting = !this.#isAllHere() || this.#asked !== null || this.#missing() !== null;
    const delayMs = isWaiting ? delayCeilingMs(this.#tryCount, ACK_DELAY_MS_MIN) : IDLE_MS;
    this.#cancelTimer = this.#options.timers.after(delayMs, () => {
      this.#tryCount = isWaiting ? this.#tryCount + 1 : 0;
      this.#asked = null;
      this.#sayHeld();
      void this.#work();
    });
  }

  #isAllHere(): boolean {
    if (this.#end === undefined || this.#isAnew) return false;
    return this.#end === null || this.#end.seq <= (this.#held?.seq ?? 0);
  }

  // D2
  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    try {
      await this.#tidy();
      do {
        for (let message = this.#queue.shift(); message !== undefined; message = this.#queue.shift())
          await this.#handle(message);
        await this.#askForPiece();
        // Something may have come meanwhile.
      } while (this.#queue.length > 0);
    } catch (fault) {
      this.#failed(fault);
    } finally {
      this.#isWorking = false;
    }
  }

  // D3: the timer is armed, and begins again.
  #failed(fault: unknown): void {
    if (!(fault instanceof DiskFault) && !(fault instanceof JournalFault)) throw fault;
    this.#asked = null;
    this.#queue.length = 0;
    this.#options.log("downlink/not_stored", fault.code);
    if (this.#session !== null) this.#watch();
  }

  async #handle(message: DownMessage): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    switch (message.kind) {
      case "batch":
        return this.#takeBatch(message.batch);
      case "held":
        this.#end = message.position;
        if (this.#isAllHere()) this.#tryCount = 0;
        this.#watch();
        return undefined;
      case "blob":
        return this.#takePiece(message);
    }
  }

  async #takeBatch(batch: Batch): Promise<void> {
    const { tenant, log, loop, onChange } = this.#options;
    if (batch.tenant !== tenant || batch.terminal !== HQ_WRITER) {
      log("downlink/not_headquarters", `a batch of ${batch.terminal}`);
      return;
    }
    const placed = placeBatch(this.#held, batch);
    if (placed.kind === "known" || placed.kind === "gap") return;
    if (placed.kind === "refused") {
      log(placed.code, `a batch from record ${batch.blocks[0]?.fromSeq ?? 0} on was not taken`);
      return;
    }
    if (placed.kind === "elsewhere") {
      if (!this.#isAnew) log("downlink/taken_anew", `headquarters goes on in epoch ${batch.epoch}`);
      this.#isAnew = true;
      this.#sayHeld();
      return;
    }
    // A full disk keeps its room for sales.
    if (loop.health !== "ok") return;
    // D1
    for (const events of appendsOf(placed.epoch, placed.blocks, log)) {
      await loop.record(events);
      this.#isAnew = false;
    }
    this.#tryCount = 0;
    this.#sayHeld();
    await this.#tidy();
    onChange();
  }

  /** What is sold from now is kept in mind, what is wanted is read, and all else goes. */
  async #tidy(): Promise<void> {
    const { loop, files, shelf, wall } = this.#options;
    const { state } = loop;
    if (state.hq.position === null) return;
    await shelf.open();
    const at = believedAt(state, wall);
    await files.keep(state, at);
    await files.load(state, at);
    await files.keep(state, at);
    await shelf.keepOnly(files.wanted(state, at));
  }

  /** The next file that is wanted and not here. */
  #missing(): CatalogueStart | null {
    const { loop, files, wall } = this.#options;
    const { state } = loop;
    if (state.hq.catalogues.length === 0 && state.hq.pricings.length === 0) return null;
    return files.missing(state, believedAt(state, wall));
  }

  async #askForPiece(): Promise<void> {
    if (this.#asked !== null || this.#session === null) return;
    const file = this.#missing();
    if (file === null) return;
    const { shelf, log } = this.#options;
    if (!(await shelf.hasRoom(file.byteCount))) {
      log("downlink/no_room", `${file.byteCount} bytes of version ${file.version} have to wait`);
      return;
    }
    const offset = await shelf.resumeAt(file.sha256, file.byteCount);
    this.#ask(file, offset);
  }

  #ask(file: CatalogueStart, offset: number): void {
    const session = this.#session;
    if (session === null) return;
    this.#asked = { file, offset };
    this.#say({ kind: "blob_want", session: session.id, sha256: file.sha256, offset });
    this.#watch();
  }

  async #takePiece({ sha256, offset, bytes }: BlobPiece): Promise<void> {
    const asked = this.#asked;
    if (asked === null || asked.offset !== offset || !sameBytes(asked.file.sha256, sha256)) return;
    const { file } = asked;
    const { shelf, log, onChange } = this.#options;
    if (bytes.length === 0) {
      // Asked again when the timer runs out.
      log("downlink/no_file", `headquarters has no bytes of ${nameOf(sha256)} from ${offset} on`);
      return;
    }
    const outcome = await shelf.put(sha256, file.byteCount, offset, bytes);
    if (outcome === "more") {
      this.#tryCount = 0;
      this.#ask(file, offset + bytes.length);
      return;
    }
    if (outcome === "whole") {
      await this.#tidy();
      // A disk that gives other bytes back than it took is asked again later, not at once.
      if (this.#missing()?.version === file.version) {
        log("downlink/not_stored", nameOf(sha256));
        return;
      }
      this.#asked = null;
      this.#watch();
      onChange();
      return;
    }
    // Asked again when the timer runs out.
    log(`downlink/${outcome}`, `${nameOf(sha256)} from ${offset} on`);
  }
}

/** The events of these blocks, in appends that fit. A record that cannot be read is taken and said. */
function appendsOf(
  epoch: Batch["epoch"],
  blocks: readonly Block[],
  log: DownlinkOptions["log"],
): readonly (readonly Event[])[] {
  const appends: Event[][] = [];
  let bytes = Infinity;
  for (const { fromSeq, recordCount, recordBytes, hash } of blocks) {
    const parts = splitRecords(recordBytes, recordCount);
    // Checked when the batch was read.
    if (!parts.ok) continue;
    for (const [index, part] of parts.value.entries()) {
      const record = decodeRecord(part, { terminal: HQ_WRITER, epoch });
      const code =
        record.ok && record.value.seq !== fromSeq + index ? "record/seq" : record.ok ? "" : record.code;
      if (code !== "") log(code, `record ${fromSeq + index} of headquarters is not folded`);
    }
    bytes += recordBytes.length;
    if (bytes > APPEND_BYTES_MAX) {
      appends.push([]);
      bytes = recordBytes.length;
    }
    const records = parts.value.map((part) => part.slice());
    appends.at(-1)?.push({ type: "hq_records_taken", epoch, fromSeq, hash: hash.slice(), records });
  }
  return appends;
}

function nothing(): void {
  // Nothing is scheduled, or nobody asks.
}
