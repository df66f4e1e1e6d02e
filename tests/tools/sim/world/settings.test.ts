/** What the command line means, and what it refuses. */
import { expect, test } from "vitest";
import { askedFor, changesOf } from "../../../../tools/sim/world/settings.ts";
import { optionsOf } from "../../../../tools/sim/world/options.ts";

test.each([
  [[], {}, { kind: "seeds", from: null, count: Infinity, seconds: 60 }],
  [[], { SEED: "5" }, { kind: "seed", seed: 5 }],
  [[], { SHRINK: "9" }, { kind: "shrink", seed: 9 }],
  [[], { SEEDS: "3", FROM: "8" }, { kind: "seeds", from: 8, count: 3, seconds: Infinity }],
  [[], { HOURS: "0.5" }, { kind: "seeds", from: null, count: Infinity, seconds: 1800 }],
  [["--scenario", "x"], { SEED: "2" }, { kind: "scenario", name: "x", seed: 2 }],
  [["--enumerate"], { EVERY: "4" }, { kind: "enumerate", part: "all", every: 4 }],
  [["--enumerate", "rot"], {}, { kind: "enumerate", part: "rot", every: 1 }],
  [["--journal-states", "100"], {}, { kind: "journal_states", count: 100, seed: 1 }],
  [["--faults-page"], {}, { kind: "faults_page" }],
  [["--help"], {}, { kind: "help" }],
])("%j with %j asks for %j", (flags, env, asked) => {
  expect(askedFor(flags, env)).toEqual(asked);
});

test.each([
  [[], { SEED: "x" }, "SEED=x is not a number"],
  [[], { OFF: "rain" }, "OFF=rain is no fault"],
  [["--scenario"], {}, "--scenario NAME"],
  [["--journal-states", "-1"], {}, "--journal-states N"],
  [["--frobnicate"], {}, "--frobnicate is no flag"],
])("%j with %j is refused: %s", (flags, env, message) => {
  expect(askedFor(flags, env)).toMatchObject({ kind: "wrong", message: expect.stringContaining(message) });
});

test("OFF takes faults away and ORDERS sets the size, and nothing else moves", () => {
  const seed = Array.from({ length: 100 }, (_, index) => index).find(
    (its) => optionsOf(its).rates.kill !== undefined,
  );
  const drawn = optionsOf(seed ?? 0);
  const changed = optionsOf(seed ?? 0, changesOf({ OFF: "kill", ORDERS: "3", MIX: "builtin" }, seed ?? 0));
  const { kill: _, ...rates } = drawn.rates;
  expect(changed).toEqual({ ...drawn, rates, orderCount: 3, mix: "builtin" });
});
