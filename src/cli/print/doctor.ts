import type { DoctorReport, Finding } from '../../protocol/doctor.js';
import { formatPlace, type Place } from '../../protocol/problem.js';
import { formatBytes, formatQuantity } from '../../protocol/wording.js';
import type { Style } from '../style.js';
import { visibleText } from './visibleText.js';

const shownFaults = 20;

/** What was repaired, what is wrong, what it means and what to do; at the end one line that sums it up. */
export function formatDoctor(report: DoctorReport, style: Style): string {
  const { findings, repaired = [], setAside } = report;
  const faults = findings.filter(({ weight }) => weight === 'fault');
  const notes = findings.filter(({ weight }) => weight === 'note');
  const wouldRepair = report.repaired === undefined;
  const sections = [
    ...repaired.map((finding) => formatRepaired(finding, style)),
    ...setAside.map(({ from, to }) => shown(`  ${from} is now ${to}`, style)),
    ...faults.slice(0, shownFaults).map((finding) => formatFault(finding, wouldRepair, style)),
    ...(faults.length > shownFaults
      ? [`${style.symbols.ellipsis} and ${faults.length - shownFaults} more; --json has all of them.`]
      : []),
    ...notes.map((finding) => formatNote(finding, style)),
    summary(report, faults, style),
  ];
  return sections.join('\n');
}

function formatRepaired({ message, repair = '' }: Finding, style: Style): string {
  const { colours, symbols } = style;
  return `${colours.green(symbols.done)} ${shown(message, style)}\n  repaired: ${shown(repair, style)}`;
}

function formatFault(finding: Finding, wouldRepair: boolean, style: Style): string {
  const { colours, symbols } = style;
  const { message, meaning, repair, hint, place } = finding;
  return [
    `${colours.red(symbols.failed)} ${shown(message, style)}`,
    ...(place === undefined || says(message, place)
      ? []
      : [`  ${colours.dim(shown(formatPlace(place), style))}`]),
    `  ${shown(meaning, style)}`,
    ...(repair === undefined || !wouldRepair ? [] : [`  doctor --repair: ${shown(repair, style)}`]),
    ...(hint === undefined ? [] : [`  ${shown(hint, style)}`]),
    '',
  ].join('\n');
}

/** A place that the message names already is not said twice. */
function says(message: string, { file, line }: Place): boolean {
  return line === undefined && file !== undefined && message.includes(file);
}

function formatNote({ message, meaning }: Finding, style: Style): string {
  const { colours, symbols } = style;
  return `${colours.dim(symbols.skipped)} ${shown(message, style)} ${shown(meaning, style)}`;
}

function summary(
  { read, generation, repaired }: DoctorReport,
  faults: readonly Finding[],
  style: Style,
): string {
  const { colours, symbols } = style;
  const looked =
    read.files === 0
      ? ''
      : ` Every byte of ${formatQuantity(read.files, 'file')} was read (${formatBytes(read.bytes)}).`;
  if (faults.length === 0) {
    const at = generation === undefined || generation === 0 ? '' : ` Generation ${generation} is whole.`;
    return `${colours.green(symbols.done)} All is well.${at}${looked}`;
  }
  const mendable = faults.filter(({ repair }) => repair !== undefined).length;
  const all = faults.length === 1 ? 'it' : 'all of them';
  const next =
    repaired === undefined && mendable > 0
      ? ` ratatouille doctor --repair mends ${mendable < faults.length ? `${mendable} of them` : all}.`
      : '';
  return `${formatQuantity(faults.length, 'thing')} ${faults.length === 1 ? 'is' : 'are'} wrong.${next}${looked}`;
}

function shown(text: string, { symbols }: Style): string {
  return visibleText(text, symbols);
}
