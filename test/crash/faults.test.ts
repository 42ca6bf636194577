import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { examineProject } from '../../src/app/doctor.js';
import { openProject } from '../../src/app/openProject.js';
import { openDuckDB } from '../../src/engine/duckdb/open.js';
import type { Engine } from '../../src/engine/engine.js';
import type { FileSystem } from '../../src/lake/fileSystem.js';
import { nodeFileSystem } from '../../src/lake/nodeFileSystem.js';
import type { DoctorReport, Finding } from '../../src/protocol/doctor.js';
import type { RunEvent } from '../../src/protocol/run.js';
import { repository } from '../rules/imports.js';
import { asRoot, nobody, runCommand, startCommand } from '../support/commandProcess.js';
import {
  assertTakenOutIsWhole,
  plainGenerations,
  writeGeneration,
  writeGenerationNotebook,
} from '../support/generations.js';
import { deep, prove } from '../support/proof.js';
import { type TemporaryProject, temporaryProject } from '../support/temporaryProject.js';

/** Each fault of docs/faults.md that needs a whole project: no wrong data, a clear message, the way back. */
describe('a fault', function () {
  this.timeout(deep ? 1_800_000 : 240_000);
  let engine: Engine;
  let project: TemporaryProject;

  before(async () => {
    engine = await openDuckDB({ temporaryDirectory: mkdtempSync(join(tmpdir(), 'ratatouille-spill-')) });
  });
  after(() => engine.close());
  beforeEach(() => {
    project = temporaryProject();
    writeGenerationNotebook(project);
    writeGeneration(project, 0);
  });
  afterEach(() => project.remove());

  /** The generations that the plain files are of; throws for half a table, and for a table of two generations. */
  const generations = async (root = project.root): Promise<readonly (number | undefined)[]> => [
    ...new Set((await plainGenerations(root, engine)).values()),
  ];

  /** A run that nothing hinders. */
  const runWell = async (generation: number): Promise<void> => {
    const record = await project.use((opened) => opened.run({ select: [], fullRefresh: false, wait: true }));
    assert.equal(record.status, 'succeeded', JSON.stringify(record));
    assert.deepEqual(await generations(), [generation]);
  };

  const examine = (
    options: { readonly repair?: boolean; readonly root?: string } = {},
  ): Promise<DoctorReport> =>
    examineProject({
      directory: options.root ?? project.root,
      repair: options.repair ?? false,
      quick: false,
    });

  const newestManifest = (): string => {
    const folder = join(project.root, '.ratatouille/manifests/prod');
    return join(folder, readdirSync(folder).sort().at(-1) ?? '');
  };

  /** The file of a table's only version. */
  const versionFile = (table: string): string => {
    const folder = join(project.root, '.ratatouille/versions', ...table.split('.'));
    return join(folder, readdirSync(folder)[0] ?? '', 'data.parquet');
  };

  describe('of a disk', () => {
    if (process.platform !== 'win32') {
      it('on which no file may grow leaves every table old or new', async () => {
        await runWell(0);
        writeGeneration(project, 1);
        for (const fileLimit of deep ? [0, 1, 2, 3, 4, 6, 8, 12] : [0, 2, 6]) {
          const { code, stderr } = await runCommand(project.root, ['run'], { fileLimit });
          if (code !== 0) assert.match(stderr, /^error lake\.file-system: /m);
          if (code !== 0) assert.match(stderr, /try: .*(larger than is allowed|disk is full)/);
          assert((await generations()).every((each) => each === 0 || each === 1));
        }
        await runWell(1);
      });
    }

    if (canMount()) {
      it('that is full leaves every table old or new', async () => {
        const disk = mkdtempSync(join(tmpdir(), 'ratatouille-disk-'));
        execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
        try {
          const root = join(disk, 'project');
          copyProject(project.root, root);
          assert.equal((await runCommand(root, ['run'])).code, 0);
          writeGeneration({ ...project, write: (path, text) => writeFileSync(join(root, path), text) }, 1);
          let failed = 0;
          for (const freeKilobytes of deep ? range(0, 100) : [0, 12, 40, 80]) {
            fill(disk, freeKilobytes);
            const { code, stderr } = await runCommand(root, ['run']);
            if (code !== 0) failed += 1;
            if (code !== 0) assert.match(stderr, /try: The disk is full: free some space/);
            assert((await generations(root)).every((each) => each === 0 || each === 1));
            rmSync(join(disk, 'filler'));
          }
          assert(failed > 0);
          assert.equal((await runCommand(root, ['run'])).code, 0);
          assert.deepEqual(await generations(root), [1]);
        } finally {
          execFileSync('umount', ['-l', disk]);
          rmSync(disk, { recursive: true, force: true });
        }
      });
    }

    if (process.platform !== 'win32') {
      it('that may only be read keeps queries, and says what a run needs', async () => {
        await runWell(0);
        writeGeneration(project, 1);
        everyPath(project.root, (path) => {
          if (asRoot) chownSync(path, nobody, nobody);
          chmodSync(path, lstatSync(path).mode & 0o555);
        });
        const unprivileged = { unprivileged: true };
        try {
          const { code, stderr } = await runCommand(project.root, ['run'], unprivileged);
          assert.equal(code, 1);
          assert.match(stderr, /^error lake\.file-system: .*\n.*EACCES.*\n {2}try: Check that you may write/);
          const query = await runCommand(
            project.root,
            ['query', 'FROM gold.total', '--format', 'csv'],
            unprivileged,
          );
          assert.equal(query.stdout, 'generation,n\n0,1399\n');
          const doctor = await runCommand(project.root, ['doctor'], unprivileged);
          assert.match(doctor.stdout, /project’s folder can’t be written to: EACCES/);
          assert.equal(doctor.code, 1);
        } finally {
          everyPath(project.root, (path) => chmodSync(path, lstatSync(path).mode | 0o200));
        }
        const { code } = await runCommand(project.root, ['run'], unprivileged);
        assert.equal(code, 0);
        assert.deepEqual(await generations(), [1]);
      });
    }

    for (const code of ['EPERM', 'ENOTSUP']) {
      it(`without hard links (${code}) is made up for by copies`, async () => {
        const fileSystem: FileSystem = {
          ...nodeFileSystem,
          link: () => refuse(code),
          clone: () => refuse(code),
        };
        const opened = await openProject({ directory: project.root }, { fileSystem });
        const run = () => opened.run({ select: [], fullRefresh: false, wait: true });
        try {
          assert.equal((await run()).status, 'succeeded');
          writeGeneration(project, 1);
          assert.equal((await run()).status, 'succeeded');
          assert.deepEqual(await generations(), [1]);
          await opened.restore('gold.total', { version: 1 });
          assert.deepEqual((await opened.query('SELECT generation FROM gold.total', {})).rows, [[0]]);
          project.notebook('more', 'CREATE TABLE gold.first_name AS SELECT 1 AS n;');
          await run();
          project.notebook('more', 'CREATE TABLE gold.last_name AS SELECT 1 AS n;');
          await opened.rename({ from: 'gold.first_name', to: 'gold.last_name' }, {});
          assert.deepEqual((await opened.query('FROM gold.last_name', {})).rows, [[1]]);
        } finally {
          await opened.close();
        }
        assert.deepEqual((await examine()).findings.filter(isFault), []);
      });
    }
  });

  describe('of a landing file', () => {
    const rows = (generation: number): string =>
      `n,generation\n${Array.from({ length: 400_000 }, (_, n) => `${n},${generation}\n`).join('')}`;
    const path = (): string => join(project.root, 'data/landing/left.csv');

    beforeEach(() => {
      project.notebook('pipeline', "CREATE TABLE bronze.left_rows AS SELECT * FROM landing('left.csv');");
      project.write('data/landing/left.csv', rows(1));
    });

    /** Builds the table while something happens to its file; tells how that ended and what is read then. */
    const runWhile = (happen: () => () => void) =>
      project.use(async (opened) => {
        let end = (): void => {};
        const onEvent = ({ kind }: RunEvent): void => {
          if (kind === 'model started') end = happen();
        };
        const record = await opened.run({ select: [], fullRefresh: true, wait: true, onEvent });
        end();
        const sql = 'SELECT count(*), min(generation), max(generation) FROM bronze.left_rows';
        const found = record.models[0]?.version === undefined ? undefined : await opened.query(sql, {});
        return { record: JSON.stringify(record), found: found?.rows[0]?.map(Number) };
      });

    it('that grows while it is read publishes nothing', async () => {
      const growing = await runWhile(() => {
        const timer = setInterval(() => appendFileSync(path(), '9,1\n'), 2);
        return () => clearInterval(timer);
      });
      assert.match(growing.record, /left\.csv changed while it was read/);
      assert.equal(growing.found, undefined);
      const complete = await runWhile(() => () => {});
      const lines = readFileSync(path(), 'utf8').trimEnd().split('\n').length - 1;
      assert.deepEqual(complete.found, [lines, 1, 1]);
    });

    it('that is replaced while it is read is never half in a table', async () => {
      for (const delayMs of [20, 60, 100]) {
        const { record, found } = await runWhile(() => {
          const timer = setTimeout(() => writeFileSync(path(), rows(2)), delayMs);
          return () => clearTimeout(timer);
        });
        if (found === undefined) assert.match(record, /changed while it was read/);
        else assert.deepEqual(found, [400_000, found[1], found[1]]);
        writeFileSync(path(), rows(1));
      }
    });
  });

  describe('of the clock', () => {
    const preload = join(repository, 'out/test/support/jumpingClock.js');

    it('that jumps back again and again does not concern the lake', async () => {
      await runWell(0);
      writeGeneration(project, 1);
      const { code, stderr } = await runCommand(project.root, ['run'], { preload });
      assert.equal(code, 0, stderr);
      assert.deepEqual(await generations(), [1]);
      const again = await runCommand(project.root, ['run', '--json']);
      assert.deepEqual(
        JSON.parse(again.stdout).models.map(({ status }: { readonly status: string }) => status),
        ['skipped', 'skipped', 'skipped', 'skipped', 'skipped', 'skipped'],
      );
      writeGeneration(project, 2);
      await runWell(2);
    });

    it('that stands before the last run is told', async () => {
      await runWell(0);
      const { code, stdout } = await runCommand(project.root, ['doctor'], { preload });
      assert.equal(code, 1);
      assert.match(stdout, /The clock says 2\d{3}-.* but the lake was last written at/);
    });
  });

  describe('of a manifest', () => {
    for (const [harm, strike] of [
      ['cut', (path: string) => truncateSync(path, 150)],
      ['edited by hand', (path: string) => edit(path, '"rows":1500', '"rows":1501')],
    ] as const) {
      it(`that was ${harm} is said, and mended by doctor`, async () => {
        await runWell(0);
        writeGeneration(project, 1);
        await runWell(1);
        strike(newestManifest());
        const { code, stderr } = await runCommand(project.root, ['run']);
        assert.equal(code, 1);
        assert.match(
          stderr,
          /^error lake\.damaged: .*can't be read: .*\n {2}try: .ratatouille doctor --repair/,
        );
        assert.equal((await examine()).findings[0]?.kind, 'newest manifest');
        const { findings, setAside } = await examine({ repair: true });
        assert.deepEqual([findings.filter(isFault), setAside.length > 0], [[], true]);
        await runWell(1);
      });
    }
  });

  describe('of a version', () => {
    it('whose file is gone is built again by the next run', async () => {
      await runWell(0);
      rmSync(versionFile('silver.both'));
      const { findings } = await examine();
      assert.match(
        findings[0]?.message ?? '',
        /^Version 1 of silver\.both is damaged: data\.parquet is missing\.$/,
      );
      await runWell(0);
      assert.deepEqual((await examine()).findings.filter(isFault), []);
    });

    it('whose bytes were flipped is read by nobody after a repair, and built again', async () => {
      await runWell(0);
      flipByte(versionFile('silver.positive'));
      assert.deepEqual(
        (await examine({ repair: true })).findings.map(({ kind, table }) => `${kind} ${table}`),
        ['current version silver.positive'],
      );
      const query = await runCommand(project.root, ['query', 'FROM silver.positive']);
      assert.equal(query.code, 1);
      assert.match(
        query.stderr,
        /^error lake\.damaged: Version 1 of silver\.positive is damaged: .*other bytes/,
      );
      const { tables } = await project.use((opened) => opened.status());
      assert.equal(tables.find(({ name }) => name === 'silver.positive')?.state, 'damaged');
      await runWell(0);
      assert.deepEqual((await examine()).findings.filter(isFault), []);
    });
  });

  describe('of a path', () => {
    const names = ['with space', 'it’s 数据 €', '100%25', 'a#b', '[brackets]', "it's o'clock", '{a,b}'];
    const others = process.platform === 'win32' ? [] : ['say "hi"', 'back\\slash', 'a?b*', 'new\nline'];
    const long = join(...['a', 'b', 'c'].map((letter) => letter.repeat(90)));

    for (const name of [...names, ...others, long]) {
      it(`is none: ${name.length > 90 ? '300 characters' : JSON.stringify(name)}`, async () => {
        const root = join(project.root, name);
        copyProject(project.root, root);
        const opened = await openProject({ directory: root });
        try {
          const { status } = await opened.run({ select: [], fullRefresh: false, wait: true });
          assert.equal(status, 'succeeded');
          assert.deepEqual((await opened.query('FROM gold.total', {})).rows, [[0, 1399]]);
          const { rows } = await opened.query("SELECT count(*) FROM quarantine('silver.positive')", {});
          assert.deepEqual(rows, [[101]]);
        } finally {
          await opened.close();
        }
        assert.deepEqual((await examine({ root })).findings, []);
      });
    }
  });

  it('of Ctrl-C at any moment leaves the lake whole', async () => {
    const started = performance.now();
    assert.equal((await runCommand(project.root, ['run'])).code, 0);
    const wholeMs = performance.now() - started;
    const points = deep ? 300 : 20;
    let interrupted = 0;
    for (let generation = 1; generation <= points; generation += 1) {
      writeGeneration(project, generation);
      const { process: child, ended } = startCommand(project.root, ['run']);
      const timer = setTimeout(() => child.kill('SIGINT'), Math.random() * wholeMs);
      const { code, signal, stderr } = await ended;
      clearTimeout(timer);
      // Before the program listens, the signal ends it as it ends any other.
      assert(code === 130 || code === 0 || signal === 'SIGINT', `${code} ${signal} ${stderr}`);
      if (code === 130) interrupted += 1;
      await generations();
      await assertTakenOutIsWhole(project.root, engine);
      assert.deepEqual(readdirSync(join(project.root, '.ratatouille/staging/prod')), []);
      if (generation % 5 === 0) await runWell(generation);
    }
    assert.deepEqual((await examine()).findings.filter(isFault), []);
    prove('interrupted runs', { points, 'exit 130': interrupted, 'broken tables': 0 });
    assert(interrupted > points / 5, `only ${interrupted} of ${points}`);
  });
});

const isFault = ({ weight }: Finding): boolean => weight === 'fault';

/** Only root may, and not in every container. */
function canMount(): boolean {
  if (process.platform !== 'linux' || !asRoot) return false;
  const folder = mkdtempSync(join(tmpdir(), 'ratatouille-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Leaves so much of a disk free. */
function fill(disk: string, freeKilobytes: number): void {
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'filler'), Buffer.alloc(Math.max(0, bavail * bsize - freeKilobytes * 1024)));
}

/** What a person puts into a project: settings, notebooks and landing files. */
function copyProject(from: string, to: string): void {
  for (const folder of ['notebooks', 'contracts', 'data/landing']) {
    mkdirSync(join(to, folder), { recursive: true });
    for (const name of readdirSync(join(from, folder))) {
      copyFileSync(join(from, folder, name), join(to, folder, name));
    }
  }
  copyFileSync(join(from, 'ratatouille.json'), join(to, 'ratatouille.json'));
}

/** A folder comes after what is in it. */
function everyPath(path: string, work: (path: string) => void): void {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return;
  // Before its own mode is taken away, and after it is given back, its entries can be reached.
  if (stats.isDirectory()) for (const name of readdirSync(path)) everyPath(join(path, name), work);
  work(path);
}

function edit(path: string, text: string, other: string): void {
  const before = readFileSync(path, 'utf8');
  assert(before.includes(text));
  writeFileSync(path, before.replace(text, other));
}

/** As a copy with a bad sector: the size stays, and times of a copy say nothing. */
function flipByte(path: string): void {
  const bytes = readFileSync(path);
  const at = Math.floor(bytes.length / 3);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(`${path}.copy`, bytes);
  renameSync(`${path}.copy`, path);
}

function refuse(code: string): Promise<never> {
  return Promise.reject(Object.assign(new Error(`${code}: link`), { code }));
}
