/**
 * Is everything safe? One tap on the strip away from anywhere: what is stored, what headquarters lacks
 * and for how long, the printer, the storage, the clock, and whether this device may be swapped.
 */
import type { HealthPanel } from "../../panels.ts";
import type { StatusView } from "../../wire.ts";
import { closeReaderDay, openSheet, send } from "../actions.ts";
import { Icon } from "../parts/icons.tsx";
import type { IconName } from "../parts/icons.tsx";
import { Sheet } from "../parts/sheet.tsx";
import { cards, clerk, clerkName, healthPanel, said, status, words } from "../store.ts";

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3600;

/** The health of the terminal. */
export function HealthSheet() {
  const t = words.value;
  const now = status.value;
  const panel = healthPanel.value;
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
      {now.isTraining && <Row icon="training" name={t.training} sentence={said("training/on")} isWarning />}
      <Row icon="up" name={t.healthRecords} sentence={recordsText(now, panel)} />
      <Row
        icon={now.link === "up" ? "link" : "unlink"}
        name={t.healthLink}
        sentence={now.link === "down" ? said("link/down") : t[`healthLink_${now.link}`]}
        isWarning={now.link === "down"}
      />
      {panel !== null && (
        <Row
          icon="shield"
          name={t.healthSwap}
          sentence={swapText(now, panel)}
          isWarning={!panel.isSafeToSwap}
        />
      )}
      <PrinterRow now={now} panel={panel} />
      <ReaderRows />
      <Row
        icon="disk"
        name={t.healthDisk}
        sentence={now.disk === "ok" ? t.healthDisk_ok : said(`disk/${now.disk}`)}
        isWarning={now.disk !== "ok"}
      />
      <Row
        icon="clock"
        name={t.healthClock}
        sentence={now.clockFlag === "none" ? t.healthClockOk : said(`clock/${now.clockFlag}`)}
        isWarning={now.clockFlag !== "none"}
      />
      {panel !== null && <HealthTools now={now} panel={panel} />}
      {panel !== null && (
        <Row icon="settings" name={t.healthTerminal} sentence={`${panel.terminal} · ${panel.version}`} />
      )}
    </Sheet>
  );
}

function PrinterRow({ now, panel }: { readonly now: StatusView; readonly panel: HealthPanel | null }) {
  const t = words.value;
  const { printer } = now;
  const isFine = printer === "none" || printer === "unknown" || printer === "ready";
  const isLow = now.isPaperLow && printer === "ready";
  const sentence = isLow
    ? said("printer/paper_low")
    : isFine
      ? t[`healthPrinter_${printer}`]
      : said(`printer/${printer}`);
  const name =
    panel !== null && panel.printerName !== "" ? `${t.healthPrinter} ${panel.printerName}` : t.healthPrinter;
  return <Row icon="printer" name={name} sentence={sentence} isWarning={!isFine || isLow} />;
}

function ReaderRows() {
  const t = words.value;
  return (
    <>
      {cards.value.readers.map((reader) => (
        <div key={reader.name}>
          <Row
            icon="card"
            name={`${t.healthReader} ${reader.name} ${reader.model} ${reader.serial}`.trim()}
            sentence={reader.sentence === "" ? t[`readerLink_${reader.link}`] : reader.sentence}
            isWarning={reader.link === "down" || reader.link === "needs_attention"}
          />
          {clerk.value !== "" && reader.serial !== "" && (
            <div class="health-tools">
              <button
                type="button"
                class="button quiet"
                data-id={`close-day-${reader.name}`}
                onClick={() => closeReaderDay(reader.name)}
              >
                {t.readerDay}
              </button>
            </div>
          )}
          <LastDay reader={reader.name} />
        </div>
      ))}
    </>
  );
}

/** The newest end of day of a reader: what did not agree stays in sight until the next one. */
function LastDay({ reader }: { readonly reader: string }) {
  const t = words.value;
  const day = healthPanel.value?.readerDays.find((its) => its.reader === reader);
  if (day === undefined) return null;
  return (
    <>
      <Row
        icon="shield"
        name={t.readerDayLast(day.closedText)}
        sentence={day.cases.length === 0 ? t.readerDayAgrees : t.readerDayDiffers}
        isWarning={day.cases.length > 0}
      />
      <div class="health-tools">
        <button
          type="button"
          class="button quiet"
          data-id={`reader-day-${reader}`}
          onClick={() => openSheet({ kind: "reader_day", reader })}
        >
          {t.readerDayShow(day.cases.length)}
        </button>
      </div>
    </>
  );
}

function HealthTools({ now, panel }: { readonly now: StatusView; readonly panel: HealthPanel }) {
  const t = words.value;
  if (clerk.value === "") return null;
  return (
    <div class="health-tools">
      {now.clockFlag !== "none" && (
        <button
          type="button"
          class="button quiet"
          data-id="trust-clock"
          onClick={() => send({ type: "trust_clock" })}
        >
          {t.trustClock}
        </button>
      )}
      {panel.lockedClerks.map((locked) => (
        <button
          key={locked}
          type="button"
          class="button quiet"
          data-id={`unlock-${locked}`}
          onClick={() => send({ type: "unlock_clerk", clerk: locked })}
        >
          <Icon name="lock" size={20} />
          {t.unlock(clerkName(locked))}
        </button>
      ))}
    </div>
  );
}

function recordsText(now: StatusView, panel: HealthPanel | null): string {
  const t = words.value;
  const sentence = t.healthUnsent(now.unsentCount, now.unsentSalesCount);
  const oldestSeconds = panel?.oldestUnsentSeconds ?? null;
  return oldestSeconds === null ? sentence : `${sentence} ${t.healthOldest(ageText(oldestSeconds))}`;
}

function ageText(seconds: number): string {
  const t = words.value;
  if (seconds < MINUTE_SECONDS) return t.seconds(seconds);
  if (seconds < HOUR_SECONDS) return t.minutes(Math.floor(seconds / MINUTE_SECONDS));
  return t.hours(Math.floor(seconds / HOUR_SECONDS));
}

function swapText(now: StatusView, panel: HealthPanel): string {
  const t = words.value;
  if (panel.isSafeToSwap) return t.healthSwapYes;
  return now.link === "none" ? t.healthSwapAlone : t.healthSwapNo(panel.unsentCount);
}

function Row(props: {
  readonly icon: IconName;
  readonly name: string;
  readonly sentence: string;
  readonly isWarning?: boolean;
}) {
  return (
    <div class="health-row" data-warn={props.isWarning ?? false}>
      <Icon name={props.isWarning === true ? "warning" : props.icon} />
      <p class="health-name">{props.name}</p>
      <p class="health-says">{props.sentence}</p>
    </div>
  );
}
