import { InvalidArgumentError, Option } from 'commander';

/** `--project`, for commands that work in a project. */
export function projectOption(): Option {
  return new Option('--project <dir>', 'a folder in the project; default: the working directory');
}

/** `--json`, for commands whose answer a program may read. */
export function jsonOption(): Option {
  return new Option('--json', 'print the answer as one JSON document');
}

/** `--frozen`, for commands that may look at a landing for the first time. */
export function frozenOption(): Option {
  return new Option('--frozen', 'refuse a landing without a contract; CI=true implies it');
}

/** The opposite of `--frozen`. */
export function notFrozenOption(): Option {
  return new Option('--no-frozen', 'write a missing contract even if CI=true');
}

/** `--full-refresh`, for commands that decide what to build. */
export function fullRefreshOption(): Option {
  return new Option('--full-refresh', 'build even what is up to date');
}

/** Reads a whole number of at least `least`; for `argParser`. */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    const number = Number(text.replaceAll('_', ''));
    if (/^\d[\d_]*$/.test(text) && Number.isSafeInteger(number) && number >= least) return number;
    throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
  };
}

/** Reads how many rows are wanted: a whole number, or `all` for infinity; for `argParser`. */
export function rowLimit(text: string): number {
  return text === 'all' ? Number.POSITIVE_INFINITY : wholeNumber(0)(text);
}

/** Collects the values of an option that may be repeated; for `argParser`. */
export function collected(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
