import assert from 'node:assert/strict';
import { saveNotebooks } from '../../../../src/extension/workspace/saveNotebooks.js';
import { problemFrom } from '../../app/runs.js';

/** A notebook whose save ends so. */
const notebook = (name: string, saved: boolean) => ({
  uri: { path: `/project/notebooks/${name}` } as Parameters<typeof saveNotebooks>[0][number]['uri'],
  save: async () => saved,
});

describe('saving notebooks', () => {
  it('is done when each is saved', () =>
    saveNotebooks([notebook('a.ratnb', true), notebook('b.ratnb', true)]));

  it('names the one that could not be', async () => {
    const work = saveNotebooks([notebook('a.ratnb', true), notebook('b.ratnb', false)]);
    const { code, message } = await problemFrom(work);
    assert.deepEqual([code, message], ['workspace.refused', 'b.ratnb could not be saved.']);
  });
});
