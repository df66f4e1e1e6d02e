/**
 * Why a support bundle cannot be made or read, in coded sentences. Whatever they say, nothing that was
 * read has been changed, and nothing unredacted has been written.
 */

/** Stable codes. */
export type SupportFaultCode =
  /** The command line names something that is not there, or that is there already. */
  | "support/arguments"
  /** A field that may hold a secret takes nothing in its place; the bundle is not written. */
  | "support/not_redactable"
  /** The file is no bundle of this format, or not what its manifest says. */
  | "support/unreadable";

const SENTENCES: Readonly<Record<SupportFaultCode, string>> = {
  "support/arguments": "This cannot be done",
  "support/not_redactable":
    "A field of the journal could not be made unreadable, so no bundle was written. Report the field",
  "support/unreadable": "This file is no whole support bundle. Nothing was taken from it. Fetch it again",
};

/** A fault with what it is about. */
export class SupportFault extends Error {
  override readonly name = "SupportFault";
  readonly code: SupportFaultCode;
  constructor(code: SupportFaultCode, about: string, cause?: unknown) {
    super(`${code}: ${SENTENCES[code]}: ${about}.`, { cause });
    this.code = code;
  }
}
