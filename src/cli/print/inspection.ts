import type { Decision, FileInspection, Finding, SuspectRecords } from '../../protocol/inspection.js';
import { describeSuspect, describeSuspects, describeVerdict } from '../../protocol/inspectionWording.js';
import { formatCount } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { layOutGrid } from './grid.js';
import { formatInspectedColumns } from './inspectedColumns.js';
import { formatInspectedFile } from './inspectedFile.js';
import { visibleText } from './visibleText.js';
import { wrapText } from './wrap.js';

/** Everything that was found in a file, for a person to read from top to bottom. */
export function formatInspection(inspection: FileInspection, style: Style): string {
  const { columns, findings, suspects, contract, decisions } = inspection;
  const sections = [
    formatInspectedFile(inspection, style),
    findings.map((finding) => formatFinding(finding, style)).join('\n'),
    columns.length === 0 ? '' : formatInspectedColumns(columns, style),
    suspects.count === 0 ? '' : section('Suspect lines', formatSuspects(suspects, style), style),
    contractSection(inspection, style),
    contract.proposed === undefined
      ? ''
      : section('The contract that landing() would write', contract.proposed.trimEnd(), style),
    decisions.length === 0 ? '' : section('To be decided', formatDecisions(decisions, style), style),
    formatVerdict(inspection, style),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(title: string, text: string, { colours }: Style): string {
  return `${colours.bold(title)}\n${text}`;
}

function formatFinding({ effect, message, hint }: Finding, style: Style): string {
  const { colours, symbols, width } = style;
  const mark = effect === 'look' ? colours.yellow(symbols.warning) : colours.red(symbols.failed);
  const indent = ' '.repeat((effect === 'look' ? symbols.warning : symbols.failed).length + 1);
  const room = width === undefined ? undefined : width - indent.length;
  const lines = [`${mark} ${wrapText(visibleText(message, symbols), room, indent)}`];
  if (hint !== undefined)
    lines.push(
      `${indent}${colours.green('try:')} ${wrapText(visibleText(hint, symbols), room && room - 5, `${indent}     `)}`,
    );
  return lines.join('\n');
}

function formatSuspects(suspects: SuspectRecords, style: Style): string {
  const { symbols, colours } = style;
  const grid = layOutGrid(
    [
      { title: 'line', align: 'right' },
      { title: 'byte', align: 'right' },
      { title: 'reason' },
      { title: 'text' },
    ],
    suspects.first.map((record) => [
      formatCount(record.line),
      formatCount(record.byte),
      describeSuspect(record),
      visibleText(record.text, symbols),
    ]),
    style,
  );
  return [grid.text, colours.dim(wrapText(describeSuspects(suspects), style.width))].join('\n');
}

function contractSection({ contract: { path, differences } }: FileInspection, style: Style): string {
  if (path === undefined) return '';
  const text =
    differences.length === 0
      ? 'Nothing differs from it.'
      : differences.map((finding) => formatFinding(finding, style)).join('\n');
  return section(`Against ${visibleText(path, style.symbols)}`, text, style);
}

function formatDecisions(decisions: readonly Decision[], style: Style): string {
  const { symbols, colours, width } = style;
  return decisions
    .map(({ column, question, choices }) => {
      const about = column === undefined ? '' : `${visibleText(column, symbols)}: `;
      const asked = wrapText(`${about}${visibleText(question, symbols)}`, width);
      const offered = choices.map(
        (choice) =>
          `  ${colours.dim('-')} ${wrapText(visibleText(choice, symbols), width && width - 4, '    ')}`,
      );
      return [asked, ...offered].join('\n');
    })
    .join('\n');
}

function formatVerdict(inspection: FileInspection, { colours, symbols }: Style): string {
  const verdict = describeVerdict(inspection);
  return inspection.readsWell
    ? colours.green(`${symbols.done} ${verdict}`)
    : colours.red(`${symbols.failed} ${verdict}`);
}
