/**
 * The entry of the page: which screen is shown, and the sheet over it.
 * What is shown follows from the store alone; there is no history to go back in.
 */
import { render } from "preact";

import { OrdersScreen } from "./orders.tsx";
import { SaleScreen } from "./sale.tsx";
import { OpenSheet } from "./sheets.tsx";
import { SignOnScreen } from "./sign-on.tsx";
import { screenShown, welcome, words } from "./store.ts";
import { TenderScreen } from "./tender.tsx";

function App() {
  if (welcome.value === null) return <p class="starting">{words.value.connecting}</p>;
  return (
    <>
      <ShownScreen />
      <OpenSheet />
    </>
  );
}

function ShownScreen() {
  switch (screenShown.value) {
    case "sign_on":
      return <SignOnScreen />;
    case "sale":
      return <SaleScreen />;
    case "tender":
      return <TenderScreen />;
    case "orders":
      return <OrdersScreen />;
  }
}

const root = document.querySelector("#app");
if (root !== null) render(<App />, root);
