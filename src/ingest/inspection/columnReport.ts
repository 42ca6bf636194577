import type {
  ColumnInspection,
  CountedText,
  DateForm,
  MisfitValue,
  Oddity,
  OddityKind,
} from '../../protocol/inspection.js';
import type { ColumnEvidence } from './columnEvidence.js';
import type { ReadColumn } from './reading.js';
import { classesOfType, valueClass } from './valueClass.js';

const mostExamples = 3;

/** What the values of a column came to so far. */
export function reportColumn(
  column: ReadColumn,
  evidence: ColumnEvidence,
  decode: (bytes: Buffer) => string,
): ColumnInspection {
  const judged = judgementOf(column, evidence);
  const range = rangeOf(judged.judgedType, evidence);
  const distinct = evidence.distinct.all;
  return {
    name: column.name,
    ...judged,
    nulls: evidence.nulls,
    nullSpellings: nullSpellings(evidence),
    ...range,
    examples: evidence.examples,
    longestBytes: evidence.longestBytes,
    // Only texts are told apart.
    ...(distinct !== undefined && distinct.length > 0 && { distinctTexts: distinct.length }),
    dateForms: dateForms(evidence),
    oddities: [...formOddities(evidence), ...spellingsByCase(evidence, decode)],
  };
}

type Judgement = Pick<
  ColumnInspection,
  'type' | 'decidedBy' | 'judgedType' | 'fits' | 'misfits' | 'firstMisfit'
>;

function judgementOf(column: ReadColumn, evidence: ColumnEvidence): Judgement {
  const { type, decidedBy } = column;
  if (type !== undefined && type !== 'VARCHAR') {
    const { fits, misfits, firstMisfit } = evidence.doubtful;
    const isWidened = decidedBy === 'first look' && misfits > 0;
    return {
      type: isWidened ? 'VARCHAR' : type,
      decidedBy: isWidened ? 'widened' : decidedBy,
      judgedType: type,
      fits: evidence.fits + fits,
      misfits,
      ...(firstMisfit !== undefined && { firstMisfit }),
    };
  }
  const nearest = nearestType(evidence);
  const isSure = type === undefined && nearest.misfits === 0;
  return { type: isSure ? nearest.judgedType : 'VARCHAR', decidedBy, ...nearest };
}

/** The type that most values of a text column have, if that is more than half of those that are values. */
function nearestType(
  evidence: ColumnEvidence,
): Pick<Judgement, 'judgedType' | 'fits' | 'misfits' | 'firstMisfit'> {
  const values = evidence.counts.reduce((sum, count) => sum + count, 0);
  const real = values - evidence.forms.of('null spelling');
  let best: { readonly type: string; readonly fits: number } = { type: 'VARCHAR', fits: 0 };
  for (const [type, classes] of Object.entries(classesOfType)) {
    const fits = classes.reduce((sum, each) => sum + (evidence.counts[each] ?? 0), 0);
    if (fits > best.fits) best = { type, fits };
  }
  if (best.fits * 2 <= real || best.fits === 0) return { judgedType: 'VARCHAR', fits: values, misfits: 0 };
  const classes = classesOfType[best.type] ?? [];
  const firstMisfit = earliest(evidence.firsts.filter((_, index) => !classes.includes(index)));
  return {
    judgedType: best.type,
    fits: best.fits,
    misfits: values - best.fits,
    ...(firstMisfit !== undefined && { firstMisfit }),
  };
}

function earliest(places: readonly (MisfitValue | undefined)[]): MisfitValue | undefined {
  return places.reduce(
    (first, next) => (next !== undefined && (first === undefined || next.byte < first.byte) ? next : first),
    undefined,
  );
}

function rangeOf(type: string, { ranges }: ColumnEvidence): Pick<ColumnInspection, 'least' | 'greatest'> {
  const classes = rangeClasses[type] ?? (type.startsWith('DECIMAL') ? numbers : []);
  const texts = classes.flatMap((each) => ranges[each] ?? []);
  const order = isWhole.test(type) ? compareWhole : compareNumbers;
  const isNumeric = classes.length > 1;
  const least = texts.flatMap(({ least: text }) => text ?? []).sort(isNumeric ? order : undefined);
  const greatest = texts.flatMap(({ greatest: text }) => text ?? []).sort(isNumeric ? order : undefined);
  const [first, last] = [least[0], greatest.at(-1)];
  return { ...(first !== undefined && { least: first }), ...(last !== undefined && { greatest: last }) };
}

const isWhole = /^(?:BIG)?INT/;
const numbers = [valueClass.shortInteger, valueClass.longInteger, valueClass.decimal];
const rangeClasses: Readonly<Record<string, readonly number[]>> = {
  INTEGER: [valueClass.shortInteger, valueClass.longInteger],
  BIGINT: [valueClass.shortInteger, valueClass.longInteger],
  DOUBLE: numbers,
  DATE: [valueClass.date],
  TIME: [valueClass.time],
  TIMESTAMP: [valueClass.timestamp],
};

function compareWhole(a: string, b: string): number {
  const [left, right] = [BigInt(a), BigInt(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function compareNumbers(a: string, b: string): number {
  return Number(a) - Number(b);
}

function nullSpellings({ empty, forms }: ColumnEvidence): readonly CountedText[] {
  const words = [...forms.nullSpellings].map(([text, count]) => ({ text, count }));
  return [...(empty > 0 ? [{ text: '', count: empty }] : []), ...words.sort((a, b) => b.count - a.count)];
}

/** Where one value shows which number is the day, the others of its form are no longer ambiguous. */
function dateForms({ forms, counts }: ColumnEvidence): readonly DateForm[] {
  const dates = forms.all.filter(({ form }) => form.kind === 'date');
  const merged = new Map<string, { count: number; ambiguous: boolean }>();
  for (const { form, count } of dates) {
    const { date = '', order } = form;
    const turned = dates.filter((other) => shapeOf(other.form.date) === shapeOf(date));
    const certain = turned.find((other) => other.form.order !== 'both')?.form.date;
    const key = order === 'both' ? (certain ?? date) : date;
    const before = merged.get(key)?.count ?? 0;
    merged.set(key, { count: before + count, ambiguous: order === 'both' && certain === undefined });
  }
  const iso = counts[valueClass.date] ?? 0;
  if (iso > 0 && merged.size > 0) merged.set('2024-12-31', { count: iso, ambiguous: false });
  return [...merged].map(([form, facts]) => ({ form, ...facts })).sort((a, b) => b.count - a.count);
}

/** Equal for forms that differ in the order of day and month alone. */
function shapeOf(date: string | undefined): string | undefined {
  return date?.replaceAll(/\d/g, '9');
}

const oddityKinds: readonly OddityKind[] = [
  'leading zeros',
  'plus signs',
  'decimal commas',
  'thousands separators',
  'too many digits',
  'offsets from UTC',
  'blanks before',
  'blanks after',
];

function formOddities({ forms }: ColumnEvidence): readonly Oddity[] {
  return oddityKinds.flatMap((kind) => {
    const found = forms.all.find(({ form }) => form.kind === kind);
    return found === undefined ? [] : [{ kind, count: found.count, examples: found.examples }];
  });
}

/** Texts that are the same but for their case as a more frequent one, where a column has few enough to compare. */
function spellingsByCase(evidence: ColumnEvidence, decode: (bytes: Buffer) => string): readonly Oddity[] {
  const texts = (evidence.distinct.all ?? []).map(({ bytes, count }) => ({ text: decode(bytes), count }));
  const usual = new Map<string, string>();
  const others: CountedText[] = [];
  for (const each of texts.sort((a, b) => b.count - a.count)) {
    const key = each.text.toLowerCase();
    if (usual.has(key)) others.push(each);
    else usual.set(key, each.text);
  }
  if (others.length === 0) return [];
  const examples = others.map(({ text }) => text).slice(0, mostExamples);
  const count = others.reduce((sum, each) => sum + each.count, 0);
  return [{ kind: 'spellings by case', count, examples }];
}
