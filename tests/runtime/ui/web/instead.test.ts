/** What becomes of a wish in place of a card, by what the runtime says of the card. */
import { expect, test } from "vitest";
import { eventIdFrom } from "../../../../core/ids.ts";
import type { EventId } from "../../../../core/ids.ts";
import { CARD_TENDER_STATUSES } from "../../../../core/tender/types.ts";
import { became } from "../../../../runtime/ui/web/instead.ts";

function id(seq: number): EventId {
  const found = eventIdFrom(`A/00112233445566ff/${seq}`);
  if (found === null) throw new Error("id: no event's");
  return found;
}

const WISH = { tender: id(2), order: id(1) };

test("only a card that ended without money makes way", () => {
  const said = CARD_TENDER_STATUSES.map((status) => became(WISH, [{ tender: id(2), status }], null));
  expect(said).toEqual(["wait", "wait", "unknown", "unknown", "paid", "paid", "free", "paid", "free"]);
});

test("a card that is shown no longer paid where its order is the newest sale", () => {
  expect(became(WISH, [], { order: id(1) })).toBe("paid");
  expect(became(WISH, [{ tender: id(9), status: "declined" }], { order: id(7) })).toBe("gone");
  expect(became(WISH, [], null)).toBe("gone");
});
