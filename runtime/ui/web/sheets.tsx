/**
 * The smaller sheets: the menu, the health of the terminal, search, and what has to be said.
 * A message says what happened, what is safe and what to do; its code stands small below.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

import { findItems } from "../find-items.ts";
import { openSheet, reprint, showOrders, signOff, switchLanguage } from "./actions.ts";
import { CartSheet, NoteSheet } from "./cart.tsx";
import { Icon } from "./icons.tsx";
import type { IconName } from "./icons.tsx";
import { Sheet } from "./sheet.tsx";
import { clerk, last, sheet, status, welcome, words } from "./store.ts";
import { Tiles } from "./tiles.tsx";

/** The sheet that is open, if any. */
export function OpenSheet() {
  const open = sheet.value;
  switch (open?.kind) {
    case undefined:
      return null;
    case "cart":
      return <CartSheet />;
    case "note":
      return <NoteSheet lineId={open.line} />;
    case "menu":
      return <MenuSheet />;
    case "health":
      return <HealthSheet />;
    case "search":
      return <SearchSheet />;
    case "message":
      return <MessageSheet title={open.title} sentence={open.sentence} code={open.code} />;
    case "print":
      return <PrintSheet sentence={open.sentence} code={open.code} />;
  }
}

function MenuSheet() {
  const t = words.value;
  const isSignedOn = clerk.value !== "";
  return (
    <Sheet name="menu" title={t.more}>
      <MenuRow icon="language" id="language" label={t.otherLanguage} onTap={switchLanguage} />
      {isSignedOn && (
        <MenuRow icon="orders" id="menu-orders" label={t.todaysOrders} onTap={() => showOrders(true)} />
      )}
      <MenuRow icon="shield" id="menu-health" label={t.health} onTap={() => openSheet({ kind: "health" })} />
      {isSignedOn && <MenuRow icon="person" id="switch-clerk" label={t.switchClerk} onTap={signOff} />}
    </Sheet>
  );
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

function HealthSheet() {
  const t = words.value;
  const now = status.value;
  if (now === null) return null;
  return (
    <Sheet name="health" title={t.health}>
      <div class="health-light" data-light={now.light}>
        <span class="light-dot" />
        <div>
          <p class="health-head">{t[`light_${now.light}`]}</p>
          <p>{t[`healthLight_${now.light}`]}</p>
        </div>
      </div>
      <dl class="health">
        <HealthRow
          icon="up"
          name={t.healthRecords}
          sentence={t.healthUnsent(now.unsentCount, now.unsentSalesCount)}
        />
        <HealthRow
          icon={now.link === "up" ? "link" : "unlink"}
          name={t.healthLink}
          sentence={t[`healthLink_${now.link}`]}
        />
        <HealthRow icon="printer" name={t.healthPrinter} sentence={t[`healthPrinter_${now.printer}`]} />
        <HealthRow icon="disk" name={t.healthDisk} sentence={t[`healthDisk_${now.disk}`]} />
      </dl>
    </Sheet>
  );
}

function HealthRow(props: { readonly icon: IconName; readonly name: string; readonly sentence: string }) {
  return (
    <div class="health-row">
      <Icon name={props.icon} />
      <dt>{props.name}</dt>
      <dd>{props.sentence}</dd>
    </div>
  );
}

function SearchSheet() {
  const t = words.value;
  const query = useSignal("");
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const found = findItems(welcome.value?.items ?? [], query.value);
  return (
    <Sheet name="search" title={t.search}>
      <input
        ref={input}
        class="text-entry"
        data-id="query"
        type="search"
        autocomplete="off"
        placeholder={t.searchPlaceholder}
        aria-label={t.search}
        onInput={(event) => {
          query.value = event.currentTarget.value;
        }}
      />
      <div class="scroll found">
        {found.length > 0 ? (
          <Tiles items={found} />
        ) : (
          <p class="hint">{query.value.trim() === "" ? t.searchBegin : t.searchNothing}</p>
        )}
      </div>
    </Sheet>
  );
}

function MessageSheet(props: { readonly title: string; readonly sentence: string; readonly code: string }) {
  const foot = (
    <button type="button" class="button primary" data-id="understood" onClick={() => openSheet(null)}>
      {words.value.understood}
    </button>
  );
  return (
    <Sheet name="message" title={props.title} foot={foot} isUrgent>
      <Said sentence={props.sentence} code={props.code} />
    </Sheet>
  );
}

function PrintSheet(props: { readonly sentence: string; readonly code: string }) {
  const sale = last.value;
  const t = words.value;
  if (sale === null) return null;
  const foot = (
    <button type="button" class="button primary" data-id="sheet-reprint" onClick={() => reprint(sale.order)}>
      <Icon name="printer" size={22} />
      {t.reprint}
    </button>
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
