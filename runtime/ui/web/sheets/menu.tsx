/**
 * The one menu: the rooms of the terminal, training, and who is signed on. Before anybody is, it has
 * the language and the health alone.
 */
import type { StaffView } from "../../wire.ts";
import { enterPin, goTo, openSheet, signOff, speak } from "../actions.ts";
import { Icon } from "../parts/icons.tsx";
import type { IconName } from "../parts/icons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { clerk, language, order, status, welcome, words } from "../store.ts";

/** What may be done from anywhere. */
export function MenuSheet() {
  const t = words.value;
  const me = welcome.value?.staff.find((each) => each.clerk === clerk.value);
  const hasOrder = (order.value?.lines.length ?? 0) > 0 && order.value?.phase === "open";
  return (
    <Sheet name="menu" title={t.more}>
      <div class="menu">
        <MenuRow icon="language" id="language" label={t.otherLanguage} onTap={switchLanguage} />
        {me !== undefined && (
          <>
            {hasOrder && (
              <MenuRow
                icon="pause"
                id="menu-park"
                label={t.parkOrder}
                onTap={() => openSheet({ kind: "park" })}
              />
            )}
            <MenuRow
              icon="orders"
              id="menu-orders"
              label={t.todaysOrders}
              onTap={() => goTo({ room: "orders" })}
            />
            <MenuRow icon="drawer" id="menu-shift" label={t.shift} onTap={() => goTo({ room: "shift" })} />
            <MenuRow icon="stock" id="menu-stock" label={t.stock} onTap={() => goTo({ room: "stock" })} />
            <TrainingRow me={me} />
            <MenuRow
              icon="settings"
              id="menu-settings"
              label={t.settings}
              onTap={() => goTo({ room: "settings" })}
            />
          </>
        )}
        <MenuRow
          icon="shield"
          id="menu-health"
          label={t.health}
          onTap={() => openSheet({ kind: "health" })}
        />
        {me !== undefined && <MenuRow icon="lock" id="switch-clerk" label={t.switchClerk} onTap={signOff} />}
      </div>
    </Sheet>
  );
}

function switchLanguage(): void {
  speak(language.value === "zh" ? "en" : "zh");
  openSheet(null);
}

function TrainingRow({ me }: { readonly me: StaffView }) {
  const t = words.value;
  const isTraining = status.value?.isTraining ?? false;
  if (!isTraining && !me.rights.includes("training")) return null;
  const ask = isTraining ? "leave_training" : "enter_training";
  const change = (): void => {
    if (me.hasPin) openSheet({ kind: "pin", who: me, ask });
    else enterPin(me.clerk, "", ask, null);
  };
  const label = isTraining ? t.trainingLeave : t.trainingEnter;
  return <MenuRow icon="training" id="menu-training" label={label} onTap={change} />;
}

function MenuRow(props: {
  readonly icon: IconName;
  readonly id: string;
  readonly label: string;
  readonly onTap: () => void;
}) {
  return (
    <button type="button" class="menu-row" data-id={props.id} onClick={props.onTap}>
      <Icon name={props.icon} />
      {props.label}
    </button>
  );
}
