import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

const version = '1.19.6';
const doneMarker = 'installed';

/** A cell as Jupytext reads it: type, source, metadata. */
export type JupytextCell = readonly [
  type: string,
  source: string,
  metadata: Readonly<Record<string, unknown>>,
];

/** Reads notebooks with Jupytext, all in one Python process; the front matter is the first cell of each. */
export function readWithJupytext(texts: readonly string[]): readonly (readonly JupytextCell[])[] {
  const output = execFileSync(installedPython(), ['-c', program], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, PYTHONUTF8: '1', PYTHONWARNINGS: 'ignore' },
  });
  return JSON.parse(output) as JupytextCell[][];
}

const program = `
import json, sys, jupytext
def read(text):
    cells = jupytext.reads(text, fmt={'extension': '.lua', 'format_name': 'percent'}).cells
    return [[cell.cell_type, cell.source, cell.metadata] for cell in cells]
json.dump([read(text) for text in json.load(sys.stdin)], sys.stdout)
`;

/** The Python of an environment that has Jupytext, installed at the first call on a machine. */
function installedPython(): string {
  const cache = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'ratatouille');
  const folder = join(cache, `jupytext-${version}`);
  if (!existsSync(join(folder, doneMarker))) install(cache, folder);
  return pythonOf(folder);
}

function pythonOf(folder: string): string {
  return process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** Two test runs at once each install under a name of their own; the first to finish wins. */
function install(cache: string, folder: string): void {
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-jupytext-'));
  try {
    run(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', unfinished]);
    run(pythonOf(unfinished), [
      '-m',
      'pip',
      'install',
      '--quiet',
      '--disable-pip-version-check',
      `jupytext==${version}`,
    ]);
    writeFileSync(join(unfinished, doneMarker), '');
    if (!existsSync(join(folder, doneMarker))) {
      rmSync(folder, { recursive: true, force: true });
      renameSync(unfinished, folder);
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
}

function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    const why = 'The notebook tests read files with Jupytext: they need python3 with venv, and PyPI once.';
    throw new Error(`${why} ${command} ${args.join(' ')} failed.`, { cause: error });
  }
}
