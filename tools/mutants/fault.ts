/**
 * What can keep the planted bugs from being tried: a closed list of codes. A bug that nothing catches
 * is not here: that is the result of a run that worked.
 */

export type MutantsFaultCode =
  /** An option that cannot be used. */
  | "mutants/option"
  /** The text that a bug changes does not stand in its file exactly once. */
  | "mutants/find"
  /** The tree breaks a law, or does not run, without any bug. */
  | "mutants/unclean"
  /** A process could not be started or said nothing that can be read. */
  | "mutants/process";

/** Why the run ended before its end. Its folder is gone and its processes are stopped. */
export class MutantsFault extends Error {
  override readonly name = "MutantsFault";
  readonly code: MutantsFaultCode;
  constructor(code: MutantsFaultCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.code = code;
  }
}
