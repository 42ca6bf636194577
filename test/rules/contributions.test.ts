import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  commandIds,
  contextKeys,
  viewContainerId,
  viewIds,
  walkthroughId,
} from '../../src/extension/identifiers.js';
import { cellLanguage, notebookType } from '../../src/extension/notebook/identifiers.js';
import { stepKey, steps } from '../../src/extension/welcome/steps.js';
import { repository, sourceFiles } from './imports.js';

interface Contributed {
  readonly command: string;
  readonly when?: string;
}

const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const { contributes } = manifest;
const code = sourceFiles('src/extension');
const registered = new Set([
  ...Object.values(commandIds),
  ...code.flatMap(({ text }) =>
    [...text.matchAll(/registerCommand\(\s*'(ratatouille\.[^']+)'/g)].map((match) => match[1] ?? ''),
  ),
]);
const contributed = new Set<string>(contributes.commands.map(({ command }: Contributed) => command));
const conditions = JSON.stringify(contributes);

describe('what package.json contributes', () => {
  it('is every command that the code registers', () => {
    assert.deepEqual([...contributed].sort(), [...registered].sort());
  });

  it('names no command without registering it', () => {
    const texts = code.map(({ text }) => text).join('\n');
    const unused = Object.entries(commandIds).filter(([name]) => !texts.includes(`commandIds.${name}`));
    assert.deepEqual(unused, []);
  });

  it('has menus of known commands only', () => {
    const items: readonly Contributed[] = Object.values<Contributed[]>(contributes.menus).flat();
    assert.deepEqual(
      items.filter(({ command }) => !contributed.has(command)),
      [],
    );
  });

  it('has the views that the code fills', () => {
    const views = contributes.views[viewContainerId].map(({ id }: { id: string }) => id);
    assert.deepEqual(views, Object.values(viewIds));
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }: { id: string }) => id),
      [viewContainerId],
    );
  });

  it('has an empty state for each view', () => {
    for (const id of Object.values(viewIds)) {
      assert(
        contributes.viewsWelcome.some(({ view }: { view: string }) => view === id),
        id,
      );
    }
  });

  it('links to commands that exist', () => {
    const linked = [...conditions.matchAll(/\(command:([^)]+)\)/g)].map((match) => match[1] ?? '');
    const own = linked.filter((id) => id.startsWith('ratatouille.') && !/\.focus$/.test(id));
    assert(own.length > 10);
    assert.deepEqual(
      own.filter((id) => !contributed.has(id)),
      [],
    );
  });

  it('has the walkthrough that is written in walkthroughs/', async () => {
    const { readSteps } = await import(join(repository, 'scripts/walkthroughs.mjs'));
    const [walkthrough] = contributes.walkthroughs;
    assert.equal(`${manifest.publisher}.${manifest.name}#${walkthrough.id}`, walkthroughId);
    assert.deepEqual(
      walkthrough.steps,
      readSteps(join(repository, 'walkthroughs')),
      'Write the steps in walkthroughs/*.md and run `node scripts/walkthroughs.mjs`.',
    );
  });

  it('ticks each step by a key that the code sets', () => {
    const [walkthrough] = contributes.walkthroughs;
    const events = walkthrough.steps.flatMap(
      ({ completionEvents }: { completionEvents: string[] }) => completionEvents,
    );
    assert.deepEqual(
      events,
      steps.map((step) => `onContext:${stepKey(step)}`),
    );
  });

  it('uses context keys that the code sets', () => {
    const used = new Set(conditions.match(/\bratatouille\.(?:has|did)\w*(?:\.\w+)?/g));
    const known = new Set<string>([contextKeys.hasProject, ...steps.map(stepKey)]);
    assert.deepEqual(
      [...used].filter((key) => !known.has(key)),
      [],
    );
  });

  it('opens its notebooks in its language', () => {
    assert.deepEqual(
      contributes.notebooks.map(({ type }: { type: string }) => type),
      [notebookType],
    );
    assert(contributes.languages.some(({ id }: { id: string }) => id === cellLanguage));
  });

  it('points at files that are there', () => {
    const files = [...conditions.matchAll(/"(?:\.\/)?((?:media|walkthroughs)\/[^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    assert(files.length > 8);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(repository, file))),
      [],
    );
  });
});
