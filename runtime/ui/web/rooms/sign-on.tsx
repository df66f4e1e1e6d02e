/**
 * Who is selling: one tile per clerk of the staff list.
 * A sign-on without a PIN: it says who sells, and keeps nobody out.
 */
import { openSheet, signOn } from "./actions.ts";
import { Frame, HeaderButton } from "./frame.tsx";
import { initialOf, welcome, words } from "./store.ts";

/** The choice of clerks. */
export function SignOnScreen() {
  const t = words.value;
  const header = (
    <>
      <h1 class="title title-shop">{welcome.value?.shopName ?? ""}</h1>
      <HeaderButton icon="more" id="menu" label={t.more} onTap={() => openSheet({ kind: "menu" })} />
    </>
  );
  return (
    <Frame name="sign-on" header={header}>
      <div class="greeting">
        <h2>{t.whoSells}</h2>
        <p>{t.whoSellsHint}</p>
      </div>
      <div class="clerks">
        {welcome.value?.staff.map(({ clerk, name }) => (
          <button
            key={clerk}
            type="button"
            class="clerk"
            data-id={`clerk-${clerk}`}
            onClick={() => signOn(clerk)}
          >
            <span class="avatar">{initialOf(name)}</span>
            <span>{name}</span>
          </button>
        ))}
      </div>
    </Frame>
  );
}
