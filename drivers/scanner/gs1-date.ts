/**
 * Dates and times of GS1 element strings: whether they can be. No clock and no calendar object; whether
 * a date has passed is the trade's question, not the reader's.
 */

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** YYMMDD or YYYYMMDD that exists; `mayOmitDay`: 00 stands for the last day of the month. */
export function isGs1Date(digits: string, mayOmitDay: boolean): boolean {
  if (!/^([0-9]{2})?[0-9]{6}$/.test(digits)) return false;
  const year = Number(digits.slice(0, -4));
  const month = Number(digits.slice(-4, -2));
  const day = Number(digits.slice(-2));
  const dayCount = DAYS[month - 1];
  if (dayCount === undefined) return false;
  if (day === 0) return mayOmitDay;
  return day <= (month === 2 && isLeap(year, digits.length) ? 29 : dayCount);
}

/** Two digits of a year mean 1951 to 2050 (section 7.12), and each fourth of these has the day. */
function isLeap(year: number, digitCount: number): boolean {
  if (digitCount === 6) return year % 4 === 0;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** Hours and minutes, or one part of a time. */
export function isGs1Time(digits: string, part: "hhmi" | "hh" | "mi" | "ss"): boolean {
  if (!/^([0-9]{2}){1,2}$/.test(digits)) return false;
  if (part === "hhmi") return isGs1Time(digits.slice(0, 2), "hh") && isGs1Time(digits.slice(2), "mi");
  return digits.length === 2 && Number(digits) < (part === "hh" ? 24 : 60);
}
