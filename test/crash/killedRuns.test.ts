import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDuckDB } from '../../src/engine/duckdb/open.js';
import type { Engine } from '../../src/engine/engine.js';
import { repository } from '../rules/imports.js';
import {
  assertTakenOutIsWhole,
  generationTables,
  plainFiles,
  plainGenerations,
  writeGeneration,
  writeGenerationNotebook,
} from '../support/generations.js';
import { deep, prove } from '../support/proof.js';
import { type TemporaryProject, temporaryProject } from '../support/temporaryProject.js';

const points = deep ? 1000 : 40;

/** Starts a run in a process of its own and kills it after so many milliseconds; undefined lets it finish. */
function run(root: string, killAfterMs?: number): Promise<{ killed: boolean; ms: number; errors: string }> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(repository, 'out/test/support/runChild.js'), root], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += String(chunk);
  });
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfterMs);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (_, signal) => {
      clearTimeout(timer);
      resolve({ killed: signal === 'SIGKILL', ms: performance.now() - started, errors });
    });
  });
}

describe('a run that is killed', function () {
  this.timeout(deep ? 3_600_000 : 400_000);
  let project: TemporaryProject;
  let engine: Engine;

  before(async () => {
    project = temporaryProject();
    writeGenerationNotebook(project);
    engine = await openDuckDB({ temporaryDirectory: join(project.root, 'spill') });
  });
  after(async () => {
    await engine.close();
    project.remove();
  });

  it('leaves every table whole, old or new', async () => {
    writeGeneration(project, 0);
    const whole = await run(project.root);
    assert.equal(whole.errors, '');
    let before = await plainGenerations(project.root, engine);
    let killed = 0;
    let partial = 0;
    for (let generation = 1; generation <= points; generation += 1) {
      writeGeneration(project, generation);
      const result = await run(project.root, Math.random() * whole.ms);
      if (result.killed) killed += 1;
      const now = await plainGenerations(project.root, engine);
      for (const table of generationTables) {
        const allowed = [before.get(table), ...range(before.get(table) ?? 0, generation)];
        assert(
          allowed.includes(now.get(table)),
          `${table} is of generation ${now.get(table)} after ${generation}`,
        );
      }
      await assertTakenOutIsWhole(project.root, engine);
      if (new Set(now.values()).size > 1) partial += 1;
      before = now;
      if (generation % 5 === 0) await recovers(project, engine, generation);
    }
    prove('killed runs', { points, killed, 'ended between two publishes': partial, 'broken tables': 0 });
    assert(killed > points / 4, `only ${killed} of ${points} were killed in time`);
  });
});

function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

async function recovers(project: TemporaryProject, engine: Engine, generation: number): Promise<void> {
  const { errors } = await run(project.root);
  assert.equal(errors, '');
  const tables = await plainGenerations(project.root, engine);
  assert.deepEqual([...new Set(tables.values())], [generation]);
  const expected = generationTables.map((table) => `${table.replace('.', '/')}.parquet`).sort();
  assert.deepEqual([...plainFiles(project.root)].sort(), expected);
  assert.deepEqual(leftInStaging(project.root), []);
  assert.deepEqual(versionsIn(project.root, 'rejects'), versionsIn(project.root, 'versions'));
}

/** The version folders that a tree has of the table with rejected records. */
function versionsIn(root: string, tree: 'rejects' | 'versions'): readonly string[] {
  const names = readdirSync(join(root, '.ratatouille', tree, 'bronze', 'fitting_rows'));
  return names.filter((name) => !name.endsWith('.json')).sort();
}

function leftInStaging(root: string): readonly string[] {
  const staging = join(root, '.ratatouille/staging');
  return readdirSync(staging, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
}
