import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openProject } from '../../src/app/openProject.js';
import { openDuckDB } from '../../src/engine/duckdb/open.js';
import type { Engine } from '../../src/engine/engine.js';
import type { FileSystem } from '../../src/lake/fileSystem.js';
import { nodeFileSystem } from '../../src/lake/nodeFileSystem.js';
import { ProblemError } from '../../src/protocol/problem.js';
import { type Fault, faultyFileSystem } from '../support/faultyFileSystem.js';
import { plainGenerations, writeGeneration, writeGenerationNotebook } from '../support/generations.js';
import { deep, prove } from '../support/proof.js';
import { type TemporaryProject, temporaryProject } from '../support/temporaryProject.js';

/** Runs everything with a file system that may fail; tells how it ended. */
async function run(root: string, fileSystem: FileSystem): Promise<string> {
  try {
    const project = await openProject({ directory: root }, { fileSystem });
    try {
      return (await project.run({ select: [], fullRefresh: false, wait: true })).status;
    } finally {
      await project.close();
    }
  } catch (error) {
    assert(error instanceof ProblemError, String(error));
    return error.problem.code;
  }
}

/** Each ordinary run tries a few dozen of the calls, other ones each time; the long tests try them all. */
const step = deep ? 1 : 12;

describe('a run one of whose file system calls fails', function () {
  this.timeout(600_000);
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

  for (const when of ['before', 'after'] as const) {
    it(`leaves every table whole when it fails ${when} the call`, async () => {
      writeGeneration(project, 0);
      assert.equal(await run(project.root, nodeFileSystem), 'succeeded');
      let failed = 0;
      let generation = 0;
      let before = await plainGenerations(project.root, engine);
      for (let at = 1 + Math.floor(Math.random() * step); ; at += step) {
        generation += 1;
        writeGeneration(project, generation);
        const fault: Fault = { at, when, process: 'goes on' };
        const faulty = faultyFileSystem(nodeFileSystem, fault);
        const status = await run(project.root, faulty.fileSystem);
        if (status !== 'succeeded') failed += 1;
        for (const [table, now] of await plainGenerations(project.root, engine)) {
          const whole = now === before.get(table) || now === generation;
          assert(whole, `${table} is of generation ${now} after a fault at call ${at}`);
        }
        assert.equal(await run(project.root, nodeFileSystem), 'succeeded', `after a fault at call ${at}`);
        before = await plainGenerations(project.root, engine);
        assert.deepEqual([...new Set(before.values())], [generation], `after a fault at call ${at}`);
        if (faulty.calls() < at) break;
      }
      assert(failed > (deep ? 100 : 5), `only ${failed} runs failed`);
      prove(`failing calls, ${when}`, {
        'calls tried': generation,
        'runs that failed': failed,
        'broken tables': 0,
      });
    });
  }
});
