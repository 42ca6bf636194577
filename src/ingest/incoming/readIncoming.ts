import { EngineError, type EngineSession, type QueryRows } from '../../engine/engine.js';
import type { WidenedColumn } from '../../protocol/addData.js';
import { ProblemError } from '../../protocol/problem.js';
import type { Contract } from '../contractSchema.js';
import { excerpt } from '../fileProblem.js';
import { type HeadedFile, selectOf } from '../read.js';
import { describeFailure, locateFailure, readFailureOf } from '../readError.js';
import { scanStrictly } from '../scanFile.js';
import { aboutIncoming, type IncomingFile } from './incomingFile.js';

/** The first rows under the proposed contract. Throws a ProblemError `data.unclear` for a file that can't be read. */
export async function firstIncomingRows(
  { file, landingPath, contract, headed }: IncomingFile,
  session: EngineSession,
  count: number,
  signal: AbortSignal,
): Promise<QueryRows> {
  const columns = 'SELECT * EXCLUDE (_file, _row) FROM';
  return aboutIncoming(file, landingPath, async () => {
    try {
      return await session.rows(`${columns} (${selectOf([headed], contract)}) LIMIT ${count}`, { signal });
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      throw await unreadable(headed, contract, error, signal);
    }
  });
}

/** What the engine's error means; the scan of the whole file says more, and throws it. */
async function unreadable(
  headed: HeadedFile,
  contract: Contract,
  error: EngineError,
  signal: AbortSignal,
): Promise<Error> {
  await scanStrictly(headed, contract, headed.header, signal);
  const failure = readFailureOf(error, [headed], contract);
  if (failure === undefined) return error;
  return new ProblemError(await describeFailure(failure, contract, 'its contract'), { cause: error });
}

/** What the reading of a whole file came to. */
export interface WholeReading {
  readonly contract: Contract;
  /** Columns whose proposed type did not hold. */
  readonly widened: readonly WidenedColumn[];
}

/**
 * Reads a file to its end, as a run would, and returns the contract that all its rows fit: a column whose
 * values further down do not have the type of the first ones becomes VARCHAR. `copy` is the file to read.
 * Throws a ProblemError `data.unclear` for a record that fits no contract, and for a damaged file.
 */
export async function readWhole(
  incoming: IncomingFile,
  copy: string,
  session: EngineSession,
  signal: AbortSignal,
): Promise<WholeReading> {
  const headed = { ...incoming.headed, absolute: copy };
  let { contract } = incoming;
  const widened: WidenedColumn[] = [];
  return aboutIncoming(incoming.file, incoming.landingPath, async () => {
    await scanStrictly(headed, contract, headed.header, signal);
    for (;;) {
      try {
        await session.rows(`SELECT count(COLUMNS(*)) FROM (${selectOf([headed], contract)})`, { signal });
        return { contract, widened };
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        const failure = readFailureOf(error, [headed], contract);
        if (failure === undefined) throw error;
        if (failure.value === undefined)
          throw new ProblemError(await describeFailure(failure, contract, 'its contract'));
        const { column, text } = failure.value;
        const place = await locateFailure(failure, contract);
        widened.push({ column, ...(place !== undefined && { line: place.line }), value: excerpt(text) });
        contract = withText(contract, column);
      }
    }
  });
}

function withText(contract: Contract, column: string): Contract {
  const columns = contract.columns.map(({ name, type }) => ({
    name,
    type: name === column ? 'VARCHAR' : type,
  }));
  return { ...contract, columns };
}
