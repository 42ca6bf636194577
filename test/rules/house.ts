/** One folder of src and the folders it may import. Arrows only point at folders listed earlier. */
export interface Room {
  readonly folder: string;
  readonly mayImport: readonly string[];
}

const aboveTheLake = ['graph', 'notebook', 'sql', 'project', 'lake', 'engine', 'ingest', 'protocol'];

/** The house, leaves first: the layering of the code as data. `docs/architecture.md` says why. */
export const house: readonly Room[] = [
  { folder: 'protocol', mayImport: [] },
  { folder: 'sql', mayImport: ['protocol'] },
  { folder: 'notebook', mayImport: ['sql', 'protocol'] },
  { folder: 'graph', mayImport: ['notebook', 'sql', 'protocol'] },
  { folder: 'project', mayImport: ['protocol'] },
  { folder: 'lake', mayImport: ['protocol'] },
  { folder: 'engine', mayImport: ['sql', 'protocol'] },
  { folder: 'ingest', mayImport: ['engine', 'lake', 'sql', 'protocol'] },
  { folder: 'pipeline', mayImport: aboveTheLake },
  { folder: 'result', mayImport: ['engine', 'protocol'] },
  { folder: 'scaffold', mayImport: ['project', 'notebook', 'protocol'] },
  { folder: 'language', mayImport: ['graph', 'notebook', 'sql', 'protocol'] },
  { folder: 'app', mayImport: ['pipeline', 'result', ...aboveTheLake] },
  { folder: 'kernel/host', mayImport: ['app', 'protocol'] },
  { folder: 'kernel/client', mayImport: ['protocol'] },
  { folder: 'server', mayImport: ['app', 'result', 'protocol'] },
  { folder: 'cli', mayImport: ['app', 'server', 'scaffold', 'protocol'] },
  {
    folder: 'extension',
    mayImport: ['kernel/client', 'language', 'notebook', 'project', 'scaffold', 'lake', 'protocol'],
  },
  { folder: 'ui', mayImport: ['protocol'] },
];

/** Packages that only one folder may import. */
export const soleImporters: Readonly<Record<string, string>> = {
  '@duckdb/node-api': 'engine/duckdb',
  '@duckdb/node-bindings': 'engine/duckdb',
  vscode: 'extension',
};

/** Folders whose code runs where there is no Node. */
export const foldersWithoutNode: readonly string[] = [
  'protocol',
  'sql',
  'notebook',
  'graph',
  'language',
  'ui',
];

/** The only places that may write to the console: what a person reads is printed by the command line. */
export const consoleFolders: readonly string[] = [];
