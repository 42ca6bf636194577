import { EngineError, type EngineSession, type QueryRows } from '../../engine/engine.js';
import { ProblemError } from '../../protocol/problem.js';
import type { Contract } from '../contractSchema.js';
import { selectOf } from '../read.js';
import { describeFailure, readFailureOf } from '../readError.js';
import { scanFile } from '../scanFile.js';
import { aboutIncoming, type IncomingFile } from './incomingFile.js';

/** The first rows under the proposed contract. */
export async function firstIncomingRows(
  { contract, headed }: IncomingFile,
  session: EngineSession,
  count: number,
  signal: AbortSignal,
): Promise<QueryRows> {
  const columns = 'SELECT * EXCLUDE (_file, _row) FROM';
  return session.rows(`${columns} (${selectOf([headed], contract)}) LIMIT ${count}`, { signal });
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
): Promise<Contract> {
  const headed = { ...incoming.headed, absolute: copy };
  let { contract } = incoming;
  return aboutIncoming(incoming.file, incoming.landingPath, async () => {
    await scanFile(headed, contract, headed.header.lineEnd, signal);
    for (;;) {
      try {
        await session.rows(`SELECT count(COLUMNS(*)) FROM (${selectOf([headed], contract)})`, { signal });
        return contract;
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
        const failure = readFailureOf(error, [headed], contract);
        if (failure === undefined) throw error;
        const column = failure.value?.column;
        if (column === undefined)
          throw new ProblemError(await describeFailure(failure, contract, 'its contract'));
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
