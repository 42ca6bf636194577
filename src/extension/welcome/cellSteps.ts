import { isResultPayload } from '../../protocol/result.js';
import type { Step } from './steps.js';

/** A cell that has run to its end without a fault. */
export interface RanCell {
  readonly text: string;
  /** What the cell's marker line says beside its kind. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** What it shows, as it came from the kernel. */
  readonly payload: unknown;
}

/** The steps that a cell's run is: a look at raw files, a question to gold, a chart. Models are seen by what they publish. */
export function cellSteps({ text, metadata, payload }: RanCell): readonly Step[] {
  if (!isResultPayload(payload)) return [];
  const isQuery =
    payload.blocks.some(({ kind }) => kind === 'table') &&
    payload.blocks.every(({ kind }) => kind !== 'model');
  if (!isQuery) return [];
  const steps: Step[] = [];
  if (/\blanding\s*\(/i.test(text)) steps.push('raw');
  if (/\bgold\s*\./i.test(text)) steps.push('query');
  if (metadata.chart !== undefined) steps.push('chart');
  return steps;
}
