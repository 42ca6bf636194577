import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openDuckDB } from '../../../src/engine/duckdb/open.js';
import { type Engine, EngineError, type EngineSession } from '../../../src/engine/engine.js';
import { emptyLandingCache } from '../../../src/ingest/fileKnowledge.js';
import { createLanding, type Landing, type LandingOptions } from '../../../src/ingest/landing.js';
import type { LandingSource } from '../../../src/ingest/landingSource.js';
import type { InputFile } from '../../../src/lake/manifest.js';
import { type Problem, ProblemError } from '../../../src/protocol/problem.js';
import { quoteLiteral } from '../../../src/sql/names.js';

/** What a model would see of one `landing('…')`. */
export interface LandingRows {
  /** `name TYPE`, without `_file` and `_row`. */
  readonly columns: readonly string[];
  /** Texts as the engine prints them, `_file` and `_row` last, in that order. */
  readonly rows: readonly (readonly (string | null)[])[];
  readonly files: readonly InputFile[];
}

/** A project's landing and contracts folders in the system's temporary folder. */
export class LandingFixture {
  readonly root = mkdtempSync(join(tmpdir(), 'ratatouille landing '));
  readonly landingDirectory = join(this.root, 'data', 'landing');
  readonly contractsDirectory = join(this.root, 'contracts');

  constructor(files: Readonly<Record<string, string | Buffer>> = {}) {
    mkdirSync(this.landingDirectory, { recursive: true });
    for (const [path, content] of Object.entries(files)) this.write(path, content);
  }

  write(path: string, content: string | Buffer): string {
    return write(join(this.landingDirectory, path), content);
  }

  writeContract(name: string, content: object | string): void {
    write(
      join(this.contractsDirectory, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    );
  }

  contract(name: string): string {
    return readFileSync(join(this.contractsDirectory, name), 'utf8');
  }

  landing(options: Partial<LandingOptions> = {}): Landing {
    const { landingDirectory, contractsDirectory } = this;
    return createLanding({
      landingDirectory,
      contractsDirectory,
      frozen: false,
      cache: emptyLandingCache,
      ...options,
    });
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true, maxRetries: 5 });
  }
}

function write(file: string, content: string | Buffer): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

/** One engine for the tests of a file: `const engine = useEngine()` inside `describe`. */
export function useEngine(): { readonly session: () => EngineSession } {
  const temporaryDirectory = mkdtempSync(join(tmpdir(), 'ratatouille-spill-'));
  let engine: Engine | undefined;
  let session: EngineSession | undefined;
  before(async () => {
    engine = await openDuckDB({ temporaryDirectory, threads: 2 });
    session = await engine.openSession();
  });
  after(async () => {
    await engine?.close();
    rmSync(temporaryDirectory, { recursive: true, force: true });
  });
  return {
    session: () => {
      if (session === undefined) throw new Error('The engine is open in tests only.');
      return session;
    },
  };
}

/** Reads as the pipeline does: query, finish, widen where that is allowed. Throws ProblemError. */
export async function readLanding(
  landing: Landing,
  pattern: string,
  session: EngineSession,
): Promise<LandingRows> {
  let source: LandingSource | undefined = await landing.open(pattern);
  for (;;) {
    try {
      const { rows } = await session.rows(
        `SELECT COLUMNS(*)::VARCHAR FROM (SELECT * FROM (${source.select}) ORDER BY _file, _row)`,
      );
      const columns = source.columns.slice(0, -2).map(({ name, type }) => `${name} ${type}`);
      return { columns, rows: rows as (string | null)[][], files: await source.finish() };
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      const wider = source.widen(error);
      if (wider === undefined) throw new ProblemError((await source.explain(error)) ?? unexplained(error));
      source = wider;
    }
  }
}

function unexplained(error: EngineError): Problem {
  throw error;
}

/** The problem that some work throws; fails when it throws none. */
export async function problemOf(work: () => unknown): Promise<Problem> {
  try {
    await work();
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It threw no problem.');
}

/** What a model would see of files whose records do not all fit. */
export interface RejectsRead {
  readonly source: LandingSource;
  readonly rows: readonly (readonly (string | null)[])[];
  readonly files: readonly InputFile[];
  readonly rejects: readonly (readonly (string | null)[])[];
}

/** Sets apart what does not fit and reads the rest. Throws ProblemError. */
export async function readApart(
  landing: Landing,
  pattern: string,
  session: EngineSession,
): Promise<RejectsRead> {
  const first = await landing.open(pattern);
  const directory = mkdtempSync(join(tmpdir(), "ratatouille apart [it's] "));
  try {
    const reader = { table: 'bronze.t', run: 7 };
    const source = (await first.setApart({ session, directory, reader })) ?? first;
    const { rejects } = source;
    const found =
      rejects === undefined
        ? []
        : await textsIn(
            session,
            `FROM read_parquet(${quoteLiteral(rejects.file.path.replaceAll(/[*?[]/g, '[$&]'))})`,
          );
    if (rejects?.refusal !== undefined) return { source, rows: [], files: [], rejects: found };
    const rows = await textsIn(session, `FROM (${source.select}) ORDER BY _file, _row`);
    return { source, rows, files: await source.finish(), rejects: found };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    throw new ProblemError((await first.explain(error)) ?? unexplained(error));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function textsIn(session: EngineSession, query: string): Promise<(string | null)[][]> {
  return (await session.rows(`SELECT COLUMNS(*)::VARCHAR FROM (${query})`)).rows as (string | null)[][];
}
