/**
 * The drawer's day: open with a float, cash in and out, X, the count and the Z. What is expected is not
 * shown before somebody counted: the runtime does not say it.
 */
import { useSignal } from "@preact/signals";

import type { ShiftPanel, ShiftView, ZView } from "../../panels.ts";
import { goTo, openSheet, sendOnce } from "../actions.ts";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import type { IconName } from "../parts/icons.tsx";
import { Reasons } from "../parts/reasons.tsx";
import { clerkName, isSettled, money, said, shiftPanel, words } from "../store.ts";

/** All shifts of this terminal. */
export function ShiftRoom() {
  const t = words.value;
  const panel = shiftPanel.value;
  const back = (): void => goTo({ room: "sale" });
  return (
    <Frame
      name="shift"
      header={<BackHeader title={t.shift} onBack={back} />}
      bar={panel === null ? undefined : <ShiftBar panel={panel} />}
    >
      <div class="scroll">{panel !== null && <ShiftBody panel={panel} />}</div>
    </Frame>
  );
}

function ShiftBody({ panel }: { readonly panel: ShiftPanel }) {
  const t = words.value;
  return (
    <>
      {panel.open.length === 0 && (
        <div class="greeting">
          <h2>{t.shiftNone}</h2>
          <p>{t.shiftNoneHint}</p>
        </div>
      )}
      {panel.open.map((shift) => (
        <OpenShift key={shift.shift} shift={shift} unsentCount={panel.unsentCount} />
      ))}
      {panel.joinable.map(({ shift, drawer, terminal, clerk }) => (
        <Button
          key={shift}
          id={`join-${drawer}`}
          tone="quiet"
          icon="drawer"
          onTap={() => sendOnce({ type: "join_shift", shift })}
        >
          {t.joinShift(drawer, `${terminal} ${clerkName(clerk)}`.trim())}
        </Button>
      ))}
      {panel.closed.length > 0 && <h2 class="section">{t.closedShifts}</h2>}
      <ul class="rows">
        {panel.closed.map((closed) => (
          <ClosedShift key={closed.closing} closed={closed} />
        ))}
      </ul>
    </>
  );
}

function ShiftBar({ panel }: { readonly panel: ShiftPanel }) {
  const t = words.value;
  const [drawer] = panel.freeDrawers;
  const own = panel.open.filter(({ isOwn }) => isOwn);
  const [single] = own;
  if (single !== undefined && own.length === 1 && single.counted === null) {
    return (
      <>
        {drawer !== undefined && <OpenDrawers panel={panel} tone="secondary" />}
        <Button id="count" tone="primary" onTap={() => goTo({ room: "count", shift: single.shift })}>
          {t.countDrawer}
        </Button>
      </>
    );
  }
  if (drawer === undefined) return null;
  return <OpenDrawers panel={panel} tone={panel.open.length === 0 ? "primary" : "secondary"} />;
}

function OpenDrawers(props: { readonly panel: ShiftPanel; readonly tone: "primary" | "secondary" }) {
  const t = words.value;
  return props.panel.freeDrawers.map((drawer) => (
    <Button
      key={drawer}
      id={`open-${drawer}`}
      tone={props.tone}
      onTap={() => openSheet({ kind: "amount", ask: "float", drawer })}
    >
      {props.panel.freeDrawers.length === 1 ? t.shiftOpen : t.shiftOpenFor(drawer)}
    </Button>
  ));
}

function OpenShift({ shift, unsentCount }: { readonly shift: ShiftView; readonly unsentCount: number }) {
  const t = words.value;
  return (
    <section class="card" data-id={`shift-${shift.drawer}`}>
      <h2>
        {t.drawer(shift.drawer)}
        {shift.clerk !== "" && ` · ${clerkName(shift.clerk)}`}
      </h2>
      <p class="card-hint">
        {t.businessDate} {shift.businessDate} ·{" "}
        {t.openedAt(shift.openedText.replace(`${shift.businessDate} `, ""))}
      </p>
      {shift.isOwn && shift.counted !== null && (
        <CountedShift shift={shift} counted={shift.counted} unsentCount={unsentCount} />
      )}
      <dl class="figures">
        <Figure name={t.float} value={money(shift.floatMinor)} />
        <Figure name={t.sales} value={String(shift.saleCount)} />
        <Figure name={t.returns} value={String(shift.returnCount)} />
        <Figure name={t.noSales} value={String(shift.noSaleCount)} />
      </dl>
      <ShiftTools shift={shift} />
      {!shift.isOwn && <p class="card-hint">{t.shiftOther}</p>}
    </section>
  );
}

function ShiftTools({ shift }: { readonly shift: ShiftView }) {
  const t = words.value;
  const amount = (ask: "pay_in" | "pay_out" | "drop") => (): void =>
    openSheet({ kind: "amount", ask, drawer: shift.drawer });
  const printX = (): void => sendOnce({ type: "report_shift", shift: shift.shift });
  return (
    <div class="tools">
      <Tool id="x-report" icon="printer" label={t.reportX} onTap={printX} />
      {shift.isMine && (
        <>
          <Tool id="pay-in" icon="plus" label={t.payIn} onTap={amount("pay_in")} />
          <Tool id="pay-out-cash" icon="minus" label={t.payOutCash} onTap={amount("pay_out")} />
          <Tool id="drop" icon="shield" label={t.drop} onTap={amount("drop")} />
          <Tool
            id="no-sale"
            icon="drawer"
            label={t.noSale}
            onTap={() => openSheet({ kind: "reason", ask: "no_sale" })}
          />
        </>
      )}
      {shift.isOwn && (
        <Tool
          id="count-tool"
          icon="note"
          label={shift.counted === null ? t.countDrawer : t.countAgain}
          onTap={() => goTo({ room: "count", shift: shift.shift })}
        />
      )}
    </div>
  );
}

function Tool(props: {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly onTap: () => void;
}) {
  return (
    <button type="button" class="tool" data-id={props.id} disabled={!isSettled.value} onClick={props.onTap}>
      <Icon name={props.icon} size={22} />
      {props.label}
    </button>
  );
}

function CountedShift(props: {
  readonly shift: ShiftView;
  readonly counted: NonNullable<ShiftView["counted"]>;
  readonly unsentCount: number;
}) {
  const { shift, counted } = props;
  const t = words.value;
  const reason = useSignal("");
  const isEven = counted.differenceMinor === 0;
  return (
    <div class="counted">
      <dl class="figures" data-id="counted">
        <Figure name={t.counted} value={money(counted.countedMinor)} />
        <Figure name={t.expected} value={money(counted.expectedMinor)} />
        <Figure
          name={t.difference}
          value={isEven ? t.differenceNone : signedMoney(counted.differenceMinor)}
          isWarning={!isEven}
        />
      </dl>
      {!isEven && (
        <>
          <p class="field-label">{t.differenceWhy}</p>
          <Reasons
            list="difference"
            reason={reason.value}
            onReason={(text) => {
              reason.value = text;
            }}
          />
        </>
      )}
      {props.unsentCount > 0 && <p class="card-hint">{said("shift/unsent")}</p>}
      <Button
        id="close-shift"
        tone="primary"
        isDisabled={(!isEven && reason.value === "") || !isSettled.value}
        onTap={() => sendOnce({ type: "close_shift", shift: shift.shift, reason: reason.value })}
      >
        {t.closeShift}
      </Button>
    </div>
  );
}

// Too much in the drawer is told from too little by its sign alone.
function signedMoney(amountMinor: number): string {
  return amountMinor > 0 ? `+${money(amountMinor)}` : money(amountMinor);
}

function Figure(props: { readonly name: string; readonly value: string; readonly isWarning?: boolean }) {
  return (
    <div class="figure" data-warn={props.isWarning ?? false}>
      <dt>{props.name}</dt>
      <dd>{props.value}</dd>
    </div>
  );
}

function ClosedShift({ closed }: { readonly closed: ZView }) {
  const t = words.value;
  return (
    <li class="row">
      <span class="row-main">
        <span class="row-amount">{t.zNumber(closed.zNumber)}</span>
        <span class="row-detail">
          {t.drawer(closed.drawer)} · {closed.closedText}
        </span>
        {closed.differenceMinor !== 0 && (
          <span class="row-signs">
            <span class="badge badge-amber">
              <Icon name="warning" size={14} />
              {t.difference} {signedMoney(closed.differenceMinor)}
            </span>
          </span>
        )}
      </span>
      <button
        type="button"
        class="square"
        data-id={`print-z-${closed.zNumber}`}
        aria-label={t.printZ(closed.zNumber)}
        onClick={() => sendOnce({ type: "print_report", closing: closed.closing })}
      >
        <Icon name="printer" />
      </button>
    </li>
  );
}
