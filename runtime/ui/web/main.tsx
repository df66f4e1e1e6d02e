/**
 * The entry of the page: which room is shown, and what lies over it.
 * What is shown follows from the store alone; there is no history to go back in.
 */
import { render } from "preact";

import { watchTouches } from "./idle.ts";
import { applyPreferences } from "./prefs.ts";
import { CountRoom } from "./rooms/count.tsx";
import { OrderRoom } from "./rooms/order.tsx";
import { OrdersRoom } from "./rooms/orders.tsx";
import { RefundRoom } from "./rooms/refund.tsx";
import { SaleRoom } from "./rooms/sale.tsx";
import { SettingsRoom } from "./rooms/settings.tsx";
import { ShiftRoom } from "./rooms/shift.tsx";
import { SignOnRoom } from "./rooms/sign-on.tsx";
import { StockRoom } from "./rooms/stock.tsx";
import { TenderRoom } from "./rooms/tender.tsx";
import { listenForScans } from "./scan.ts";
import { OpenSheet } from "./sheets/open-sheet.tsx";
import { room, status, toast, welcome, words } from "./store.ts";

function App() {
  if (welcome.value === null) return <p class="starting">{words.value.connecting}</p>;
  return (
    <div class="app" data-training={status.value?.isTraining ?? false}>
      <ShownRoom />
      <OpenSheet />
      <div class="toast" role="status" data-id="toast" data-shown={toast.value !== ""}>
        {toast.value}
      </div>
      <div class="training-frame" aria-hidden="true" />
      <div class="shade" aria-hidden="true" />
    </div>
  );
}

function ShownRoom() {
  const shown = room.value;
  switch (shown.room) {
    case "sign_on":
      return <SignOnRoom />;
    case "sale":
      return <SaleRoom />;
    case "tender":
      return <TenderRoom />;
    case "orders":
      return <OrdersRoom />;
    case "order":
      return <OrderRoom shown={shown} />;
    case "refund":
      return <RefundRoom shown={shown} />;
    case "shift":
      return <ShiftRoom />;
    case "count":
      return <CountRoom shown={shown} />;
    case "stock":
      return <StockRoom />;
    case "settings":
      return <SettingsRoom />;
  }
}

applyPreferences();
listenForScans();
watchTouches();
const root = document.querySelector("#app");
if (root !== null) render(<App />, root);
