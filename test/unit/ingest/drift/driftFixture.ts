import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineSession } from '../../../../src/engine/engine.js';
import { DriftFinder } from '../../../../src/ingest/drift/driftFinder.js';
import type { LandingFixture } from '../landingFixture.js';

/** Looks for drift in a fixture's files. */
export function finderOf(fixture: LandingFixture, session: EngineSession): DriftFinder {
  const { landingDirectory, contractsDirectory, root } = fixture;
  const directory = mkdtempSync(join(root, 'search-'));
  return new DriftFinder({ landingDirectory, contractsDirectory, session, directory });
}
