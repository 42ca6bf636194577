import assert from 'node:assert/strict';
import fc from 'fast-check';
import { misfitsByEngine } from '../../../../src/ingest/inspection/askEngine.js';
import { judgeOf } from '../../../../src/ingest/inspection/typeJudge.js';
import { classesOfType, ValueClassifier } from '../../../../src/ingest/inspection/valueClass.js';
import { ColumnTypeFinder } from '../../../../src/ingest/valueType.js';
import { useEngine } from '../landingFixture.js';

/** Texts that are, or nearly are, values: where two ways of judging would differ. */
const shapes = [
  /^-?\d{1,20}$/,
  /^[-+]?\d{0,4}\.?\d{0,4}([eE][-+]?\d{1,3})?$/,
  /^-?0\.\d{10,18}$/,
  /^[0-3]\d{3}-[01]\d-[0-3]\d$/,
  /^20\d\d[-/.][01]?\d[-/.][0-3]?\d$/,
  /^20\d\d-[01]\d-[0-3]\d[T ][0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,7})?)?Z?$/,
  /^[0-2]\d:[0-6]\d(:[0-6]\d(\.\d{1,7})?)?$/,
  /^(true|FALSE|True|t|f|yes|no|1|0|tru|falsey|nan|inf|-Infinity|infinity)$/,
  /^ ?[0-3]?\d[./][01]?\d[./](20)?\d\d ?$/,
  /^[0-9a-f_ -]{0,12}$/,
];
const value = fc
  .oneof(...shapes.map((shape) => fc.stringMatching(shape)), fc.string({ maxLength: 12 }))
  .filter((text) => text !== '');

describe('types of an inspection', () => {
  const engine = useEngine();

  it('are those of the first look', () => {
    const classifier = new ValueClassifier();
    const typesOf = (text: string) => {
      const bytes = Buffer.from(` ${text}`);
      const found = classifier.classify(bytes, 1, bytes.length);
      return (
        Object.entries(classesOfType).filter(([, classes]) => classes.includes(found))[0]?.[0] ?? 'VARCHAR'
      );
    };
    fc.assert(
      fc.property(value, (text) => {
        const finder = new ColumnTypeFinder();
        finder.add(text);
        assert.equal(typesOf(text), finder.type, text);
      }),
      { numRuns: 10_000 },
    );
  });

  const types = [
    'BOOLEAN',
    'INTEGER',
    'BIGINT',
    'DOUBLE',
    'DECIMAL(6,2)',
    'DECIMAL(38,0)',
    'DATE',
    'TIME',
    'TIMESTAMP',
  ];
  const formats = { dateFormat: '%d.%m.%Y', timestampFormat: '%d/%m/%Y %H:%M' };
  const judged = [
    ...types.map((type) => ({ type, formats: {} })),
    { type: 'DATE', formats },
    { type: 'TIMESTAMP', formats },
  ];
  for (const { type, formats: chosen } of judged) {
    it(`judge ${type}${chosen === formats ? ' in a format' : ''} as the strict read does`, async () => {
      const texts = [...new Set(fc.sample(value, 2000))];
      const misfits = await misfitsByEngine(() => Promise.resolve(engine.session()))(type, chosen, texts);
      const judge = judgeOf(type, chosen);
      const certain = texts.filter((text) => judge(text) !== 'ask the engine');
      const wrong = certain.filter((text) => (judge(text) === 'misfit') !== misfits.has(text));
      assert.deepEqual(wrong, []);
      assert.ok(certain.length > 0);
    });
  }
});
