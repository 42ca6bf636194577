import type { ColumnInspection } from './inspection.js';
import { formatCount, formatQuantity, isNumericType } from './wording.js';

/** `1 … 9`, or the first values of a column of texts. */
export function describeValues({ judgedType, least, greatest, examples }: ColumnInspection): string {
  if (judgedType === 'VARCHAR' || least === undefined || greatest === undefined) return examples.join(', ');
  return least === greatest ? least : `${least} … ${greatest}`;
}

/** What is odd about the values of a column, a text for each thing. */
export function describeOddities(column: ColumnInspection): readonly string[] {
  const { nullSpellings, dateForms, oddities } = column;
  const spellings = nullSpellings.filter(({ text }) => text !== '');
  return [
    ...misfitNote(column),
    ...(spellings.length === 0
      ? []
      : [
          `texts that may mean no value: ${spellings.map(({ text, count: times }) => `${formatCount(times)} × ${text}`).join(', ')}`,
        ]),
    ...(dateForms.length === 0 ? [] : [`dates: ${dateForms.map(dateNote).join(', ')}`]),
    ...oddities.map(
      ({ kind, count: times, examples }) =>
        `${formatCount(times)} with ${kind}, as ${examples.map((text) => JSON.stringify(text)).join(', ')}`,
    ),
  ];
}

function misfitNote({
  type,
  judgedType,
  decidedBy,
  misfits,
  firstMisfit,
}: ColumnInspection): readonly string[] {
  if (firstMisfit === undefined)
    return type === judgedType || judgedType === 'VARCHAR' ? [] : [`all are ${judgedType}, kept as text`];
  const why = decidedBy === 'widened' ? '; the beginning of the file looks like that type' : '';
  const are = misfits === 1 ? 'is' : 'are';
  const kind = isNumericType(judgedType) || judgedType !== 'VARCHAR' ? judgedType : 'such value';
  return [
    `${formatQuantity(misfits, 'value')} ${are} no ${kind}, the first on line ${formatCount(firstMisfit.line)}: ${JSON.stringify(firstMisfit.text)}${why}`,
  ];
}

function dateNote({ form, count: times, ambiguous }: ColumnInspection['dateForms'][number]): string {
  return `${formatCount(times)} as ${form}${ambiguous ? ', or with day and month the other way round' : ''}`;
}
