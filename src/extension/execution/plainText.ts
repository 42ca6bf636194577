import truncatedWidth from 'fast-string-truncated-width';
import { tellingColumnsFirst } from '../../protocol/failingRows.js';
import { formatPlace, type Problem } from '../../protocol/problem.js';
import type { CheckOutcome, FailingRows } from '../../protocol/quality.js';
import type { ResultBlock, ResultPayload, TableBlock } from '../../protocol/result.js';
import {
  describeBroken,
  describeChart,
  describeFailingRows,
  describeModel,
  describeShownRows,
  describeState,
  formatElapsed,
  formatValue,
  isNumericType,
  meaningOfLayer,
  warnedChecks,
} from '../../protocol/wording.js';

/** A payload as text: for screen readers, for copying, and wherever the renderer is missing. */
export function toPlainText(payload: ResultPayload): string {
  return payload.blocks.map(blockText).join('\n\n');
}

function blockText(block: ResultBlock): string {
  switch (block.kind) {
    case 'table':
      return tableText(block);
    case 'chart':
      return `A ${describeChart(block)}`;
    case 'model':
      return [
        `${block.model}: ${describeState(block)}`,
        meaningOfLayer(block.model),
        ...describeModel(block),
        ...warnedChecks(block).flatMap(warnedText),
        ...block.warnings.map(problemText),
      ].join('\n  ');
    case 'done':
      return `${block.statement}: done in ${formatElapsed(block.elapsedMs)}`;
    case 'problem':
      return problemText(block.problem);
  }
}

function problemText(problem: Problem): string {
  const place = problem.place === undefined ? '' : formatPlace(problem.place);
  const lines = [
    problem.message,
    problem.cause,
    place && `at ${place}`,
    problem.hint && `Try: ${problem.hint}`,
  ];
  return `${problem.severity} ${problem.code}: ${lines.filter(Boolean).join('\n  ')}`;
}

/** A check that only warns with the first rows that break it, as lines. */
function warnedText(check: CheckOutcome): readonly string[] {
  const { failing } = check;
  if (failing === undefined || failing.rows.length === 0) return [describeBroken(check)];
  const lines = [...gridLines(tellingColumnsFirst(check, failing)), describeFailingRows(check, failing)];
  return [describeBroken(check), ...lines.map((line) => `  ${line}`)];
}

function tableText(table: TableBlock): string {
  return [...gridLines(table), `${describeShownRows(table)} · ${formatElapsed(table.elapsedMs)}`].join('\n');
}

function gridLines(table: FailingRows): readonly string[] {
  const columns = table.columns.map(({ name, type }, index) =>
    alignColumn(
      [name, type, ...table.rows.map((row) => oneLine(formatValue(row[index] ?? null)))],
      isNumericType(type),
    ),
  );
  return Array.from({ length: table.rows.length + 2 }, (_, line) =>
    columns
      .map((column) => column[line])
      .join('  ')
      .trimEnd(),
  );
}

function alignColumn(texts: readonly string[], atEnd: boolean): readonly string[] {
  const widths = texts.map((text) => truncatedWidth(text).width);
  const width = Math.max(...widths);
  return texts.map((text, index) => {
    const padding = ' '.repeat(width - (widths[index] ?? 0));
    return atEnd ? padding + text : text + padding;
  });
}

function oneLine(text: string): string {
  return text.replaceAll('\n', '\\n').replaceAll('\r', '\\r').replaceAll('\t', '\\t');
}
