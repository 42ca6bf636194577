import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openProject } from '../../src/app/openProject.js';
import { openDuckDB } from '../../src/engine/duckdb/open.js';
import type { Engine } from '../../src/engine/engine.js';
import type { FileSystem } from '../../src/lake/fileSystem.js';
import { nodeFileSystem } from '../../src/lake/nodeFileSystem.js';
import { type Fault, faultyFileSystem } from '../support/faultyFileSystem.js';
import { plainGenerations, writeGeneration, writeGenerationNotebook } from '../support/generations.js';
import { prove } from '../support/proof.js';
import { type TemporaryProject, temporaryProject } from '../support/temporaryProject.js';

/** Runs everything with a file system that may fail; tells how it ended. */
async function run(root: string, fileSystem: FileSystem): Promise<string> {
  const project = await openProject({ directory: root }, { fileSystem });
  try {
    return (await project.run({ select: [], fullRefresh: false, wait: true })).status;
  } catch {
    return 'refused';
  } finally {
    await project.close().catch(() => undefined);
  }
}

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
      for (let at = 1; ; at += 1) {
        generation += 1;
        writeGeneration(project, generation);
        const fault: Fault = { at, when, process: 'goes on' };
        const faulty = faultyFileSystem(nodeFileSystem, fault);
        const status = await run(project.root, faulty.fileSystem);
        if (status !== 'succeeded') failed += 1;
        await plainGenerations(project.root, engine);
        assert.equal(await run(project.root, nodeFileSystem), 'succeeded', `after a fault at call ${at}`);
        const tables = await plainGenerations(project.root, engine);
        assert.deepEqual([...new Set(tables.values())], [generation], `after a fault at call ${at}`);
        if (faulty.calls() < at) break;
      }
      assert(failed > 10, `only ${failed} runs failed`);
      prove(`failing calls, ${when}`, { calls: generation - 1, 'runs that failed': failed, 'broken tables': 0 });
    });
  }
});
