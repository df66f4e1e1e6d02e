/**
 * The page Staff: who works here by headquarters' word, with rights and whether there is a PIN. A PIN
 * goes in and never comes out: it is hashed here when its word is published, and kept nowhere else.
 */
import type { StaffWord } from "../../../core/hq/events.ts";
import { isClerkId } from "../../../core/ids.ts";
import { CLERK_NAME_LENGTH_MAX, PIN_TRIES_COUNT_MAX } from "../../../core/limits.ts";
import { fits } from "../../../core/order/decide-lines.ts";
import { machineRng } from "../../../runtime/adapters/machine.ts";
import { keepPin } from "../../../runtime/adapters/pin-hasher.ts";
import { RIGHTS } from "../../../runtime/config.ts";
import { PIN_PATTERN } from "../../../runtime/staff/pin-gate.ts";
import type { NewStaff } from "../authoring.ts";
import type { StaffAnswer, StaffRow, WordAnswer, WordChange, WordRefusal } from "./api-house.ts";
import type { ConsoleContext } from "./context.ts";
import { doorOf } from "./published.ts";
import { oneOf } from "./query.ts";
import type { Asked } from "./query.ts";
import { answerOf, refused } from "./words.ts";

/** What the page asks for. `rights` null takes the clerk away. */
export interface StaffWish {
  readonly clerk: string;
  readonly name: string;
  readonly rights: readonly string[] | null;
  readonly pin: "keep" | "none" | "new";
  /** Digits where `pin` is "new". */
  readonly newPin: string;
}

/** What may happen to a PIN. */
export const PIN_WISHES = ["keep", "none", "new"] as const;

/** Clerks by name; `q` is part of a code or name, `right` one of theirs, `gone` shows those who left instead. */
export async function staffPage(context: ConsoleContext, asked: Asked): Promise<StaffAnswer> {
  const words = await doorOf(context).staff();
  const pins = await context.store.console.pinFailures(context.tenant);
  const text = asked("q").trim().toLowerCase();
  const right = oneOf(asked, "right", ["", ...RIGHTS]);
  const isGone = oneOf(asked, "gone", ["", "1"]) === "1";
  const rows = words
    .map(({ clerk, grant, pin }): StaffRow => ({
      clerk,
      name: grant?.name ?? "",
      rights: grant?.rights ?? [],
      hasPin: pin !== null,
      isHere: grant !== null,
      lockedOn: pins
        .filter((its) => its.clerk === clerk && its.count >= PIN_TRIES_COUNT_MAX)
        .map(({ terminal }) => terminal),
    }))
    .filter((row) => row.isHere !== isGone && (right === "" || row.rights.includes(right)))
    .filter(({ clerk, name }) => `${clerk} ${name}`.toLowerCase().includes(text))
    .sort((a, b) => (a.clerk < b.clerk ? -1 : 1));
  return { rows, rights: RIGHTS };
}

/** What a wish changes; published where it is confirmed and nothing is refused. */
export async function setStaff(
  context: ConsoleContext,
  wish: StaffWish,
  isConfirmed: boolean,
): Promise<WordAnswer> {
  const door = doorOf(context);
  const known = (await door.staff()).find(({ clerk }) => clerk === wish.clerk) ?? null;
  const refusals = refusalsOf(wish, known);
  if (refusals.length > 0) return refused(refusals);
  const changes = changesOf(wish, known);
  if (changes.length === 0) return refused([{ code: "authoring/nothing", detail: "" }]);
  if (!isConfirmed) return { refusals: [], changes, seq: null };
  return answerOf(context, changes, await door.setStaff([await wordOf(wish, known)]));
}

function refusalsOf(wish: StaffWish, known: StaffWord | null): readonly WordRefusal[] {
  const { clerk, name, rights, pin, newPin } = wish;
  const refusals: WordRefusal[] = [];
  const no = (code: string, detail = ""): number => refusals.push({ code, detail });
  if (!isClerkId(clerk)) no("staff/code", clerk);
  if (rights === null) {
    if ((known?.grant ?? null) === null) no("staff/nobody", clerk);
    return refusals;
  }
  if (name.trim() === "" || !fits(name.trim(), CLERK_NAME_LENGTH_MAX)) no("staff/name", name);
  const unknown = rights.filter((right) => !RIGHTS.some((each) => each === right));
  if (unknown.length > 0 || new Set(rights).size !== rights.length) no("staff/right", unknown.join(" "));
  if (pin === "new" && !PIN_PATTERN.test(newPin)) no("staff/pin");
  return refusals;
}

function changesOf({ name, rights, pin }: StaffWish, known: StaffWord | null): readonly WordChange[] {
  const grant = known?.grant ?? null;
  const word = (what: string, subject: string, before: string, after: string): WordChange => {
    return { what, subject, before, after, isWord: true };
  };
  const isOn = (flag: boolean): string => (flag ? "yes" : "no");
  const changes: WordChange[] = [];
  if ((grant === null) !== (rights === null))
    changes.push(word("works_here", "", isOn(grant !== null), isOn(rights !== null)));
  if (rights === null) return changes;
  if (name.trim() !== (grant?.name ?? ""))
    changes.push({ what: "name", subject: "", before: grant?.name ?? "", after: name.trim(), isWord: false });
  for (const right of RIGHTS) {
    const [had, has] = [grant?.rights.includes(right) === true, rights.includes(right)];
    if (had !== has) changes.push(word("right", right, isOn(had), isOn(has)));
  }
  const hadPin = known !== null && known.pin !== null;
  const before = hadPin ? "pin_set" : "pin_none";
  if (pin === "new") changes.push(word("pin", "", before, "pin_new"));
  if (pin === "none" && hadPin) changes.push(word("pin", "", before, "pin_none"));
  return changes;
}

async function wordOf(wish: StaffWish, known: StaffWord | null): Promise<NewStaff> {
  const { clerk, name, rights, pin, newPin } = wish;
  if (rights === null) return { clerk, name: "", rights, pin: null };
  const kept = pin === "new" ? await keepPin(newPin, machineRng) : pin === "keep" ? known?.pin : null;
  return {
    clerk,
    name: name.trim(),
    rights: RIGHTS.filter((right) => rights.includes(right)),
    pin: kept ?? null,
  };
}
