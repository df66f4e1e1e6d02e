/**
 * Our own mistakes. A Bug is thrown where the code has contradicted itself; nobody catches it but
 * the supervisor, which logs it and restarts: the journal makes that safe.
 * Not for what the trade refuses (a Refusal value) and not for what the world does (a Fault).
 */

/** Thrown by `assert`; never caught to go on. */
export class Bug extends Error {
  override readonly name = "Bug";
}

/** Throws a Bug unless `condition` holds. `message` names the area first: "journal: Seq must rise by one". */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}

/** Throws a Bug: for the branch that the types say cannot be reached. */
export function unreachable(value: never, message: string): never {
  throw new Bug(`${message}: ${JSON.stringify(value)}`);
}
