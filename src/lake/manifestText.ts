import { createHash } from 'node:crypto';
import { layers } from '../protocol/layer.js';
import type { Manifest } from './manifest.js';

/** What an environment without a manifest has: nothing. */
export function emptyManifest(environment: string): Manifest {
  return {
    format: 1,
    environment,
    generation: 0,
    committedAt: new Date(0).toISOString(),
    run: 0,
    tables: {},
  };
}

/**
 * Prints a manifest on one line: it is read far more often by programs than by people. It ends in a checksum of
 * itself, so that an edit by hand that leaves it readable is found too.
 */
export function printManifest(manifest: Manifest): string {
  const text = JSON.stringify(manifest);
  return `${text.slice(0, -1)}${sealOf(text)}\n`;
}

function sealOf(text: string): string {
  return `,"sha256":"${createHash('sha256').update(text).digest('hex')}"}`;
}

const sealLength = sealOf('').length;

function isSealed(printed: string): boolean {
  const text = printed.trimEnd();
  return text.slice(-sealLength) === sealOf(`${text.slice(0, -sealLength)}}`);
}

/** Reads a manifest, or tells in words what is wrong with it. */
export function parseManifest(text: string, environment: string, generation: number): Manifest | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return `it is no JSON (${error instanceof Error ? error.message : error})`;
  }
  if (!isRecord(value)) return 'it holds no object';
  if (value.format !== 1) return `its format is ${value.format}, and this version of Ratatouille reads 1`;
  if (value.environment !== environment) return `it belongs to environment ${value.environment}`;
  if (value.generation !== generation) return `it says it is generation ${value.generation}`;
  const { sha256, ...manifest } = value;
  // Older programs wrote no checksum.
  if (sha256 !== undefined && !isSealed(text)) return 'it was changed after it had been written';
  if (!isRecord(manifest.tables)) return 'it has no tables';
  const bad = Object.entries(manifest.tables).find(([key, entry]) => !isEntry(key, entry));
  return bad === undefined ? (manifest as unknown as Manifest) : `its entry ${bad[0]} is incomplete`;
}

function isEntry(key: string, entry: unknown): boolean {
  if (!isRecord(entry) || typeof entry.name !== 'string' || entry.name.toLowerCase() !== key) return false;
  if (!layers.some((layer) => key.startsWith(`${layer}.`))) return false;
  const { version, earlier } = entry;
  if (!isVersion(version) || !Array.isArray(version.columns)) return false;
  return Array.isArray(earlier) && earlier.every(isVersion);
}

function isVersion(version: unknown): version is Record<string, unknown> {
  return (
    isRecord(version) &&
    typeof version.version === 'number' &&
    Array.isArray(version.files) &&
    Array.isArray(version.quarantine)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Tells whether a text that is no manifest here is one of a newer program. */
export function isOfNewerProgram(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && typeof value.format === 'number' && value.format > 1;
  } catch {
    return false;
  }
}
