/** The recovery table: complete, without overlap, and never torn against evidence. */
import { expect, test } from "vitest";
import { COLUMNS, decideRecovery, RECOVERY_TABLE, type Conditions } from "../../../runtime/store/recover.ts";

const FOUND = { present: true, readable: true, known: true, ours: true, named: true, chained: true };
const END = { outrun: false, last: true, resumed: false, marked: false, zeros: true };

function combination(bits: number): Conditions {
  const value = { ...FOUND, ...END };
  return Object.assign(
    value,
    Object.fromEntries(COLUMNS.map((column, index) => [column, ((bits >> index) & 1) === 1])),
  );
}

test("every combination of conditions meets exactly one row, and every row is met", () => {
  const met = new Set<string>();
  for (let bits = 0; bits < 2 ** COLUMNS.length; bits += 1) met.add(decideRecovery(combination(bits)).label);
  expect([...met].toSorted()).toEqual(RECOVERY_TABLE.map((row) => row.label).toSorted());
});

test("every pattern has one sign per column", () => {
  for (const row of RECOVERY_TABLE) expect(row.pattern).toMatch(new RegExp(`^[01-]{${COLUMNS.length}}$`));
});

test("a file of a newer format or of another terminal is never put aside, whatever else is wrong", () => {
  for (let bits = 0; bits < 2 ** COLUMNS.length; bits += 1) {
    const conditions = { ...combination(bits), present: true, readable: true };
    if (!conditions.known) expect(decideRecovery(conditions).decision).toBe("fault_format");
    else if (!conditions.ours) expect(decideRecovery(conditions).decision).toBe("fault_terminal");
  }
});

test("no evidence of durability is ever answered with torn or clean", () => {
  for (let bits = 0; bits < 2 ** COLUMNS.length; bits += 1) {
    const conditions = combination(bits);
    const { resumed, marked, last, outrun } = conditions;
    if (!(outrun || (last && (resumed || marked)))) continue;
    expect(["torn", "clean", "new"]).not.toContain(decideRecovery({ ...conditions, ...FOUND }).decision);
  }
});

test.each([
  ["new", { ...END, present: false }, "new"],
  ["gone", { ...END, present: false, marked: true }, "rot_whole"],
  ["clean", { ...END }, "clean"],
  ["torn", { ...END, zeros: false }, "torn"],
  ["marked", { ...END, marked: true }, "rot_inside"],
  ["resumed", { ...END, zeros: false, resumed: true }, "rot_inside"],
  ["closed", { ...END, last: false, zeros: false }, "next"],
  ["outrun", { ...END, last: false, outrun: true }, "rot_inside"],
  ["misnamed", { ...END, named: false }, "rot_whole"],
  ["unchained", { ...END, chained: false }, "rot_whole"],
  ["header_broken", { ...END, readable: false }, "rot_whole"],
])("the row %s decides as written", (label, conditions, decision) => {
  expect(decideRecovery({ ...FOUND, ...conditions })).toMatchObject({ label, decision });
});
