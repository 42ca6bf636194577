// W9: the command's help, and what the extension does before it is active.
import { fileURLToPath } from 'node:url';
import { interleaved, measure, ratatouille } from './support/measure.mjs';

const activation = fileURLToPath(new URL('support/activate.cjs', import.meta.url));

export const rows = [
  {
    id: 'W9-help',
    what: '`ratatouille --help`; raw is an empty Node script',
    goal: { text: '< 0.15 s', wallMs: 150 },
    run: ({ repetitions }) =>
      interleaved(repetitions + 7, {
        ours: () => ratatouille('--help'),
        raw: () => measure(['-e', '0']),
      }),
  },
  {
    id: 'W9-activation',
    what: 'loading the extension and `activate()`, with a stand-in for VS Code',
    goal: { text: '< 0.05 s', wallMs: 50 },
    async run({ repetitions }) {
      const taken = await interleaved(repetitions + 2, {
        ours: async () => JSON.parse((await measure([activation])).stdout),
      });
      return { ...taken, notes: ['VS Code’s own part is not in it'] };
    },
  },
];
