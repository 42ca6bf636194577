import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findNodeAtLocation, getNodeValue } from 'jsonc-parser';
import * as v from 'valibot';
import { type Place, ProblemError, problem } from '../protocol/problem.js';
import { suggest } from '../protocol/suggest.js';
import { lineAndColumn } from '../protocol/text.js';
import { settingsFileName } from './root.js';
import { doubledKey, readSettingsJson } from './settingsJson.js';

const text = v.string('must be a text');
const filledText = v.pipe(text, v.minLength(1, 'must not be empty'));
const wholeNumber = v.pipe(v.number('must be a number'), v.integer('must be a whole number'));

/** The schema of `ratatouille.json`; editors complete from it. */
export const settingsSchema = v.strictObject(
  {
    $schema: v.optional(described(text, 'Where an editor finds this schema.')),
    name: described(filledText, 'What people call the project.'),
    notebooks: v.optional(
      described(filledText, 'Which notebooks are the pipeline. Default: notebooks/**/*.ratnb'),
    ),
    environment: v.optional(
      described(
        v.pipe(text, v.regex(/^[a-z][a-z0-9_-]{0,30}$/, 'must be a short name in lower case, as prod')),
        'The environment to work in. Default: prod',
      ),
    ),
    memory: v.optional(
      described(
        v.pipe(
          text,
          v.regex(
            /^[0-9]+(\.[0-9]+)? ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/,
            'must be a number and a unit, as 4GB',
          ),
        ),
        'What the engine may use, as 4GB.',
      ),
    ),
    threads: v.optional(
      described(
        v.pipe(wholeNumber, v.minValue(1, 'must be at least 1'), v.maxValue(1024, 'must be at most 1024')),
        'Default: all cores.',
      ),
    ),
    keepVersions: v.optional(
      described(
        v.pipe(wholeNumber, v.minValue(1, 'must be at least 1'), v.maxValue(1000, 'must be at most 1000')),
        'How many earlier versions of a table are kept. Default: 5',
      ),
    ),
    timeZone: v.optional(described(filledText, 'The session time zone. Default: UTC')),
  },
  ({ received }) => (received === 'undefined' ? 'is missing' : 'must be an object'),
);

function described<T extends v.GenericSchema>(schema: T, description: string) {
  return v.pipe(schema, v.description(description));
}

type WrittenSettings = v.InferOutput<typeof settingsSchema>;

/** The settings of a project with their defaults filled in. */
export interface ProjectSettings {
  readonly name: string;
  readonly notebooks: string;
  readonly environment: string;
  readonly memory: string | undefined;
  readonly threads: number | undefined;
  readonly keepVersions: number;
  readonly timeZone: string;
}

/** Reads the settings of the project at `root`; throws a ProblemError `project.settings` with its place. */
export function readSettings(root: string): ProjectSettings {
  return parseSettings(readFileSync(join(root, settingsFileName), 'utf8'));
}

/** As {@link readSettings}, from the file's text. Comments, trailing commas and a byte order mark are allowed. */
export function parseSettings(file: string): ProjectSettings {
  const text = file.replace(/^\ufeff/, '');
  const json = readSettingsJson(text);
  if (!json.ok) {
    const message = `${settingsFileName} is not JSON: ${json.reason}.`;
    throw settingsError(message, placeOf(text, json.offset), howItLooks);
  }
  const { tree } = json;
  const doubled = doubledKey(tree);
  if (doubled !== undefined) {
    const message = `"${doubled.key}" is twice in ${settingsFileName}.`;
    throw settingsError(message, placeOf(text, doubled.offset), 'Take one of the two out.');
  }
  const value: unknown = getNodeValue(tree);
  const unknownKey = unknownKeyOf(value);
  if (unknownKey !== undefined) {
    const at = findNodeAtLocation(tree, [unknownKey])?.parent?.offset ?? 0;
    const message = `${settingsFileName} has an unknown setting "${unknownKey}".`;
    throw settingsError(message, placeOf(text, at), hintForUnknown(unknownKey));
  }
  if (Array.isArray(value))
    throw settingsError(`${settingsFileName} must be an object.`, placeOf(text, 0), howItLooks);
  const result = v.safeParse(settingsSchema, value, { abortEarly: true });
  if (!result.success) {
    const [fault] = result.issues;
    const key = v.getDotPath(fault);
    const at = key === null ? undefined : findNodeAtLocation(tree, [key])?.offset;
    const where = key === null ? settingsFileName : `"${key}" in ${settingsFileName}`;
    throw settingsError(`${where} ${fault.message}.`, placeOf(text, at ?? 0), hintForValue(key));
  }
  const settings = withDefaults(result.output);
  if (!isTimeZone(settings.timeZone)) {
    const at = findNodeAtLocation(tree, ['timeZone'])?.offset ?? 0;
    const message = `"timeZone" in ${settingsFileName} is no time zone: ${settings.timeZone}.`;
    throw settingsError(message, placeOf(text, at), hintForValue('timeZone'));
  }
  return settings;
}

function isTimeZone(name: string): boolean {
  if (name === 'UTC') return true;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function unknownKeyOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).find((key) => !Object.hasOwn(settingsSchema.entries, key));
}

function withDefaults(written: WrittenSettings): ProjectSettings {
  return {
    name: written.name,
    notebooks: written.notebooks ?? 'notebooks/**/*.ratnb',
    environment: written.environment ?? 'prod',
    memory: written.memory,
    threads: written.threads,
    keepVersions: written.keepVersions ?? 5,
    timeZone: written.timeZone ?? 'UTC',
  };
}

function placeOf(text: string, offset: number): Place {
  return { file: settingsFileName, ...lineAndColumn(text, offset) };
}

const howItLooks = 'It looks so: { "name": "Sales", "threads": 2 }';

/** What each setting takes. */
const takes: Readonly<Record<keyof typeof settingsSchema.entries, string>> = {
  $schema: 'a text',
  name: 'a text, as "Sales"',
  notebooks: 'a pattern of paths, as "notebooks/**/*.ratnb"',
  environment: 'a short name of lower-case letters, digits, _ and -, as "prod"',
  memory: 'a number and a unit from KB to TB, or from KiB to TiB, as "4GB"',
  threads: 'a whole number from 1 to 1024, as 4',
  keepVersions: 'a whole number from 1 to 1000, as 5',
  timeZone: 'the name of a time zone, as "UTC" or "Europe/Berlin"',
};

function hintForValue(key: string | null): string {
  const taken = Object.entries(takes).find(([each]) => each === key)?.[1];
  return taken === undefined ? howItLooks : `"${key}" takes ${taken}.`;
}

function hintForUnknown(key: string): string {
  const known = Object.keys(settingsSchema.entries);
  const near = suggest(key, known);
  return near === undefined ? `The settings are: ${known.join(', ')}.` : `Did you mean "${near}"?`;
}

function settingsError(message: string, place: Place, hint: string): ProblemError {
  return new ProblemError(problem('project.settings', message, { place, hint }));
}
