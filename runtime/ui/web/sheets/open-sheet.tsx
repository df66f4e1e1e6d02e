/**
 * Which sheet lies over the room, if any: one at a time, as the store says.
 * The one file that knows them all.
 */
import { sheet } from "../store.ts";
import { AmountSheet } from "./amount.tsx";
import { ApprovalSheet } from "./approval.tsx";
import { CardCaseSheet } from "./card-case.tsx";
import { CartSheet } from "./cart.tsx";
import { DiscountSheet } from "./discount.tsx";
import { HealthSheet } from "./health.tsx";
import { LineSheet } from "./line.tsx";
import { MenuSheet } from "./menu.tsx";
import { MessageSheet, PrintSheet } from "./message.tsx";
import { ParkSheet } from "./park.tsx";
import { PinSheet } from "./pin.tsx";
import { PriceSheet } from "./price.tsx";
import { ReaderDaySheet } from "./reader-day.tsx";
import { ReasonSheet } from "./reason.tsx";
import { SearchSheet } from "./search.tsx";

/** The sheet that is open. */
export function OpenSheet() {
  const open = sheet.value;
  switch (open?.kind) {
    case undefined:
      return null;
    case "cart":
      return <CartSheet />;
    case "line":
      return <LineSheet lineId={open.line} />;
    case "price":
      return <PriceSheet />;
    case "discount":
      return <DiscountSheet key={open.line ?? ""} line={open.line} />;
    case "menu":
      return <MenuSheet />;
    case "health":
      return <HealthSheet />;
    case "search":
      return <SearchSheet />;
    case "park":
      return <ParkSheet />;
    case "reason":
      return <ReasonSheet key={open.ask} ask={open.ask} />;
    case "amount":
      return <AmountSheet key={open.ask} ask={open.ask} drawer={open.drawer} />;
    case "pin":
      return <PinSheet key={open.who.clerk} who={open.who} ask={open.ask} />;
    case "approval":
      return <ApprovalSheet ask={open.ask} />;
    case "card_case":
      return <CardCaseSheet key={open.tender} tender={open.tender} />;
    case "reader_day":
      return <ReaderDaySheet reader={open.reader} />;
    case "message":
      return <MessageSheet title={open.title} sentence={open.sentence} code={open.code} />;
    case "print":
      return <PrintSheet sentence={open.sentence} code={open.code} />;
  }
}
