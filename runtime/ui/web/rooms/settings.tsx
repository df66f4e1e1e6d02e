/**
 * How this screen is held, read and lit, and the printer beside it: what belongs to this device. All
 * else is set at headquarters.
 */
import { useSignal } from "@preact/signals";

import type { PairedPrinter, SettingsPanel } from "../../panels.ts";
import { LANGUAGES } from "../../wire.ts";
import { goTo, pairPrinter, speak, testPrint } from "../actions.ts";
import { en } from "../i18n/en.ts";
import { zh } from "../i18n/zh.ts";
import { Choices } from "../parts/choices.tsx";
import { BackHeader, Button, Frame } from "../parts/frame.tsx";
import { Icon } from "../parts/icons.tsx";
import { BRIGHTNESS_STEPS_PERCENT, brightnessPercent, hand } from "../prefs.ts";
import { isSettled, language, settingsPanel, words } from "../store.ts";

const LANGUAGE_NAMES = { en: en.languageName, zh: zh.languageName } as const;
const BAUD_RATES = ["9600", "19200", "38400", "115200"] as const;
const TCP_PORT = "9100";
const PORT_MAX = 65_535;

/** The settings of this device. */
export function SettingsRoom() {
  const t = words.value;
  const panel = settingsPanel.value;
  return (
    <Frame name="settings" header={<BackHeader title={t.settings} onBack={() => goTo({ room: "sale" })} />}>
      <div class="scroll">
        <h2 class="section">{t.language}</h2>
        <Choices
          name="language"
          label={t.language}
          choices={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
          chosen={language.value}
          onChoose={speak}
        />
        <h2 class="section">{t.hand}</h2>
        <Choices
          name="hand"
          label={t.hand}
          choices={[
            { id: "left", label: t.hand_left },
            { id: "right", label: t.hand_right },
          ]}
          chosen={hand.value}
          onChoose={(id) => {
            hand.value = id;
          }}
        />
        <h2 class="section">{t.brightness}</h2>
        <Brightness />
        <h2 class="section">{t.printer}</h2>
        {panel !== null && <Printer key={JSON.stringify(panel.printer)} panel={panel} />}
      </div>
    </Frame>
  );
}

function Brightness() {
  const t = words.value;
  const at = BRIGHTNESS_STEPS_PERCENT.findIndex((step) => step === brightnessPercent.value);
  const step = (by: number): void => {
    brightnessPercent.value = BRIGHTNESS_STEPS_PERCENT[at + by] ?? brightnessPercent.value;
  };
  return (
    <div class="brightness">
      <button
        type="button"
        class="square"
        data-id="darker"
        aria-label={t.darker}
        disabled={at === 0}
        onClick={() => step(-1)}
      >
        <Icon name="minus" />
      </button>
      <span class="line-quantity" aria-live="polite">
        {brightnessPercent.value} %
      </span>
      <button
        type="button"
        class="square"
        data-id="brighter"
        aria-label={t.brighter}
        disabled={at === BRIGHTNESS_STEPS_PERCENT.length - 1}
        onClick={() => step(1)}
      >
        <Icon name="plus" />
      </button>
    </div>
  );
}

interface Entry {
  readonly kind: "tcp" | "serial";
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly baud: string;
  readonly model: string;
}

function entryOf({ printer, models, serialPaths }: SettingsPanel): Entry {
  const address = printer?.address;
  return {
    kind: address?.kind ?? "tcp",
    host: address?.kind === "tcp" ? address.host : "",
    port: address?.kind === "tcp" ? String(address.port) : TCP_PORT,
    path: address?.kind === "serial" ? address.path : (serialPaths[0] ?? ""),
    baud: address?.kind === "serial" ? String(address.baudRate) : "9600",
    model: printer?.model ?? models[0] ?? "",
  };
}

/** What was entered as a printer, null while it cannot be one. */
function printerOf(entry: Entry): PairedPrinter | null {
  if (entry.model === "") return null;
  if (entry.kind === "serial") {
    const { path, baud } = entry;
    if (path === "") return null;
    return { address: { kind: "serial", path, baudRate: Number(baud) }, model: entry.model };
  }
  const port = Number(entry.port);
  const isPort = Number.isSafeInteger(port) && port > 0 && port <= PORT_MAX;
  const host = entry.host.trim();
  return isPort && host !== "" ? { address: { kind: "tcp", host, port }, model: entry.model } : null;
}

function Printer({ panel }: { readonly panel: SettingsPanel }) {
  const t = words.value;
  const entry = useSignal(entryOf(panel));
  const change = (part: Partial<Entry>): void => {
    entry.value = { ...entry.value, ...part };
  };
  const printer = printerOf(entry.value);
  return (
    <div class="printer-form">
      <p class="card-hint">{panel.printer === null ? t.printerNone : pairedText(panel.printer)}</p>
      <Choices
        name="printer-kind"
        label={t.printer}
        choices={[
          { id: "tcp", label: t.printerTcp },
          { id: "serial", label: t.printerSerial },
        ]}
        chosen={entry.value.kind}
        onChoose={(kind) => change({ kind })}
      />
      {entry.value.kind === "tcp" ? (
        <TcpFields entry={entry.value} onChange={change} />
      ) : (
        <SerialFields entry={entry.value} paths={panel.serialPaths} onChange={change} />
      )}
      <p class="field-label">{t.printerModel}</p>
      <Choices
        name="model"
        label={t.printerModel}
        choices={panel.models.map((id) => ({ id, label: id }))}
        chosen={entry.value.model}
        onChoose={(model) => change({ model })}
      />
      <div class="form-buttons">
        <Button
          id="printer-test"
          tone="secondary"
          isDisabled={panel.printer === null || !isSettled.value}
          onTap={testPrint}
        >
          {t.printerTest}
        </Button>
        <Button
          id="printer-save"
          tone="primary"
          isDisabled={printer === null || !isSettled.value}
          onTap={() => printer !== null && pairPrinter(printer)}
        >
          {t.printerSave}
        </Button>
      </div>
    </div>
  );
}

function pairedText({ address, model }: PairedPrinter): string {
  const place =
    address.kind === "tcp" ? `${address.host}:${address.port}` : `${address.path} ${address.baudRate}`;
  return words.value.printerPaired(place, model);
}

interface FieldsProps {
  readonly entry: Entry;
  readonly onChange: (part: Partial<Entry>) => void;
}

function TcpFields({ entry, onChange }: FieldsProps) {
  const t = words.value;
  return (
    <div class="fields">
      <label class="field">
        <span class="field-label">{t.printerHost}</span>
        <input
          class="text-entry"
          data-id="printer-host"
          type="text"
          inputMode="decimal"
          autocomplete="off"
          placeholder="192.168.1.80"
          value={entry.host}
          onInput={(event) => onChange({ host: event.currentTarget.value })}
        />
      </label>
      <label class="field field-short">
        <span class="field-label">{t.printerPort}</span>
        <input
          class="text-entry"
          data-id="printer-port"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          value={entry.port}
          onInput={(event) => onChange({ port: event.currentTarget.value })}
        />
      </label>
    </div>
  );
}

function SerialFields({ entry, onChange, paths }: FieldsProps & { readonly paths: readonly string[] }) {
  const t = words.value;
  if (paths.length === 0) return <p class="hint">{t.noSerial}</p>;
  return (
    <>
      <p class="field-label">{t.printerPath}</p>
      <Choices
        name="path"
        label={t.printerPath}
        choices={paths.map((id) => ({ id, label: id.replace(/^.*\//, "") }))}
        chosen={entry.path}
        onChoose={(path) => onChange({ path })}
      />
      <p class="field-label">{t.printerBaud}</p>
      <Choices
        name="baud"
        label={t.printerBaud}
        choices={BAUD_RATES.map((id) => ({ id, label: id }))}
        chosen={entry.baud}
        onChoose={(baud) => onChange({ baud })}
      />
    </>
  );
}
