import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../rules/imports.js';

/** True in `npm run test:deep`: many more rounds. */
export const deep = process.env.RATATOUILLE_DEEP === '1';

/** Leaves figures for the report of the long tests. */
export function prove(proof: string, figures: Readonly<Record<string, number | string>>): void {
  mkdirSync(join(repository, 'out'), { recursive: true });
  appendFileSync(join(repository, 'out/proof.jsonl'), `${JSON.stringify({ proof, ...figures })}\n`);
}
