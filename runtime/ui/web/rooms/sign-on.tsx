/**
 * Who is selling: one tile per clerk of the staff list; a clerk with a PIN keys it in on the pad that
 * comes up.
 */
import { openSheet, signOn } from "../actions.ts";
import { Frame, HeaderButton } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import { healthPanel, initialOf, welcome, words } from "../store.ts";

/** The choice of clerks. */
export function SignOnRoom() {
  const t = words.value;
  const header = (
    <>
      <h1 class="title title-shop">
        <span class="title-text">{welcome.value?.shopName ?? ""}</span>
      </h1>
      <HeaderButton icon="more" id="menu" label={t.more} onTap={() => openSheet({ kind: "menu" })} />
    </>
  );
  return (
    <Frame name="sign-on" header={header}>
      <div class="greeting">
        <h2>{t.whoSells}</h2>
        <p>{t.whoSellsHint}</p>
      </div>
      <div class="scroll">
        <div class="clerks">
          {welcome.value?.staff.map((who) => (
            <button
              key={who.clerk}
              type="button"
              class="clerk"
              data-id={`clerk-${who.clerk}`}
              onClick={() => signOn(who)}
            >
              <span class="avatar">{initialOf(who.name)}</span>
              <span class="clerk-name">{who.name}</span>
              {who.hasPin && (
                <span class="clerk-sign">
                  <Icon name="lock" size={14} />
                  {healthPanel.value?.lockedClerks.includes(who.clerk) === true ? t.locked : t.hasPin}
                </span>
              )}
            </button>
          ))}
        </div>
      </div>
    </Frame>
  );
}
