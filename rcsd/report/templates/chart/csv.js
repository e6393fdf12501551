// A table as comma-separated values, for charts and for the live model. Spreadsheets know UTF-8 by the mark in front.

const CSV_MARK = "\ufeff";

function asCsv({ columns, rows }) {
  // A text that a spreadsheet would take for a formula gets an apostrophe.
  const safe = (value) => (typeof value === "string" && /^[=+@\t\r-]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value));
  const cell = (value) => (/[",\n\r]/.test(safe(value)) ? `"${safe(value).replaceAll('"', '""')}"` : safe(value));
  return [columns, ...rows].map((row) => row.map(cell).join(",")).join("\r\n") + "\r\n";
}
