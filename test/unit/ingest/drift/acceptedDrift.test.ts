import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ContractChange } from '../../../../src/protocol/drift.js';
import { LandingFixture, readLanding, useEngine } from '../landingFixture.js';
import { finderOf } from './driftFixture.js';

const numRuns = process.env.RATATOUILLE_DEEP === '1' ? 600 : 40;
const pool = [
  'id',
  'amount',
  'amounts',
  'Total',
  'to tal',
  'note',
  'notes',
  'día',
  'x"y',
  "o'k",
  'day',
  'qty',
];

interface File {
  readonly names: readonly string[];
  /** A value for each name. */
  readonly rows: readonly (readonly string[])[];
}

interface Drift {
  readonly before: File;
  readonly after: File;
  readonly types: readonly string[];
  /** Which choice is taken of each difference. */
  readonly picks: readonly number[];
}

/** Every value says where it stands; columns at even places of the contract are numbers. */
const drift: fc.Arbitrary<Drift> = fc
  .record({
    names: fc.shuffledSubarray(pool, { minLength: 2, maxLength: 6 }),
    fates: fc.array(fc.constantFrom('stays', 'goes', 'renamed'), { minLength: 6, maxLength: 6 }),
    others: fc.shuffledSubarray(pool, { minLength: pool.length, maxLength: pool.length }),
    added: fc.nat({ max: 2 }),
    order: fc.infiniteStream(fc.nat()),
    picks: fc.array(fc.nat({ max: 2 }), { minLength: 12, maxLength: 12 }),
    records: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 3 })),
  })
  .map(({ names, fates, others, added, order, picks, records }) => {
    const free = others.filter((name) => !names.includes(name));
    const kept = names.flatMap((name, index) => {
      const fate = fates[index];
      if (fate === 'goes') return [];
      return [{ name: fate === 'renamed' ? (free.pop() ?? name) : name, isNumber: index % 2 === 0 }];
    });
    const more = free.splice(0, added).map((name, index) => ({ name, isNumber: index === 0 }));
    const later = [...kept, ...more]
      .map((column) => ({ ...column, at: order.next().value }))
      .sort((a, b) => a.at - b.at);
    const now = later.length === 0 ? [{ name: free[0] ?? 'z', isNumber: true }] : later;
    const numbers = names.map((_, index) => index % 2 === 0);
    return {
      before: { names, rows: rowsOf(numbers, records[0], 1) },
      after: {
        names: now.map(({ name }) => name),
        rows: rowsOf(
          now.map(({ isNumber }) => isNumber),
          records[1],
          2,
        ),
      },
      types: numbers.map((isNumber) => (isNumber ? 'BIGINT' : 'VARCHAR')),
      picks,
    };
  });

function rowsOf(numbers: readonly boolean[], count: number, file: number): readonly (readonly string[])[] {
  return Array.from({ length: count }, (_, row) =>
    numbers.map((isNumber, column) => `${isNumber ? '' : 'v'}${file}0${row}0${column + 1}`),
  );
}

function print({ names, rows }: File): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [names, ...rows].map((fields) => `${fields.map(quoted).join(',')}\n`).join('');
}

interface ModelColumn {
  readonly name: string;
  readonly spellings: string[];
}

/** What the changes of a contract say of its columns. */
function columnsAfter(names: readonly string[], changes: readonly ContractChange[]): readonly ModelColumn[] {
  const columns: ModelColumn[] = names.map((name) => ({ name, spellings: [name] }));
  for (const change of changes) {
    if (change.kind === 'add column') columns.push({ name: change.column, spellings: [change.column] });
    if (change.kind === 'add name')
      columns.find(({ name }) => name === change.column)?.spellings.push(change.name);
  }
  return columns;
}

function modelRows({ names, rows }: File, columns: readonly ModelColumn[], path: string) {
  return rows.map((row, index) => [
    ...columns.map(({ spellings }) => row[names.findIndex((name) => spellings.includes(name))] ?? null),
    path,
    String(index + 1),
  ]);
}

describe('accepted drift', () => {
  const engine = useEngine();

  it('gives the rows that the choices say, and shifts none', async () => {
    let changed = 0;
    const property = fc.asyncProperty(drift, async ({ before, after, types, picks }) => {
      const fixture = new LandingFixture({ 't/a.csv': print(before), 't/b.csv': print(after) });
      try {
        const columns = before.names.map((name, index) => ({ name, type: types[index] }));
        fixture.writeContract('t.json', { format: 1, files: 't/*', columns });
        const finder = finderOf(fixture, engine.session());
        const { differences } = await finder.find('t/*');
        const changes = differences.flatMap(
          ({ choices }, index) => choices[(picks[index] ?? 0) % Math.max(1, choices.length)]?.changes ?? [],
        );
        if (changes.length > 0) await finder.accept({ pattern: 't/*', changes });
        changed += changes.length;
        const read = await readLanding(fixture.landing({ frozen: true }), 't/*', engine.session());
        const model = columnsAfter(before.names, changes);
        assert.deepEqual(read.rows, [
          ...modelRows(before, model, 't/a.csv'),
          ...modelRows(after, model, 't/b.csv'),
        ]);
      } finally {
        fixture.remove();
      }
    });
    await fc.assert(property, { numRuns });
    assert.ok(changed > numRuns);
  }).timeout(600_000);
});
