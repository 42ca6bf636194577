import { ProblemError, problem } from '../../protocol/problem.js';
import { EngineError } from '../engine.js';
import { offsetInText, type Submission } from './submission.js';

/** What `errors_as_json` makes of an error. All fields are text; most errors have few of them. */
interface Report {
  readonly exception_type?: string;
  readonly exception_message?: string;
  /** In the submitted text; its unit depends on who found the error. */
  readonly position?: string;
  readonly error_subtype?: string;
  readonly name?: string;
  /** What the name was taken for, as `Table`. */
  readonly type?: string;
  /** Names, separated by commas. */
  readonly candidates?: string;
}

const missingSubtypes = new Set(['COLUMN_NOT_FOUND', 'MISSING_ENTRY']);

/** Gives an error of the native binding the shape of the port. Errors that have a shape are returned as they are. */
export function toEngineError(error: unknown, submission: Submission): Error {
  if (error instanceof EngineError || error instanceof ProblemError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const report = parseReport(text);
  if (report?.exception_message === undefined) {
    return new EngineError(text, { type: typeOf(text) }, { cause: error });
  }
  const unit = report.error_subtype === 'SYNTAX_ERROR' ? 'character' : 'byte';
  const offset = report.position && offsetInText(submission, Number(report.position), unit);
  const member = unknownMember(report.exception_message);
  const candidates = namesOf(report);
  const missing = report.error_subtype !== undefined && missingSubtypes.has(report.error_subtype);
  return new EngineError(
    forPeople(report.exception_message, report.exception_type),
    {
      type: report.exception_type ?? typeOf(text),
      ...(typeof offset === 'number' && { offset: member ? atMember(submission, offset, member) : offset }),
      ...(member && { missing: member.name, qualifier: member.of }),
      ...(missing && report.name && { missing: report.name }),
      ...(missing && report.type && { missingKind: report.type }),
      ...(candidates.length > 0 && { candidates }),
    },
    { cause: error },
  );
}

/** The rejection of a statement whose signal was aborted. */
export function cancelled(cause?: unknown): ProblemError {
  return new ProblemError(problem('sql.cancelled', 'The statement was cancelled'), { cause });
}

/** Some errors carry a prefix before their JSON: `Failed to extract statements: Parser Error: {…}`. */
function parseReport(text: string): Report | undefined {
  const start = text.indexOf('{"exception_type"');
  if (start < 0) return undefined;
  try {
    return JSON.parse(text.slice(start)) as Report;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** `INTERNAL Error: …` and `FATAL Error: …` keep their text and are told by its first word. */
function typeOf(text: string): string {
  return /^([A-Za-z ]+) Error: /.exec(text)?.[1] ?? 'Unknown';
}

/** Candidates travel on their own, so the engine's sentences about them are cut; a report on itself is kept whole. */
function forPeople(message: string, type: string | undefined): string {
  if (type === 'INTERNAL' || type === 'FATAL') return message;
  // Below it is advice for who writes SQL for the engine alone: settings that are the project's here, and addresses.
  if (type === 'Out of Memory') return `The memory does not suffice: ${message.split('\n', 1)[0]}`;
  return message
    .replace(/\s*\n\s*(Did you mean|Candidate (bindings|tables|functions|Entries))[\s\S]*$/, '')
    .replaceAll(/session_\d+\./g, '')
    .trim();
}

/** A column behind the name of a table or an alias: the engine tells of it in its sentence alone. */
interface UnknownMember {
  readonly of: string;
  readonly name: string;
}

function unknownMember(message: string): UnknownMember | undefined {
  const [, of, name] =
    /^[A-Z][a-z ]+ "([^"\n]+)" does not have a column named "([^"\n]+)"/.exec(message) ?? [];
  return of === undefined || name === undefined ? undefined : { of, name };
}

/** The engine gives the place of the first part of `s.amount`. */
function atMember({ text }: Submission, offset: number, { name }: UnknownMember): number {
  const path =
    /^(?:(?:"[^"]*"|[^\s".]+)\s*\.\s*)+(?:"[^"]*"|[\p{L}\p{N}_$]+)/u.exec(text.slice(offset))?.[0] ?? '';
  for (const { 0: part, index } of path.matchAll(/"[^"]*"|[\p{L}\p{N}_$]+/gu)) {
    if (index > 0 && part.replaceAll('"', '').toLowerCase() === name.toLowerCase()) return offset + index;
  }
  return offset;
}

function namesInMessage(message: string): readonly string[] {
  const listed = /\nCandidate (?:bindings|tables): [: ]*("[\s\S]*)$/.exec(message)?.[1] ?? '';
  return [...listed.matchAll(/"([^"]+)"/g)].map(([, name = '']) => name);
}

/** The catalogs of sessions are ours, and system tables are not what anybody meant. */
function namesOf(report: Report): readonly string[] {
  const isFunction = report.candidates?.includes(' -> ') ?? false;
  const names = isFunction
    ? [report.candidates ?? '']
    : (report.candidates?.split(',') ?? namesInMessage(report.exception_message ?? ''));
  return names
    .map((name) => name.trim())
    .filter((name) => name !== '' && !/^(pg_|session_\d+\.|ratatouille\.)/.test(name));
}
