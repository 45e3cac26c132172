/** What one part of the bench measured: several values of one thing, in the order in which they came. */
export interface Measure {
  name: string;
  values: number[];
  /** What stands behind each number: "s", "ms", "x" for ratios; nothing for scores. */
  unit: "s" | "ms" | "x" | "";
  /** The median must be at least this. Without it, the measure is for information. */
  atLeast?: number;
  /** The median must be at most this. */
  atMost?: number;
}

/** A part of the bench. It prints nothing but progress; `main.ts` prints what it gives. */
export type Part = (log: (line: string) => void) => Promise<Measure[]>;

/** The middle value, or the mean of the two in the middle. @throws Error for an empty list. */
export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  if (low === undefined || high === undefined) throw new Error("there is no median of nothing");
  return (low + high) / 2;
}

/** Whether the median keeps the measure's limits. A measure without limits does. */
export function keepsLimits({ values, atLeast = -Infinity, atMost = Infinity }: Measure): boolean {
  return median(values) >= atLeast && median(values) <= atMost;
}

/** The measures as a table: one a line, with least, median and greatest value, and whether the goal is met. */
export function printTable(measures: Measure[]): string {
  const header = ["", "min", "median", "max", "runs", "goal"];
  const rows = measures.map((measure) => {
    const { name, values, unit, atLeast, atMost } = measure;
    const print = (value: number) =>
      `${Number.isInteger(value) ? value : value.toFixed(unit === "ms" || unit === "x" ? 2 : 1)} ${unit}`.trim();
    const limits = [
      atLeast === undefined ? "" : `>= ${print(atLeast)}`,
      atMost === undefined ? "" : `<= ${print(atMost)}`,
    ];
    const goal = limits.filter((limit) => limit !== "").join(", ");
    const verdict = goal === "" ? "" : `${goal}: ${keepsLimits(measure) ? "met" : "NOT MET"}`;
    const figures = [Math.min(...values), median(values), Math.max(...values)].map(print);
    return [name, ...figures, String(values.length), verdict];
  });
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((cell, column) =>
      column === 0 || column === 5 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
  return [header, ...rows].map((row) => line(row).join("  ").trimEnd()).join("\n");
}
