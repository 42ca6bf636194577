import type { ColumnInspection, DateForm, Decision, FileInspection } from '../../protocol/inspection.js';
import { formatCount, formatQuantity } from '../../protocol/wording.js';
import { quoteIdentifier } from '../../sql/names.js';
import { excerpt } from '../fileProblem.js';

/** What nobody but a person can decide about a file. */
export function decisionsOf(inspection: Omit<FileInspection, 'decisions'>): readonly Decision[] {
  return [...aboutTheFile(inspection), ...inspection.columns.flatMap(aboutTheColumn)];
}

function aboutTheFile({ layout, suspects }: Omit<FileInspection, 'decisions'>): readonly Decision[] {
  const decisions: Decision[] = [];
  if (layout !== undefined && layout.decidedBy === 'best guess' && layout.header.line === undefined) {
    decisions.push({
      question: 'No line looks like a header. What are the columns called?',
      choices: [
        'Add a line with their names to the top of the file.',
        'Write a contract with "header": false and their names in the order of the file.',
      ],
    });
  }
  if (suspects.byReason.some(({ reason }) => reason === 'total line')) {
    decisions.push({
      question: 'Are there totals below the rows? They would count twice in every sum.',
      choices: ['Remove those lines.', 'Leave them, if they are rows like the others.'],
    });
  }
  if (suspects.byReason.some(({ reason }) => reason === 'another table')) {
    decisions.push({
      question: 'Is there more than one table in the file? landing() reads one.',
      choices: [
        'Cut the file in two, each with its header.',
        'Leave it, if those lines are rows like the others.',
      ],
    });
  }
  return decisions;
}

function aboutTheColumn(column: ColumnInspection): readonly Decision[] {
  if (column.decidedBy === 'contract') return [];
  return [widened(column), spoilt(column), commas(column), ...dates(column)].flatMap((each) => each ?? []);
}

function widened(column: ColumnInspection): Decision | undefined {
  const { name, decidedBy, judgedType, misfits, firstMisfit } = column;
  if (decidedBy !== 'widened' || firstMisfit === undefined) return undefined;
  return {
    column: name,
    question: `The beginning of the file says ${judgedType}, but ${formatQuantity(misfits, 'value')} further down ${misfits === 1 ? 'is' : 'are'} none, the first on line ${formatCount(firstMisfit.line)}: ${excerpt(firstMisfit.text)}. What is it?`,
    choices: [
      'Leave it a text, as landing() does, and convert it in silver.',
      `Correct those lines, or keep the type ${judgedType} in the contract, which refuses them.`,
    ],
  };
}

/** A text column that would have a type but for a few values. */
function spoilt(column: ColumnInspection): Decision | undefined {
  const { name, type, decidedBy, judgedType, fits, misfits, firstMisfit, nullSpellings } = column;
  if (type !== 'VARCHAR' || judgedType === 'VARCHAR' || decidedBy === 'widened') return undefined;
  if (firstMisfit === undefined)
    return {
      column: name,
      question: `All ${formatQuantity(fits, 'value')} are ${judgedType}, though the beginning of the file did not say so. Is that its type?`,
      choices: [`Write the type ${judgedType} in the contract.`, 'Leave it a text.'],
    };
  const words = nullSpellings.filter(({ text }) => text !== '');
  const areNulls = words.reduce((sum, { count }) => sum + count, 0) === misfits;
  if (areNulls) {
    const texts = words.map(({ text }) => JSON.stringify(text)).join(', ');
    return {
      column: name,
      question: `It would be ${judgedType} but for ${formatQuantity(misfits, 'text')} that may mean no value: ${texts}. Do they?`,
      choices: [
        `Write "nullStrings": ["", ${texts}] and the type ${judgedType} in the contract.`,
        'Leave it a text.',
      ],
    };
  }
  return {
    column: name,
    question: `${formatCount(fits)} of ${formatQuantity(fits + misfits, 'value')} are ${judgedType}; the first other one is on line ${formatCount(firstMisfit.line)}: ${excerpt(firstMisfit.text)}. Is it a mistake?`,
    choices: ['Correct those lines.', 'Leave it a text, and convert it in silver.'],
  };
}

function commas({ name, oddities, fits, judgedType }: ColumnInspection): Decision | undefined {
  const found = oddities.find(({ kind }) => kind === 'decimal commas');
  if (found === undefined || judgedType !== 'VARCHAR' || found.count * 2 < fits) return undefined;
  return {
    column: name,
    question: `${formatQuantity(found.count, 'value')} have a decimal comma, as ${found.examples[0]}. Are they numbers?`,
    choices: [
      `Leave it a text, and convert it in silver: CAST(replace(replace(${quoteIdentifier(name)}, '.', ''), ',', '.') AS DECIMAL(18,2)).`,
      'Export the file with decimal points.',
    ],
  };
}

function dates({ name, dateForms, fits, misfits }: ColumnInspection): readonly Decision[] {
  const written = dateForms.reduce((sum, { count }) => sum + count, 0);
  const [main, ...others] = dateForms;
  if (main === undefined || written * 2 < fits + misfits) return [];
  if (others.length > 0)
    return [
      {
        column: name,
        question: `Dates are written in ${dateForms.length} ways: ${dateForms.map(({ form, count }) => `${form} (${formatCount(count)})`).join(', ')}. Which is meant where?`,
        choices: [
          'Leave it a text, and read each way in silver by try_strptime().',
          'Have the file written in one way.',
        ],
      },
    ];
  return main.ambiguous ? [dayOrMonth(name, main)] : [formattedDates(name, main)];
}

function dayOrMonth(column: string, { form, count }: DateForm): Decision {
  const turned = form.replace(/^(\d+)(\D)(\d+)/, '$3$2$1');
  return {
    column,
    question: `Day and month can not be told apart in any of ${formatQuantity(count, 'date')}. Is the last day of a year ${form} or ${turned}?`,
    choices: [
      ...[form, turned].map(
        (each) =>
          `Write ${formatKey(each)}: "${strptimeOf(each)}" and the type ${typeOf(each)} in the contract.`,
      ),
      'Leave it a text.',
    ],
  };
}

function formattedDates(column: string, { form, count }: DateForm): Decision {
  return {
    column,
    question: `${formatQuantity(count, 'date')} are written as ${form}. Are they to be read as dates?`,
    choices: [
      `Write ${formatKey(form)}: "${strptimeOf(form)}" and the type ${typeOf(form)} in the contract.`,
      'Leave it a text, and convert it in silver by strptime().',
    ],
  };
}

function typeOf(form: string): string {
  return form.includes(':') ? 'TIMESTAMP' : 'DATE';
}

function formatKey(form: string): string {
  return form.includes(':') ? '"timestampFormat"' : '"dateFormat"';
}

/** The format by which the engine reads dates that are written so. */
function strptimeOf(form: string): string {
  return form
    .replace('2024', '%Y')
    .replace(/\b24\b/, '%y')
    .replace('12', '%m')
    .replace('31', '%d')
    .replace('Dec', '%b')
    .replace('23:59', '%H:%M');
}
