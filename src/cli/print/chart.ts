import type { Json } from '../../protocol/json.js';
import type { ResultColumn } from '../../protocol/result.js';
import type { Style } from '../style.js';
import { isNumeric, valueText } from './resultValue.js';
import { visibleText } from './visibleText.js';
import { cut, displayWidth, pad } from './width.js';

export interface ChartBar {
  readonly label: string;
  /** Absent for NULL. */
  readonly value: number | undefined;
  /** The value as the engine prints it. */
  readonly text: string;
}

const widestLabel = 28;
const defaultWidth = 80;
const narrowestBar = 10;

/**
 * Which columns a bar chart shows: those named, else the first numeric column against the first other
 * one. A position is undefined where there is no such column.
 */
export function chartColumns(
  columns: readonly ResultColumn[],
  names: { readonly x?: string; readonly y?: string },
): { readonly x: number | undefined; readonly y: number | undefined } {
  const find = (test: (column: ResultColumn, at: number) => boolean) => {
    const at = columns.findIndex(test);
    return at === -1 ? undefined : at;
  };
  const named = (name: string) => find((column) => column.name.toLowerCase() === name.toLowerCase());
  const y =
    names.y === undefined
      ? find((column) => isNumeric(column) && column.name.toLowerCase() !== names.x?.toLowerCase())
      : named(names.y);
  if (names.x !== undefined) return { x: named(names.x), y };
  return { x: find((column) => !isNumeric(column)) ?? find((_, at) => at !== y), y };
}

/** The bars of a result: one a row. */
export function chartBars(rows: readonly (readonly Json[])[], x: number, y: number): readonly ChartBar[] {
  return rows.map((row) => {
    const label = row[x] ?? null;
    const value = row[y] ?? null;
    return {
      label: label === null ? 'NULL' : valueText(label),
      value: value === null ? undefined : Number(value),
      text: value === null ? 'NULL' : valueText(value),
    };
  });
}

/** Horizontal bars from a common zero, with their labels and values. */
export function formatChart(bars: readonly ChartBar[], style: Style): string {
  const { symbols } = style;
  const labels = bars.map((bar) => cut(visibleText(bar.label, symbols), widestLabel, symbols.ellipsis));
  const labelWidth = Math.max(0, ...labels.map(displayWidth));
  const valueWidth = Math.max(0, ...bars.map((bar) => displayWidth(bar.text)));
  const room = Math.max(narrowestBar, (style.width ?? defaultWidth) - labelWidth - valueWidth - 4);
  const values = bars.flatMap(({ value }) => (value !== undefined && Number.isFinite(value) ? [value] : []));
  const scale = { low: Math.min(0, ...values), high: Math.max(0, ...values), room };
  const lines = bars.map((bar, at) => {
    const drawn = style.colours.cyan(drawBar(bar.value, scale, style));
    return `${pad(labels[at] ?? '', labelWidth)}  ${pad(drawn, room)}  ${pad(bar.text, valueWidth, 'right')}`;
  });
  return lines.join('\n');
}

interface Scale {
  readonly low: number;
  readonly high: number;
  /** Columns for the whole scale. */
  readonly room: number;
}

function drawBar(value: number | undefined, { low, high, room }: Scale, { symbols }: Style): string {
  if (value === undefined || !Number.isFinite(value) || high === low) return '';
  const perCell = (high - low) / room;
  const zero = Math.round(-low / perCell);
  const length = Math.abs(value) / perCell;
  // The thin ends of a bar exist for its right side only.
  if (value < 0) {
    const cells = Math.min(zero, Math.round(length));
    return ' '.repeat(zero - cells) + symbols.bar.repeat(cells);
  }
  const whole = Math.min(room - zero, Math.floor(length));
  const end = symbols.barEnds[Math.floor((length - whole) * (symbols.barEnds.length + 1)) - 1] ?? '';
  const fits = zero + whole < room;
  return ' '.repeat(zero) + symbols.bar.repeat(whole) + (fits ? end : '');
}
