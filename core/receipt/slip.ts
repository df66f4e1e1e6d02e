/**
 * A reader's slip as blocks: its own text, line by line, as its scheme asks. Nothing is added but the
 * banner of training and the cut.
 */
import type { SlipReceived } from "../tender/events.ts";
import type { ReceiptBlock } from "./block.ts";

/** The paper of a slip. */
export function slipBlocks(slip: Pick<SlipReceived, "lines">, isTraining: boolean): readonly ReceiptBlock[] {
  const banner: ReceiptBlock = {
    kind: "text",
    text: "TRAINING",
    align: "center",
    size: "double",
    bold: true,
  };
  const lines = slip.lines.map(({ text, isBold, isCentred }): ReceiptBlock =>
    text.trim() === ""
      ? { kind: "feed", lineCount: 1 }
      : { kind: "text", text, align: isCentred ? "center" : "left", size: "normal", bold: isBold },
  );
  return [...(isTraining ? [banner] : []), ...lines, { kind: "feed", lineCount: 2 }, { kind: "cut" }];
}
