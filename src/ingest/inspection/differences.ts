import type { ColumnInspection, Finding } from '../../protocol/inspection.js';
import { suggest } from '../../protocol/suggest.js';
import { formatCount, formatQuantity } from '../../protocol/wording.js';
import { matchColumns } from '../columnMatch.js';
import { delimiterName } from '../dialect.js';
import { excerpt } from '../fileProblem.js';
import type { GivenContract, Reading } from './reading.js';

/** What of a file differs from its contract, a sentence each. */
export function differencesOf(
  reading: Reading,
  columns: readonly ColumnInspection[],
  given: GivenContract | undefined,
): readonly Finding[] {
  if (given === undefined) return [];
  return [
    ...layoutDifferences(reading, given),
    ...nameDifferences(reading, given),
    ...columns.flatMap((column) => valueDifferences(column, given)),
  ];
}

function layoutDifferences(
  { encoding, dialect }: Reading,
  { contract, path }: GivenContract,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (encoding !== contract.encoding)
    findings.push(stops(`The file is ${encoding}; ${path} says ${contract.encoding}.`));
  if (dialect.delimiter !== contract.delimiter)
    findings.push(
      stops(
        `The delimiter is ${delimiterName(dialect.delimiter)}; ${path} says ${delimiterName(contract.delimiter)}.`,
      ),
    );
  return findings;
}

function nameDifferences(
  { header, missing }: Reading,
  { contract, path }: GivenContract,
): readonly Finding[] {
  if (!contract.header) return [];
  const known = contract.columns.map(({ name }) => name);
  const match = matchColumns(header.names, contract);
  const extra = match.extra.filter((name) => name !== '');
  const likely = new Map(
    extra.flatMap((name) =>
      pairOf(
        name,
        missing.map((column) => column.name),
      ),
    ),
  );
  const renamed = new Set(likely.values());
  const findings = [
    ...missing
      .filter(({ name }) => !renamed.has(name))
      .map(({ name }) => stops(`The column ${excerpt(name)} of ${path} is missing.`)),
    ...extra.map((name) => {
      const before = likely.get(name);
      return before === undefined
        ? stops(`The column ${excerpt(name)} is not in ${path}.`)
        : stops(
            `The column ${excerpt(name)} is not in ${path}, and ${excerpt(before)} is missing: it may have a new name.`,
          );
    }),
  ];
  const order = match.order.filter((name) => known.includes(name));
  const expected = known.filter((name) => order.includes(name));
  if (order.some((name, index) => name !== expected[index]))
    findings.push({
      effect: 'look',
      message: `The columns stand in another order than in ${path}; they are read by name.`,
    });
  return findings;
}

function pairOf(name: string, missing: readonly string[]): readonly (readonly [string, string])[] {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const same = missing.find((other) => plain(other) === plain(name)) ?? suggest(name, missing);
  return same === undefined ? [] : [[name, same]];
}

function valueDifferences(column: ColumnInspection, { path }: GivenContract): readonly Finding[] {
  const { name, type, decidedBy, judgedType, misfits, firstMisfit } = column;
  if (decidedBy !== 'contract' || type !== judgedType || firstMisfit === undefined) return [];
  return [
    {
      effect: 'rejects',
      message: `${excerpt(name)}: ${formatQuantity(misfits, 'value')} ${misfits === 1 ? 'is' : 'are'} no ${type}, the first on line ${formatCount(firstMisfit.line)}: ${excerpt(firstMisfit.text)}.`,
      hint: `Correct the lines, or change the type in ${path}; VARCHAR takes every text.`,
      line: firstMisfit.line,
    },
  ];
}

function stops(message: string): Finding {
  return { effect: 'stops', message };
}
