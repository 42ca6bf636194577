import { type Cell, either, misfit, type Pollution, row, written } from '../description.js';

/** One column of texts beside an id; at the first look of the type that is told. */
const texts = (title: string, values: readonly Cell[], more: Partial<Pollution> = {}): Pollution => ({
  title,
  columns: 'id BIGINT, v VARCHAR',
  lines: values.map((value, index) => row(String(index + 1), value)),
  ...more,
});
/** Values of a type, then one that does not fit it: a text where nothing told the type. */
const late = (
  title: string,
  type: string,
  good: readonly Cell[],
  bad: Cell,
  more: Partial<Pollution> = {},
): Pollution => ({
  title,
  columns: `id BIGINT, v ${type}`,
  told: 'id BIGINT, v VARCHAR',
  lines: [
    ...good.map((value, index) => row(String(index + 1), value)),
    misfit('v', String(good.length + 1), bad),
  ],
  ...more,
});

/** Values whose meaning is easily changed. */
export const valueKinds: readonly Pollution[] = [
  texts('leading zeros', ['00123', '45678']),
  texts('a plus before digits', ['+436641', '+1']),
  texts('thousands separators', ['1,000', '12,500.25']),
  texts('thousands in dots, decimals in commas', ['1.000,50', '12.500,25']),
  texts('currency signs', ['$5', '€ 7.50', '9 EUR']),
  texts('per cent', ['5%', '7.5 %']),
  texts('hexadecimal numbers', [either('0x1F', '31'), either('0xff', '255')]),
  texts('underscores in numbers', ['1_000', '2_000']),
  texts('exponents', ['1e5', '2.5E-3'], { columns: 'id BIGINT, v DOUBLE' }),
  texts('numbers that begin or end with a point', ['.5', '5.'], {
    told: 'id BIGINT, v VARCHAR',
    columns: 'id BIGINT, v DOUBLE',
  }),
  texts('NaN and infinity', ['1.5', either('NaN', 'nan'), 'inf'], { columns: 'id BIGINT, v VARCHAR' }),
  texts('more digits than BIGINT holds', ['12345678901234567890', '99999999999999999999']),
  texts('more digits than DOUBLE holds', ['0.12345678901234567', '123456789.123456789']),
  texts('eighteen digits', ['123456789012345678', '-999999999999999999'], { columns: 'id BIGINT, v BIGINT' }),
  late('an integer beyond BIGINT', 'BIGINT', ['1', '2'], '9223372036854775808'),
  late('a decimal in a column of integers', 'BIGINT', ['1', '2'], '2.5', { told: 'id BIGINT, v DOUBLE' }),
  late('an integer with a blank', 'BIGINT', ['1', '2'], either(' 3', '3')),
  late('more decimals than DECIMAL has', 'DECIMAL(10,2)', ['1.25', '-.50'], '1.255', {
    told: 'id BIGINT, v VARCHAR',
  }),
  late('more digits than DECIMAL has', 'DECIMAL(5,2)', ['1.25', '999.99'], '1000.00', {
    told: 'id BIGINT, v DOUBLE',
  }),
  late('an exponent in DECIMAL', 'DECIMAL(10,2)', ['1.25', '2'], '1e3', { told: 'id BIGINT, v DOUBLE' }),
  late('a number too large for DOUBLE', 'DOUBLE', ['1.5', '2.5'], '1e999'),
  late('a comma in a column of decimals', 'DOUBLE', ['1.5', '2.5'], '3,5'),
  texts('yes and no', [either('yes', 'true'), either('no', 'false')]),
  texts('Y, N and other words', ['Y', 'N', 'true', '1', '0']),
  texts('true and false in any case', ['true', 'FALSE', 'True'], { columns: 'id BIGINT, v BOOLEAN' }),
  texts(
    'short forms of true',
    [either('yes', 'true'), either('n', 'false'), either('1', 'true'), either('T', 'true')],
    { columns: 'id BIGINT, v BOOLEAN', told: 'id BIGINT, v VARCHAR' },
  ),
  late('a word that is not quite true', 'BOOLEAN', ['true', 'false'], 'wahr'),
  texts('days before months, or after', ['01/02/2024', '03/04/2024']),
  texts('days before months, certainly', [
    either('31/12/2024', '2024-12-31'),
    either('01/02/2024', '2024-02-01'),
  ]),
  texts('dates with dots', [either('31.12.2024', '2024-12-31'), either('01.02.2024', '2024-02-01')]),
  texts('dates in several forms', ['2024-01-31', '31.01.2024', '01/31/2024']),
  texts('ISO dates, then one with days first', ['2024-01-05', '2024-01-06', '05/01/2024']),
  texts('years of two digits', ['01/02/24', '03/04/24']),
  texts('impossible dates', ['2024-01-05', '2024-02-30', '2023-02-29']),
  late('an impossible date', 'DATE', ['2024-02-29', '2024-01-05'], '2023-02-29'),
  late('31.02. in a form of its own', 'DATE', [either('28.02.2024', '2024-02-28')], '31.02.2024', {
    contract: { dateFormat: '%d.%m.%Y' },
    good: ['7', either('05.01.2024', '2024-01-05')],
  }),
  late('months of another form', 'DATE', [either('28/02/2024', '2024-02-28')], '02/28/2024', {
    contract: { dateFormat: '%d/%m/%Y' },
    good: ['7', either('05/01/2024', '2024-01-05')],
  }),
  late('a year of two digits in a form of four', 'DATE', [either('28.02.2024', '2024-02-28')], '28.02.24', {
    contract: { dateFormat: '%d.%m.%Y' },
    good: ['7', either('05.01.2024', '2024-01-05')],
  }),
  late('a time in a column of dates', 'DATE', ['2024-02-29', '2024-01-05'], '2024-01-06 10:00:00'),
  late('infinity in a column of dates', 'DATE', ['2024-02-29', '2024-01-05'], 'infinity'),
  late('a date without zeros', 'DATE', ['2024-02-29', '2024-01-05'], either('2024-1-6', '2024-01-06')),
  texts('dates and times', ['10:30', '10:30:15.25', '23:59:59'], { columns: 'id BIGINT, v TIME' }),
  late('24:01', 'TIME', ['10:30:00', '11:00:00'], '24:01:00'),
  texts('times with am and pm', ['10:30 PM', '9:15 AM']),
  texts('timestamps with T, or a fraction', ['2024-01-05T10:00:00.25', '2024-01-05 10:30'], {
    columns: 'id BIGINT, v TIMESTAMP',
  }),
  texts('offsets from UTC', [
    either('2024-01-05T10:00:00+02:00', '2024-01-05 08:00:00+00'),
    either('2024-01-05T10:00:00Z', '2024-01-05 10:00:00+00'),
  ]),
  late(
    'an offset in a column of timestamps',
    'TIMESTAMP',
    ['2024-01-05 10:00:00', '2024-01-05 11:00:00'],
    '2024-01-05T10:00:00+02:00',
  ),
  late('an hour that summer time skips', 'TIMESTAMP', ['2024-03-31 02:30:00'], '2024-03-31 25:30:00'),
  late(
    'a text in record 100,001',
    'BIGINT',
    Array.from({ length: 100_000 }, (_, index) => String(index)),
    'n/a',
    { isLarge: true },
  ),
  late(
    'a text behind 6 MB',
    'BIGINT',
    Array.from({ length: 500_000 }, (_, index) => String(1_000_000 + index)),
    'n/a',
    { isLarge: true },
  ),
  late(
    'leading zeros behind 6 MB',
    'BIGINT',
    Array.from({ length: 500_000 }, (_, index) => String(1_000_000 + index)),
    '007',
    { isLarge: true },
  ),
  texts('NULL, N/A, - and \\N', ['NULL', 'null', 'N/A', '-', '\\N', 'None', 'nan']),
  late('N/A in a column of numbers', 'DOUBLE', ['1.5', null], 'N/A'),
  texts('empty, and quoted empty', [null, 'x'], {
    lines: [written('1,', '1', null), written('2,""', '2', either('', null)), row('3', 'x')],
  }),
  texts('null texts that the contract names', [either('NULL', null), either('-', null), either('5')], {
    columns: 'id BIGINT, v BIGINT',
    told: 'id BIGINT, v VARCHAR',
    contract: { nullStrings: ['NULL', '-', ''] },
  }),
  texts('a column without a value', [null, null], {}),
  texts('blanks around values', [' a ', '  b', 'c  '], {
    lines: [written('1, a ', '1', ' a '), written('2,b  ', '2', 'b  ')],
  }),
  texts('blanks around numbers', [], {
    lines: [written('1, 5', '1', either(' 5', '5')), written('2,7 ', '2', either('7 ', '7'))],
  }),
  texts('blanks alone', ['   ', 'x'], { lines: [written('1,   ', '1', '   '), row('2', 'x')] }),
  texts('texts that would be SQL', ["'; DROP TABLE sales; --", '$1', "' OR 1=1", '/* x */']),
  texts('formulas', ['=1+1', '=cmd|’ /C calc’!A0', '@SUM(A1)', '-2+3']),
  texts('backslashes', ['C:\\temp\\new', '\\n', '\\\\']),
  texts('braces, brackets and JSON', ['{"a": 1}', '[1, 2]', '{x}']),
  texts('codes that look like exponents', ['1E5', '2D10', '3E7']),
  texts('numbers, then words', ['1', '2', 'three']),
  texts('UUIDs', ['9f1c2b64-0000-4000-8000-000000000001', '9f1c2b64-0000-4000-8000-000000000002'], {}),
  texts('a very old date and a far one', ['0001-01-01', '9999-12-31'], { columns: 'id BIGINT, v DATE' }),
  texts('a minus zero', ['-0', '0'], { columns: 'id BIGINT, v BIGINT' }),
  texts('numbers with zeros behind them', ['1.10', '2.50'], { columns: 'id BIGINT, v DOUBLE' }),
];
