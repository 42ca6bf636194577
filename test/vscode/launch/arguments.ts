import path from 'node:path';
import { parseArgs } from 'node:util';

/** How the editor tests are called. */
export interface RunArguments {
  /** The folder of the built extension: the repository, or an unpacked package. */
  readonly extension: string;
  /** Where `{passed, failed}` goes. */
  readonly report: string | undefined;
  /** Where pictures go. */
  readonly pictures: string | undefined;
  readonly editor: 'server' | 'electron';
}

export function readArguments(repository: string): RunArguments {
  const { values } = parseArgs({
    options: {
      extension: { type: 'string', default: repository },
      report: { type: 'string' },
      pictures: { type: 'string' },
    },
  });
  return {
    extension: path.resolve(values.extension),
    report: values.report ?? process.env.RATATOUILLE_TEST_REPORT,
    pictures: values.pictures ?? process.env.RATATOUILLE_PICTURES,
    editor: readEditor(),
  };
}

function readEditor(): RunArguments['editor'] {
  const wanted = process.env.RATATOUILLE_VSCODE ?? (process.platform === 'linux' ? 'server' : 'electron');
  if (wanted === 'server' || wanted === 'electron') return wanted;
  throw new Error(`RATATOUILLE_VSCODE is “server” or “electron”, not “${wanted}”.`);
}
