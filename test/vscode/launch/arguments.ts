import path from 'node:path';
import { parseArgs } from 'node:util';

/** What the editor tests are made of, in the order in which they run. */
const parts = ['suite', 'results', 'narrow', 'story'] as const;

export type Part = (typeof parts)[number];

/** How the editor tests are called. */
export interface RunArguments {
  /** The folder of the built extension: the repository, or an unpacked package. */
  readonly extension: string;
  /** Where `{passed, failed}` goes. */
  readonly report: string | undefined;
  /** Where pictures go. */
  readonly pictures: string | undefined;
  readonly editor: 'server' | 'electron';
  readonly parts: readonly Part[];
}

export function readArguments(repository: string): RunArguments {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: repository },
      report: { type: 'string' },
      pictures: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const editor = readEditor();
  if (editor === 'electron' && values.only !== undefined && values.only !== 'suite') {
    throw new Error(
      `The desktop’s window is not for a browser’s driver to look at: no --only ${values.only}.`,
    );
  }
  return {
    extension: path.resolve(values.extension),
    report: values.report ?? process.env.RATATOUILLE_TEST_REPORT,
    pictures: values.pictures ?? process.env.RATATOUILLE_PICTURES,
    editor,
    parts: values.only === undefined ? parts : [readPart(values.only)],
  };
}

function readPart(wanted: string): Part {
  const part = parts.find((each) => each === wanted);
  if (part === undefined) throw new Error(`--only takes one of ${parts.join(', ')}, not “${wanted}”.`);
  return part;
}

function readEditor(): RunArguments['editor'] {
  const wanted = process.env.RATATOUILLE_VSCODE ?? (process.platform === 'linux' ? 'server' : 'electron');
  if (wanted === 'server' || wanted === 'electron') return wanted;
  throw new Error(`RATATOUILLE_VSCODE is “server” or “electron”, not “${wanted}”.`);
}
