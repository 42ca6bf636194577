import { ProblemError, problem } from '../protocol/problem.js';

/** What `landing('…')` was given: which files below `data/landing` are read. */
export interface LandingPattern {
  readonly text: string;
  /** From the outermost folder to the file's name. */
  readonly segments: readonly Segment[];
}

/** `**` stands for any number of folders, everything else for one name. */
export type Segment = 'any folders' | NameSegment;

interface NameSegment {
  readonly matches: (name: string) => boolean;
  /** Whether a name would match if its case did not count. */
  readonly matchesInAnyCase: (name: string) => boolean;
}

/**
 * Reads a pattern: `*` any characters of one name, `?` one character, `[a-z]` and `[!a-z]` one of a set,
 * `{a,b}` one of some texts, `**` any number of folders; all else means itself, and `[*]` is a real `*`.
 * Throws a ProblemError `landing.path` for what is no pattern or could leave the landing folder.
 */
export function parsePattern(text: string): LandingPattern {
  const fault = faultOf(text);
  if (fault !== undefined) throw patternError(text, fault);
  const parts = text.split('/');
  if (parts.at(-1) === '**') parts.push('*');
  return { text, segments: parts.map((part) => (part === '**' ? 'any folders' : segmentOf(part, text))) };
}

/** Tells whether a file, by its path below the landing folder, belongs to a pattern. */
export function matchesPattern(pattern: LandingPattern, path: string): boolean {
  return matchesFrom(pattern.segments, path.split('/'));
}

function matchesFrom(segments: readonly Segment[], names: readonly string[]): boolean {
  const [segment, ...rest] = segments;
  const [name, ...below] = names;
  if (segment === undefined || name === undefined) return segment === undefined && name === undefined;
  if (segment === 'any folders') return matchesFrom(rest, names) || matchesFrom(segments, below);
  return segment.matches(name) && matchesFrom(rest, below);
}

function faultOf(text: string): string | undefined {
  if (text.trim() === '') return 'is empty';
  if (text.includes('\\')) return 'has a backslash; folders are separated by /';
  if (text.includes('\0')) return 'has a NUL character';
  if (text.startsWith('/') || /^[A-Za-z]:/.test(text)) return 'is an absolute path';
  if (/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return 'is an address';
  const parts = text.split('/');
  if (parts.includes('..') || parts.includes('.')) return 'has a . or .. in it';
  if (parts.includes('')) return 'has an empty folder name';
  return undefined;
}

function patternError(text: string, fault: string): ProblemError {
  return new ProblemError(
    problem('landing.path', `landing('${text}') ${fault}.`, {
      hint: "Give a path below data/landing, as landing('pos_sales/*.csv').",
    }),
  );
}

function segmentOf(part: string, text: string): Segment {
  const source = `^${expressionOf(part.normalize('NFC'), text)}$`;
  const expression = new RegExp(source, 'su');
  const inAnyCase = new RegExp(source, 'isu');
  return {
    matches: (name) => expression.test(name.normalize('NFC')),
    matchesInAnyCase: (name) => inAnyCase.test(name.normalize('NFC')),
  };
}

function expressionOf(part: string, text: string): string {
  let expression = '';
  for (let at = 0; at < part.length; ) {
    const [piece, next] = pieceAt(part, at, text);
    expression += piece;
    at = next;
  }
  return expression;
}

/** One element of a name's pattern as a regular expression, and where the next one begins. */
function pieceAt(part: string, at: number, text: string): [piece: string, next: number] {
  const character = String.fromCodePoint(part.codePointAt(at) ?? 0);
  if (character === '*') return ['.*', at + 1];
  if (character === '?') return ['.', at + 1];
  if (character === '[') return setAt(part, at, text);
  if (character === '{') return choiceAt(part, at, text);
  return [literal(character), at + character.length];
}

function setAt(part: string, at: number, text: string): [string, number] {
  const negated = part[at + 1] === '!' || part[at + 1] === '^';
  const first = at + (negated ? 2 : 1);
  const end = part.indexOf(']', first + 1);
  if (end < 0) throw patternError(text, 'has a [ without its ]');
  const members = part.slice(first, end).replaceAll(/[\\\][^&~!@#$%*+,.:;<=>?`{|}()/'"]/g, '\\$&');
  const set = `[${negated ? '^' : ''}${members}]`;
  try {
    new RegExp(set, 'u');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw patternError(text, `has a set that makes no sense, ${part.slice(at, end + 1)}`);
  }
  return [set, end + 1];
}

function choiceAt(part: string, at: number, text: string): [string, number] {
  const end = part.indexOf('}', at);
  if (end < 0) throw patternError(text, 'has a { without its } in the same name');
  const inside = part.slice(at + 1, end);
  if (inside.includes('{')) throw patternError(text, 'has a { inside another');
  return [
    `(?:${inside
      .split(',')
      .map((choice) => expressionOf(choice, text))
      .join('|')})`,
    end + 1,
  ];
}

function literal(characters: string): string {
  return characters.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
