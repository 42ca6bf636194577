import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type Static, Type } from 'typebox';
import { Errors } from 'typebox/value';
import { type Place, ProblemError, problem } from '../protocol/problem.js';
import { lineAndColumn } from '../protocol/text.js';
import { settingsFileName } from './root.js';

/** The schema of `ratatouille.json`; editors complete from it. */
export const settingsSchema = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'Where an editor finds this schema.' })),
    name: Type.String({ minLength: 1, description: 'What people call the project.' }),
    notebooks: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Which notebooks are the pipeline. Default: notebooks/**/*.ratnb',
      }),
    ),
    environment: Type.Optional(
      Type.String({
        pattern: '^[a-z][a-z0-9_-]{0,30}$',
        description: 'The environment to work in. Default: prod',
      }),
    ),
    memory: Type.Optional(
      Type.String({
        pattern: '^[0-9]+(\\.[0-9]+)? ?(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$',
        description: 'What the engine may use, as 4GB.',
      }),
    ),
    threads: Type.Optional(Type.Integer({ minimum: 1, description: 'Default: all cores.' })),
    keepVersions: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 1000,
        description: 'How many earlier versions of a table are kept. Default: 5',
      }),
    ),
    timeZone: Type.Optional(
      Type.String({ minLength: 1, description: 'The session time zone. Default: UTC' }),
    ),
  },
  { additionalProperties: false },
);

type WrittenSettings = Static<typeof settingsSchema>;

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
  const errors: ParseError[] = [];
  const tree = parseTree(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined || tree === undefined) {
    const reason = first === undefined ? 'it is empty' : printParseErrorCode(first.error);
    throw settingsError(`${settingsFileName} is not JSON: ${reason}.`, placeOf(text, first?.offset ?? 0));
  }
  const value: unknown = getNodeValue(tree);
  const unknownKey = unknownKeyOf(value);
  if (unknownKey !== undefined) {
    const at = findNodeAtLocation(tree, [unknownKey])?.parent?.offset ?? 0;
    throw settingsError(`${settingsFileName} has an unknown setting "${unknownKey}".`, placeOf(text, at));
  }
  const fault = Errors(settingsSchema, value)[0];
  if (fault !== undefined) {
    const path = fault.instancePath.split('/').slice(1);
    const at = findNodeAtLocation(tree, path)?.offset ?? 0;
    const where = path.length === 0 ? settingsFileName : `"${path.join('.')}" in ${settingsFileName}`;
    throw settingsError(`${where} ${fault.message}.`, placeOf(text, at));
  }
  const settings = withDefaults(value as WrittenSettings);
  if (!isTimeZone(settings.timeZone)) {
    const at = findNodeAtLocation(tree, ['timeZone'])?.offset ?? 0;
    const message = `"timeZone" in ${settingsFileName} is no time zone: ${settings.timeZone}.`;
    throw settingsError(message, placeOf(text, at));
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
  return Object.keys(value).find((key) => !Object.hasOwn(settingsSchema.properties, key));
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

function settingsError(message: string, place: Place): ProblemError {
  const known = Object.keys(settingsSchema.properties).join(', ');
  return new ProblemError(
    problem('project.settings', message, { place, hint: `The settings are: ${known}.` }),
  );
}
