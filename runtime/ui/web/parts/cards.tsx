/**
 * Cards beside cash on the tender: a button for each reader, why the last card was not taken, what was
 * taken so far with a way back for each.
 */
import type { OrderView } from "../../wire.ts";
import { askCard, reverseCard } from "../actions.ts";
import { armedCard, cards, isSettled, money, words } from "../store.ts";
import { Icon } from "./icons.tsx";

/** A button for each reader; one that takes no card now says why. */
export function ReaderButtons({
  current,
  enteredMinor,
}: {
  readonly current: OrderView;
  /** A part that was keyed in; 0 asks for all that is left. */
  readonly enteredMinor: number;
}) {
  const t = words.value;
  const { readers } = cards.value;
  if (readers.length === 0) return null;
  const isPart = enteredMinor > 0 && enteredMinor < current.leftMinor;
  const partMinor = isPart ? enteredMinor : null;
  return (
    <>
      {readers.map((reader) => (
        <button
          key={reader.name}
          type="button"
          class="note reader"
          data-id={`reader-${reader.name}`}
          data-link={reader.link}
          disabled={
            !isSettled.value ||
            reader.serial === "" ||
            enteredMinor > current.leftMinor ||
            // It waits for just that already.
            (armedCard.value !== null && partMinor === null)
          }
          onClick={() => askCard(current, reader.name, partMinor)}
        >
          <Icon name="card" size={22} />
          <span class="note-word">
            {partMinor !== null ? money(partMinor) : readers.length === 1 ? t.cardPay : reader.name}
          </span>
        </button>
      ))}
    </>
  );
}

/** What a reader waits for by itself, while anything else may be tapped. */
export function ArmedReader() {
  const t = words.value;
  const card = armedCard.value;
  if (card === null) return null;
  return (
    <p class="card-armed" data-id="card-armed" role="status">
      <Icon name="card" size={20} />
      <span>
        {t[`cardStep_${card.prompt?.step ?? "connecting"}`]} {money(card.amountMinor)}
      </span>
    </p>
  );
}

/** Why the newest card of this check was not taken; nothing when it was, or none was tried. */
export function CardFailure() {
  const newest = cards.value.tenders.findLast((its) => its.isCurrent);
  if (newest === undefined || (newest.status !== "declined" && newest.status !== "reversed")) return null;
  return (
    <p class="card-failure" data-id="card-failure" role="status">
      <Icon name="warning" size={20} />
      <span>
        {newest.text === "" ? "" : `${newest.text}. `}
        {newest.sentence}
      </span>
    </p>
  );
}

/** Cards that were taken for this check, each with a way back. */
export function TakenCards() {
  const t = words.value;
  const here = cards.value.tenders.filter((its) => its.isCurrent);
  const taken = here.filter((its) => its.status === "captured" && its.kind === "pay");
  const backs = here.filter((its) => its.status === "captured" && its.kind === "reverse");
  const standing = taken.filter(
    (its) => !backs.some((back) => back.amountMinor === -its.amountMinor && back.reader === its.reader),
  );
  if (standing.length === 0) return null;
  return (
    <ul class="taken-cards">
      {standing.map((its) => (
        <li key={its.tender}>
          <span>
            {its.card} {money(its.amountMinor)}
          </span>
          <button
            type="button"
            class="button quiet"
            data-id={`reverse-${its.tender}`}
            disabled={!isSettled.value}
            onClick={() => reverseCard(its)}
          >
            {t.cardBack}
          </button>
        </li>
      ))}
    </ul>
  );
}
