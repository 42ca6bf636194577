import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Part, type RunArguments, readArguments } from './launch/arguments.js';
import { runInElectron, runInServer } from './launch/inHost.js';
import type { TestResult } from './launch/report.js';
import { lookNarrowly } from './narrow/lookNarrowly.js';
import { takePictures } from './pictures/pictures.js';
import { tellStory } from './story/tellStory.js';
import { bundleSuite } from './support/bundle.js';
import { writeProject } from './support/project.js';

/**
 * Drives a real VS Code: `node out/test/vscode/run.js [--extension DIR] [--report FILE] [--pictures DIR] [--only PART]`.
 * The editor is RATATOUILLE_VSCODE: `server` (default on Linux) or `electron`.
 */
const compiled = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(compiled, '..', '..', '..');
const log = (message: string) => process.stdout.write(`${message}\n`);

async function main(): Promise<readonly TestResult[]> {
  const options = readArguments(repository);
  const work = await mkdtemp(path.join(tmpdir(), 'ratatouille-editor-'));
  try {
    const results: TestResult[] = [];
    for (const part of options.parts) results.push(...(await runPart[part](options, work)));
    await writeSummary(results, options.report);
    return results;
  } finally {
    await rm(work, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

type RunPart = (options: RunArguments, work: string) => Promise<readonly TestResult[]>;

const runPart: Readonly<Record<Part, RunPart>> = {
  suite: runSuite,
  results: lookAtResults,
  narrow: lookAtNarrowWindow,
  story: tellFirstMinutes,
};

async function runSuite({ extension, editor }: RunArguments, work: string): Promise<readonly TestResult[]> {
  const project = path.join(work, 'suite', 'project');
  await writeProject(project);
  const suite = await bundleSuite(compiled);
  const run = { extension, suite, project, report: path.join(work, 'report.json') };
  return editor === 'electron' ? runInElectron(run) : runInServer(run, log);
}

/** The desktop's window is not for a browser's driver to look at. */
async function lookAtResults(options: RunArguments, work: string): Promise<readonly TestResult[]> {
  if (options.editor === 'electron') return [];
  const project = path.join(work, 'pictures', 'project');
  await writeProject(project);
  return takePictures({ extension: options.extension, project, folder: options.pictures }, log);
}

async function lookAtNarrowWindow(options: RunArguments, work: string): Promise<readonly TestResult[]> {
  const { editor, extension, pictures } = options;
  return editor === 'electron'
    ? []
    : lookNarrowly({ extension, work: path.join(work, 'narrow'), pictures }, log);
}

async function tellFirstMinutes({ editor, pictures }: RunArguments): Promise<readonly TestResult[]> {
  return editor === 'electron' ? [] : tellStory({ repository, pictures }, log);
}

async function writeSummary(results: readonly TestResult[], file: string | undefined): Promise<void> {
  const failed = results.filter(({ failure }) => failure !== undefined).length;
  for (const { title, failure } of results)
    log(failure === undefined ? `  ✔ ${title}` : `  ✖ ${title}\n${failure}`);
  log(`\n  ${results.length - failed} passing, ${failed} failing`);
  if (file !== undefined) await writeFile(file, JSON.stringify({ passed: results.length - failed, failed }));
}

const results = await main();
process.exitCode = results.length > 0 && results.every(({ failure }) => failure === undefined) ? 0 : 1;
