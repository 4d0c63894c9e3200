import type { DateFormatConfig, NumberFormatConfig } from "@perspective-dev/viewer";
import type { ColumnType } from "./columns";

// How Perspective writes the columns' values, until the user chooses otherwise: times in UTC and to the millisecond,
// as the rest of the page has them, and no digit of a price cut off.

const time: DateFormatConfig = {
  format: "custom",
  timeZone: "UTC",
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  fractionalSecondDigits: 3,
  hour12: false,
};
const fraction: Partial<NumberFormatConfig> = { minimumFractionDigits: 2, maximumFractionDigits: 8 };
const whole: Partial<NumberFormatConfig> = { minimumFractionDigits: 0, maximumFractionDigits: 0 };

export interface ShownType {
  type: ColumnType;
  /** A float column that holds integers. */
  whole: boolean;
}

type Format = { date_format: DateFormatConfig } | { number_format: Partial<NumberFormatConfig> };

export function formatsOf(columns: ReadonlyMap<string, ShownType>): Record<string, Format> {
  const formats: Record<string, Format> = {};
  for (const [name, shown] of columns) {
    const format = formatOf(shown);
    if (format) {
      formats[name] = format;
    }
  }
  return formats;
}

function formatOf({ type, whole: isWhole }: ShownType): Format | null {
  switch (type) {
    case "datetime":
      return { date_format: time };
    case "date":
      return { date_format: { dateStyle: "medium" } };
    case "float":
      return { number_format: isWhole ? whole : fraction };
    default:
      return null;
  }
}
