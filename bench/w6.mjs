// W6: from the fork of a kernel to the first result of a cell, against a bare child that answers one query.
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { interleaved, ratatouille } from './support/measure.mjs';
import { guidedProject } from './support/projects.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const query = 'SELECT 42 AS answer';

export const rows = [
  {
    id: 'W6',
    what: 'kernel start → first result of a cell',
    goal: { text: '< 0.35 s', wallMs: 350 },
    async run({ repetitions }) {
      const project = await guidedProject({ rows: 3500 });
      await ratatouille('run', '--project', project);
      const { KernelClient } = await import(
        pathToFileURL(join(root, 'out/src/kernel/client/kernelClient.js')).href
      );
      return interleaved(repetitions + 2, {
        ours: () => firstResult(KernelClient, project),
        raw: bareResult,
      });
    },
  },
];

async function firstResult(KernelClient, project) {
  const logger = { debug() {}, info() {}, warn() {}, error() {} };
  const modulePath = join(root, 'dist/node/kernel.cjs');
  const started = performance.now();
  const kernel = new KernelClient({ modulePath, project, logger });
  let answered;
  const notebook = { path: 'notebooks/scratch.ratnb', cells: [{ kind: 'code', text: query }] };
  await kernel.request(
    'run cells',
    { notebook, run: [0] },
    {
      onEvent(event) {
        if (event.kind === 'cell output' && event.block.kind === 'table') answered ??= performance.now();
      },
    },
  );
  await kernel.stop();
  if (answered === undefined) throw new Error('The cell gave no table.');
  return { wallMs: answered - started };
}

function bareResult() {
  const started = performance.now();
  const child = fork(fileURLToPath(new URL('support/rawKernel.mjs', import.meta.url)), [], { silent: true });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('message', () => {
      const wallMs = performance.now() - started;
      child.on('exit', () => resolve({ wallMs }));
    });
    child.send(query);
  });
}
