/**
 * What goes over one connection for a job, given what earlier connections brought to paper. Pure.
 * L1  Whatever may stand on paper already is sent again only below a mark.
 * L2  The first connection of a job sends no mark.
 * Which mark is a matter of legibility, not of safety: "resumed" goes on where the paper stands,
 * "reprinted" cuts off what hangs out and begins again.
 */

import type { ReceiptBlock } from "../../core/receipt/block.ts";

/** Bytes that belong together, and what they are. */
export interface PrintChunk {
  readonly kind: "init" | ReceiptBlock["kind"] | "drawer";
  readonly bytes: Uint8Array;
}

/** How long a job may wait for people and for the link. All zero: it ends in doubt at the first trouble. */
export interface PrintPatience {
  /** How long a receipt that has begun waits for paper, cover or cutter. */
  readonly blockedMs: number;
  /** Pauses before each new connection after a lost one; as many as there are attempts, over the whole job. */
  readonly reconnectDelaysMs: readonly number[];
}

/** No waiting and no second connection. */
export const NO_PATIENCE: PrintPatience = { blockedMs: 0, reconnectDelaysMs: [] };

/** Bytes of the two marks. */
export interface PrintMarks {
  readonly resumed: Uint8Array;
  readonly reprinted: Uint8Array;
}

/** What is to be sent. `whenBlocked` goes instead, real-time, if the printer cannot print: the drawer must open without paper. */
export interface PrintJob {
  /** The initialisation first, if there is one. None at all: only the status is asked for. */
  readonly chunks: readonly PrintChunk[];
  readonly whenBlocked: Uint8Array | undefined;
  /** Undefined: nothing of this job may ever be sent twice. */
  readonly marks: PrintMarks | undefined;
  readonly patience: PrintPatience;
}

/** What earlier connections of the job left behind. */
export interface PrintProgress {
  /** Chunks known to be on paper. */
  readonly doneCount: number;
  /** True from the first byte that was sent. */
  readonly hasLeft: boolean;
  /** Connections lost so far. */
  readonly lostCount: number;
  /** The printer was away between two connections: it has lost its buffer, and perhaps somebody its paper. */
  readonly mustReprint: boolean;
  readonly mark: "none" | "resumed" | "reprinted";
}

/** Nothing sent yet. */
export const PROGRESS_START: PrintProgress = {
  doneCount: 0,
  hasLeft: false,
  lostCount: 0,
  mustReprint: false,
  mark: "none",
};

/** Bytes for one write, and how many chunks are on paper once they are confirmed. */
export interface PrintPiece {
  readonly bytes: Uint8Array;
  readonly doneCount: number;
}

/** The pieces of the next connection and the progress they begin with (L1, L2). */
export function planPieces(
  job: PrintJob,
  progress: PrintProgress,
): { readonly pieces: readonly PrintPiece[]; readonly progress: PrintProgress } {
  const all = job.chunks.map(({ bytes }, index) => ({ bytes, doneCount: index + 1 }));
  const initCount = job.chunks[0]?.kind === "init" ? 1 : 0;
  const begun = { ...progress, hasLeft: true, mustReprint: false };
  if (!progress.hasLeft || job.marks === undefined) return { pieces: all, progress: begun };
  const isReprint = progress.mustReprint || progress.doneCount <= initCount;
  const doneCount = isReprint ? initCount : progress.doneCount;
  const mark = isReprint ? job.marks.reprinted : job.marks.resumed;
  const again = [...all.slice(0, initCount).map(({ bytes }) => bytes), mark].map((bytes) => ({
    bytes,
    doneCount,
  }));
  return {
    pieces: [...again, ...all.slice(doneCount)],
    // A receipt that was begun anew once stays a reprint, however it is continued.
    progress: {
      ...begun,
      doneCount,
      mark: isReprint || progress.mark === "reprinted" ? "reprinted" : "resumed",
    },
  };
}
