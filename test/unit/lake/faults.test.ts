import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Change } from '../../../src/lake/changes.js';
import type { FileSystem } from '../../../src/lake/fileSystem.js';
import type { Lake } from '../../../src/lake/lake.js';
import type { KeptVersion } from '../../../src/lake/manifest.js';
import { nodeFileSystem } from '../../../src/lake/nodeFileSystem.js';
import type { Writer } from '../../../src/lake/writer.js';
import { type Fault, faultyFileSystem, without } from '../../support/faultyFileSystem.js';
import {
  afterBoot,
  type Content,
  columns,
  contentOf,
  details,
  lakeAt,
  one,
  removeRoots,
  tableChange,
  temporaryRoot,
  tree,
  versionDetails,
  writing,
} from './lakeFixture.js';

const deep = process.env.RATATOUILLE_DEEP === '1';

/** A table that gets all that another one had, under its name. */
interface Renaming {
  readonly from: string;
}

/**
 * A table's next content, `view`, null to remove it, what it was before it was removed, or another table's
 * versions. The last two change nothing when an earlier step failed, so that there is nothing to take.
 */
type Step = Readonly<Record<string, Content | 'view' | null | 'restored' | Renaming>>;

/** What readers see: content by table, empty for a view. */
type State = Readonly<Record<string, string>>;

const parts = (text: string): Content => ({ files: { 'a.parquet': `${text}\n`, 'b.parquet': `${text}\n` } });

/** @param past what each table had last, also one that is gone */
function after(state: State, step: Step, past: State): State {
  const next: Record<string, string> = { ...state };
  for (const [name, content] of Object.entries(step)) {
    if (content === null) delete next[name];
    else if (content === 'view') next[name] = '';
    else if (content === 'restored') next[name] = state[name] ?? past[name] ?? '';
    else if ('files' in content) next[name] = Object.values(content.files).join('');
    else if (content.from in state) {
      next[name] = state[content.from] ?? '';
      delete next[content.from];
    }
  }
  return next;
}

/** Takes one step with a writer of its own; tells whether its publish was reported as done. */
async function take(lake: Lake, step: Step): Promise<boolean> {
  let published = false;
  try {
    await writing(lake, async (writer) => {
      const changes = await Promise.all(
        Object.entries(step).map(([name, content]) => changeOf(lake, writer, name, content)),
      );
      const done = await writer.publish(1, changes.flat());
      published = true;
      await writer.link(done);
    });
  } catch (error) {
    assert.match(`${error} ${(error as Error).cause}`, /EIO|took over/);
  }
  return published;
}

async function changeOf(
  lake: Lake,
  writer: Writer,
  name: string,
  content: Step[string] | undefined,
): Promise<readonly Change[]> {
  if (content === null || content === undefined) return [{ kind: 'remove', name }];
  if (content === 'view') return [{ kind: 'view', name, columns, table: details, version: versionDetails }];
  if (content === 'restored') {
    const entry = (await lake.earlierTables()).tables[name];
    return entry === undefined ? [] : [{ kind: 'entry', entry }];
  }
  if ('files' in content) return [await tableChange(writer, name, content)];
  const entry = writer.manifest.tables[content.from];
  return entry === undefined ? [] : [{ kind: 'rename', renamed: await writer.rename(entry, name) }];
}

async function stateOf(lake: Lake): Promise<State> {
  const { manifest } = await lake.snapshot();
  const names = Object.keys(manifest.tables);
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await contentOf(lake, name)])),
  );
}

/**
 * What must be on disk when nobody writes, but for generations: not more, not less. Only the record of a current
 * version may be there or not: it is written before another version is committed in its place.
 */
async function expectedTree(lake: Lake): Promise<{ readonly must: string[]; readonly may: Set<string> }> {
  const { tables } = await lake.manifest();
  const generations = await Promise.all((await lake.generations()).map((number) => lake.manifestAt(number)));
  const lastOnes = Object.assign({}, ...generations.map((kept) => kept?.tables ?? {})) as typeof tables;
  const removed = Object.entries(lastOnes).filter(([key]) => !(key in tables));
  const [expected, may] = [new Set<string>(), new Set<string>()];
  for (const [key, entry] of [...Object.entries(tables), ...removed]) {
    const path = key.replace('.', '/');
    const recordOf = ({ directory }: KeptVersion) => `.ratatouille/versions/${path}/${directory}.json`;
    may.add(recordOf(entry.version));
    for (const version of entry.earlier) expected.add(recordOf(version));
    for (const version of [entry.version, ...entry.earlier])
      for (const file of filesOf(path, version)) expected.add(`.ratatouille/${file}`);
    const { plain } = entry.version;
    if (key in tables && plain !== undefined)
      expected.add(`data/${path}${plain === 'file' ? '.parquet' : ''}`);
  }
  return { must: [...expected].sort(), may };
}

function filesOf(path: string, { directory, files, quarantine, rejects }: KeptVersion): readonly string[] {
  const trees = Object.entries({ versions: files, quarantine, rejects: rejects?.files ?? [] });
  return trees.flatMap(([tree, all]) => all.map(({ name }) => `${tree}/${path}/${directory}/${name}`));
}

async function assertWhole(root: string, lake: Lake): Promise<void> {
  const { manifest, files } = await lake.snapshot();
  const found = tree(root).filter((path) => !/manifests\/prod\/\d{8}\.json$|plain-names\.json$/.test(path));
  const { must, may } = await expectedTree(lake);
  assert.deepEqual(
    found.filter((path) => !may.has(path)),
    must,
  );
  assert.deepEqual(await lake.checkPlainNames(manifest), []);
  for (const [key, { version }] of Object.entries(manifest.tables)) {
    if (version.plain === undefined) continue;
    const path = join(root, 'data', key.replace('.', '/'));
    const plain =
      version.plain === 'file' ? [`${path}.parquet`] : version.files.map(({ name }) => join(path, name));
    assert.deepEqual(plain.map(read), (files(key) ?? []).map(read));
  }
}

const read = (path: string) => readFileSync(path, 'utf8');

/** A lease that was written by half names nobody whose death could be seen. */
const leaseTimes = { beatMs: 1000, silenceMs: 20, lookMs: 10 };

/** Takes all steps, the fault striking somewhere; then starts anew and judges. Returns the calls made. */
async function survive(
  steps: readonly Step[],
  fault: Fault,
  real: FileSystem = nodeFileSystem,
): Promise<number> {
  const root = temporaryRoot();
  const faulty = faultyFileSystem(real, fault);
  let [boot, state, past]: [number, State, State] = [0, {}, {}];
  for (const step of steps) {
    boot += 1;
    const struck = faulty.calls() >= fault.at;
    const options = { processes: afterBoot(boot), fileSystem: struck ? real : faulty.fileSystem, leaseTimes };
    const published = await take(lakeAt(root, options), step);
    const reader = lakeAt(root, { fileSystem: real });
    const [before, next, found] = [state, after(state, step, past), await stateOf(reader)];
    if (published) assert.deepEqual(found, next, 'what was published is current');
    else
      assert(
        [before, next].some((one) => same(one, found)),
        `neither old nor new: ${JSON.stringify(found)}`,
      );
    state = found;
    past = { ...past, ...found };
  }
  const lake = lakeAt(root, { processes: afterBoot(boot + 1), fileSystem: real, leaseTimes });
  await writing(lake, async (writer) => assert.deepEqual(writer.problems, []));
  assert.deepEqual(await stateOf(lake), state);
  await assertWhole(root, lake);
  removeRoots();
  return faulty.calls();
}

function same(one: State, other: State): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());
}

const history: readonly Step[] = [
  { 'silver.a': one('a1'), 'gold.parts': parts('p1'), 'gold.gone': one('g1') },
  {
    'silver.a': { ...one('a2'), quarantine: 'q2\n', rejects: 'r2\n' },
    'gold.parts': parts('p2'),
    'gold.gone': null,
    'gold.v': 'view',
  },
];

/** What is renamed has an earlier version, a quarantine, rejects and a folder for a plain name. */
const changesOfNames: readonly Step[] = [
  { 'silver.a': one('a1'), 'gold.parts': parts('p1') },
  { 'silver.a': { ...one('a2'), quarantine: 'q2\n', rejects: 'r2\n' } },
  { 'silver.b': { from: 'silver.a' }, 'gold.pieces': { from: 'gold.parts' } },
  { 'silver.b': one('b3'), 'silver.a': 'restored' },
];

/** Without waiting for the disk: a process that dies loses nothing that it wrote. */
const quick: FileSystem = {
  ...nodeFileSystem,
  modesBind: true,
  create: (path, text) => writeFile(path, text, { flag: 'wx' }),
  syncFile: async () => {},
  syncDirectory: async () => {},
};

const systems: readonly (readonly [string, FileSystem])[] = [
  ['hard links', quick],
  ['copies', without(quick, 'link', 'clone')],
];

const kinds = (['before', 'after', 'torn'] as const).flatMap((when) =>
  (['dies', 'goes on'] as const).map((process) => ({ when, process })),
);

type Kind = (typeof kinds)[number];

describe('a lake whose file system fails', function () {
  this.timeout(deep ? 3_600_000 : 60_000);
  afterEach(removeRoots);

  /**
   * In short runs all kinds take turns, so that each call is still struck by one of them.
   * @param nthTurn only each so many-th turn is taken in short runs
   */
  async function strikeEach(
    steps: readonly Step[],
    kind: Kind,
    turn: number,
    system: FileSystem,
    nthTurn = 1,
  ): Promise<void> {
    const calls = await survive(steps, { at: Number.POSITIVE_INFINITY, ...kind }, system);
    const stride = deep ? 1 : kinds.length * systems.length * nthTurn;
    for (let at = deep ? 1 : 1 + turn; at <= calls; at += stride) {
      await survive(steps, { at, ...kind }, system).catch((error: unknown) => {
        throw new Error(`at call ${at}: ${error}`, { cause: error });
      });
    }
  }

  for (const [nth, [title, system]] of systems.entries()) {
    for (const [index, kind] of kinds.entries()) {
      const turn = index + nth * kinds.length;
      const how = `${title}, ${kind.when}, the process ${kind.process}`;
      it(`is old or new at every call: ${how}`, () => strikeEach(history, kind, turn, system));
      it(`renames and restores whole or not at all: ${how}`, () =>
        strikeEach(changesOfNames, kind, turn, system, 3));
    }
  }

  it('is old or new in any history', async () => {
    const content = fc.oneof(
      fc.string({ unit: fc.constantFrom('x', 'y'), maxLength: 3 }).map(one),
      fc.constant(parts('p')),
      fc.constant({ ...one('q'), quarantine: 'dropped\n', rejects: 'rejected\n' }),
      fc.constant({ ...one('d'), directory: true }),
      fc.constant('view' as const),
      fc.constant(null),
    );
    const step = fc.dictionary(fc.constantFrom('bronze.a', 'silver.b', 'gold.c'), content, {
      noNullPrototype: true,
    });
    const striking = fc.tuple(
      fc.integer({ min: 1, max: 400 }),
      fc.constantFrom(...kinds),
      fc.constantFrom(...systems.map(([title]) => title)),
    );
    const histories = fc.array(step, { minLength: 1, maxLength: 4 });
    const property = fc.asyncProperty(histories, striking, async (steps, [at, kind, title]) => {
      await survive(steps, { at, ...kind }, new Map(systems).get(title));
    });
    await fc.assert(property, { numRuns: deep ? 10_000 : 40 });
  });
});
