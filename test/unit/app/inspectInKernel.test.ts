import assert from 'node:assert/strict';
import { createKernelService } from '../../../src/app/kernelService.js';
import type { KernelEvent } from '../../../src/protocol/kernel.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { ProblemError } from '../../../src/protocol/problem.js';
import { projectForEach } from './runs.js';

const path = 'data/landing/t/a.csv';

describe('a file that a kernel inspects', () => {
  const project = projectForEach((temporary) => {
    temporary.write(path, `id,note\n1,a\n2,b,c\n${'3,a note of some length\n'.repeat(200_000)}`);
  });
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  it('is told while it is read', async () => {
    const events: KernelEvent[] = [];
    const { complete, file, landingPath, suspects } = await inspect((event) => events.push(event));
    assert.deepEqual([complete, file, landingPath, suspects.count], [true, path, 't/a.csv', 1]);
    const beginnings = events.flatMap((event) =>
      event.kind === 'inspection beginning' ? [event.inspection] : [],
    );
    assert.deepEqual(
      beginnings.map((each) => [each.complete, each.suspects.first[0]?.line]),
      [[false, 3]],
    );
  });

  it('is left when it is cancelled', async () => {
    const abort = new AbortController();
    const reading = inspect((event) => event.kind === 'inspection beginning' && abort.abort(), abort.signal);
    await assert.rejects(
      reading,
      (error) => error instanceof ProblemError && error.problem.code === 'sql.cancelled',
    );
  });

  async function inspect(emit: (event: KernelEvent) => unknown, signal = new AbortController().signal) {
    const service = createKernelService({ logger: silentLogger });
    await service.open({ project: project().root });
    try {
      const target = { file: `${project().root}/${path}`, shownAs: path };
      return await service.work['inspect file'](target, { signal, emit });
    } finally {
      await service.close();
    }
  }
});
