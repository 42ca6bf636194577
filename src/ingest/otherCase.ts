import { type LandingPattern, matchesPattern, type Segment } from './pattern.js';

/** A pattern with its names in the case that a file's path has, which it matches in another one. */
export function patternInCaseOf({ text, segments }: LandingPattern, path: string): string {
  const written = text.split('/');
  const names = path.split('/');
  const anyFolders = segments.indexOf('any folders');
  const fixed = anyFolders === -1 ? names.length : anyFolders;
  const inCase = (name: string, index: number) => (isNamed(segments[index], name) ? written[index] : name);
  const head = names.slice(0, fixed).map(inCase);
  if (anyFolders === -1) return head.join('/');
  const below = { text, segments: segments.slice(fixed) };
  if (matchesPattern(below, names.slice(fixed).join('/'))) {
    return [...head, ...written.slice(fixed)].join('/');
  }
  const last = names.at(-1) ?? '';
  return [...names.slice(0, -1), isNamed(segments.at(-1), last) ? written.at(-1) : last].join('/');
}

/** Tells whether a pattern has the name of a file as it is, so that only a folder's name is in another case. */
export function hasNameOf({ segments }: LandingPattern, path: string): boolean {
  return isNamed(segments.at(-1), path.split('/').at(-1) ?? '');
}

function isNamed(segment: Segment | undefined, name: string): boolean {
  return segment !== undefined && segment !== 'any folders' && segment.matches(name);
}
