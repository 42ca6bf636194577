import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tellStory } from './tellStory.js';

/** The story alone: `node out/test/vscode/story/run.js [--pictures DIR]`. */
const { values } = parseArgs({ options: { pictures: { type: 'string' } } });
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
const log = (message: string) => process.stdout.write(`${message}\n`);
const pictures = values.pictures === undefined ? undefined : path.resolve(values.pictures);
const results = await tellStory({ repository, pictures }, log);
for (const { title, failure } of results)
  log(failure === undefined ? `  ✔ ${title}` : `  ✖ ${title}\n${failure}`);
process.exitCode = results.every(({ failure }) => failure === undefined) ? 0 : 1;
