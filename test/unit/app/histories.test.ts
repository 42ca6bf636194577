import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Project } from '../../../src/app/project.js';
import { deep, prove } from '../../support/proof.js';
import { type TemporaryProject, temporaryProject } from '../../support/temporaryProject.js';
import { errors, rows, run, statuses } from './runs.js';

const names = ['bronze.t0', 'bronze.t1', 'silver.t2', 'silver.t3', 'gold.t4', 'gold.t5'] as const;

/** What the notebooks and files say; each model's value is the sum of its parts. */
interface State {
  readonly models: {
    constant: number;
    reads: Set<number>;
    form: 'TABLE' | 'VIEW';
    bumped: boolean;
    remark: number;
  }[];
  bump: number;
  landed: number;
  outside: number;
}

function initialState(): State {
  const models = names.map((_, index) => ({
    constant: index,
    reads: new Set(index < 2 ? [] : [index - 1, index - 2]),
    form: 'TABLE' as const,
    bumped: false,
    remark: 0,
  }));
  return { models, bump: 1, landed: 10, outside: 20 };
}

function sumOf(state: State, index: number): number {
  const model = state.models[index] ?? assert.fail();
  const above = [...model.reads].reduce((sum, read) => sum + sumOf(state, read), 0);
  const files = index === 0 ? state.landed : index === 1 ? state.outside : 0;
  return model.constant + above + files + (model.bumped ? state.bump : 0);
}

function write(state: State, project: TemporaryProject): void {
  const cells = state.models.map(({ constant, reads, form, bumped, remark }, index) => {
    const files = index === 0 ? "landing('n.csv')" : index === 1 ? "read_csv('outside.csv')" : 'range(1)';
    const value = index < 2 ? 'max(v)' : '0';
    const above = [...reads].sort().map((read) => ` + (SELECT max(v) FROM ${names[read]})`);
    const sum = `${constant} + ${value}${above.join('')}${bumped ? ' + bump()' : ''}`;
    return `CREATE ${form} ${names[index]} AS\n-- ${remark}\nSELECT (${sum})::INTEGER AS v FROM ${files}`;
  });
  project.notebook('_session', `CREATE MACRO bump() AS ${state.bump}`);
  project.notebook('a', ...cells);
  project.write('data/landing/n.csv', `v\n${state.landed}\n`);
  project.write('outside.csv', `v\n${state.outside}\n`);
}

type Edit = (state: State, at: number, to: number, project: TemporaryProject) => void;

const edits: Readonly<Record<string, Edit>> = {
  'a constant': ({ models }, at, to) => {
    models[at]!.constant = to;
  },
  'a remark': ({ models }, at, to) => {
    models[at]!.remark = to;
  },
  'an input': ({ models }, at, to) => {
    const read = to % Math.max(1, at);
    if (at >= 2 && !models[at]!.reads.delete(read)) models[at]!.reads.add(read);
  },
  'the form': ({ models }, at) => {
    // A view never reads landing files.
    if (at > 0) models[at]!.form = models[at]!.form === 'TABLE' ? 'VIEW' : 'TABLE';
  },
  'the use of a macro': ({ models }, at) => {
    models[at]!.bumped = !models[at]!.bumped;
  },
  'the macro': (state, _, to) => {
    state.bump = to;
  },
  'the landing file': (state, _, to) => {
    state.landed = to;
  },
  'the outside file': (state, _, to) => {
    state.outside = to;
  },
  'a version on disk': (_state, at, _to, project) => removeVersions(project, at),
};

const model = fc.nat(names.length - 1);

/** Runs a part first now and then, so that tables of different runs meet. */
const step = fc.record({
  change: fc.constantFrom(...Object.keys(edits)),
  at: model,
  to: fc.integer({ min: 0, max: 99 }),
  part: fc.option(model, { freq: 2 }),
});
const history = fc.array(step, { minLength: 2, maxLength: 5 });

function removeVersions({ root }: TemporaryProject, index: number): void {
  const folder = join(root, '.ratatouille', 'versions', ...(names[index] ?? '').split('.'));
  try {
    const versions = readdirSync(folder).filter((name) => !name.endsWith('.json'));
    for (const name of versions) rmSync(join(folder, name, 'data.parquet'), { force: true });
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOENT');
  }
}

async function values(project: Project): Promise<readonly unknown[]> {
  const asked = names.map((name) => `SELECT v FROM ${name}`).join(' UNION ALL ');
  return ((await rows(project, asked)) as readonly (readonly unknown[])[]).map(([found]) => found);
}

/** Applies the changes one after the other, runs after each, and holds the lake against the sums. */
async function follow(
  steps: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[],
): Promise<void> {
  const temporary = temporaryProject();
  try {
    const state = initialState();
    write(state, temporary);
    await temporary.use(async (project) => {
      await run(project);
      for (const { change, at, to, part } of steps) {
        edits[change]?.(state, at, to, temporary);
        write(state, temporary);
        if (part !== null) await run(project, { select: [`${names[part]}`] });
        assert.deepEqual(errors(await run(project)), []);
        assert.deepEqual(
          await values(project),
          names.map((_, index) => sumOf(state, index)),
        );
      }
    });
    const last = await temporary.use((project) => run(project));
    assert.deepEqual([...new Set(Object.values(statuses(last)))], ['skipped']);
  } finally {
    temporary.remove();
  }
}

describe('any history of edits and runs', () => {
  it('ends where one run from nothing would', async function () {
    this.timeout(0);
    const histories = deep ? 1000 : 6;
    await fc.assert(fc.asyncProperty(history, follow), { numRuns: histories, endOnFailure: !deep });
    prove('histories of edits and runs', { histories });
  });
});
