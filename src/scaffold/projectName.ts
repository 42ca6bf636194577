import { basename, resolve } from 'node:path';
import { ProblemError, problem } from '../protocol/problem.js';

const longestName = 200;

/**
 * The name of a new project: the one that is given, else its folder's. Throws a ProblemError `scaffold.name`
 * for an empty or very long one and for line breaks and other control characters.
 */
export function projectName(given: string | undefined, directory: string): string {
  const name = (given ?? basename(resolve(directory))).trim();
  if (name === '') throw nameError('A project needs a name.', 'Give one that people will call it by.');
  if (/\p{Cc}/u.test(name))
    throw nameError('A project name is one line of text.', 'Leave control characters out.');
  if (name.length > longestName) {
    throw nameError(`A project name has ${longestName} characters at most.`, 'Give a shorter one.');
  }
  return name;
}

function nameError(message: string, hint: string): ProblemError {
  return new ProblemError(problem('scaffold.name', message, { hint }));
}
