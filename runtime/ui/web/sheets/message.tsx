/**
 * What has to be said: what happened, what is safe and what to do, with one button that does it. The
 * code stands small below.
 */
import { goTo, openSheet, reprint } from "../actions.ts";
import { Button } from "../parts/frame.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { clerk, last, words } from "../store.ts";

/** Refusals that are helped in the room of the shift. */
const SHIFT_CODES: ReadonlySet<string> = new Set(["shift/not_open", "shift/ambiguous"]);

/** A message. */
export function MessageSheet(props: {
  readonly title: string;
  readonly sentence: string;
  readonly code: string;
}) {
  const t = words.value;
  const isOfShift = SHIFT_CODES.has(props.code) && clerk.value !== "";
  const foot = isOfShift ? (
    <Button id="to-shift" tone="primary" onTap={() => goTo({ room: "shift" })}>
      {t.shiftOpen}
    </Button>
  ) : (
    <Button id="understood" tone="primary" onTap={() => openSheet(null)}>
      {t.understood}
    </Button>
  );
  return (
    <Sheet name="message" title={props.title} foot={foot} isUrgent>
      <Said sentence={props.sentence} code={props.code} />
    </Sheet>
  );
}

/** A receipt that did not come out, or may not have. */
export function PrintSheet(props: { readonly sentence: string; readonly code: string }) {
  const sale = last.value;
  const t = words.value;
  if (sale === null) return null;
  const foot = (
    <Button id="sheet-reprint" tone="primary" icon="printer" onTap={() => reprint(sale.order)}>
      {t.reprint}
    </Button>
  );
  return (
    <Sheet name="print" title={t.notPrintedTitle} foot={foot} isUrgent>
      <Said sentence={props.sentence} code={props.code} />
    </Sheet>
  );
}

function Said({ sentence, code }: { readonly sentence: string; readonly code: string }) {
  return (
    <>
      <p class="said">{sentence}</p>
      <p class="code">{code}</p>
    </>
  );
}
