// node out/test/corpus/report.js: tries every kind of pollution and writes docs/proof/polluted.md.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../rules/imports.js';
import { ways } from './description.js';
import { judge, type Outcome } from './judge.js';
import { kinds } from './kinds.js';
import { tryOurs } from './ours.js';
import { trySniffed } from './sniffed.js';
import { verdictOf } from './verdict.js';

const all = Object.values(kinds).flat();
const outcomes: readonly Outcome[] = ['right', 'rejected', 'loud', 'silently wrong'];
const columns = ['first look', 'behind a contract', 'rejects allowed', 'DuckDB, sniffed'] as const;

const columnsOfOutcomes: (readonly Outcome[])[] = [];
const faults: string[] = [];
for (const way of ways) {
  const verdicts = (await tryOurs(all, way)).map((tried) => verdictOf(tried, way));
  columnsOfOutcomes.push(verdicts.map(({ outcome }) => outcome));
  for (const { pollution, fault } of verdicts)
    if (fault !== undefined) faults.push(`${way}, ${pollution.title}: ${fault}`);
}
const sniffed: Outcome[] = [];
for (const pollution of all) {
  const { truth, reading } = await trySniffed(pollution);
  sniffed.push(judge(truth, reading, false).outcome);
}
columnsOfOutcomes.push(sniffed);

mkdirSync(join(repository, 'docs/proof'), { recursive: true });
writeFileSync(join(repository, 'docs/proof/polluted.md'), page());
process.stdout.write(`${all.length} kinds, ${faults.length} not as they have to be\n${faults.join('\n')}\n`);
process.exit(faults.length === 0 ? 0 : 1);

function page(): string {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain') === '' ? '' : ' with uncommitted changes';
  return [
    '# Polluted CSV files, last run',
    '',
    `Commit ${git('rev-parse', 'HEAD')}${changed}, ${new Date().toISOString()}, Node ${process.versions.node}, ` +
      `${process.platform} ${process.arch}. Made by \`node out/test/corpus/report.js\`.`,
    '',
    `${all.length} kinds of files, each made from a description that also says what must come of it: the rows with`,
    'their values and types, the records that must be rejected with line and reason, or that no reading is right. What is',
    'in the bronze table, in `_file` and `_row` too, and in `rejects()`, is compared with that.',
    '',
    '- **first look**: the files land, and there is no contract yet.',
    '- **behind a contract**: a good file has its contract, and this one comes after it; no record may be rejected.',
    '- **rejects allowed**: the same, with `maxRejects`.',
    '- **DuckDB, sniffed**: `read_csv(file)` without an option. Every value that says the same counts as right, whatever',
    '  its type, and a name that it invents where the file gives none.',
    '',
    '*right*: exactly the rows. *rejected*: exactly the good rows, and exactly the bad records are told. *loud*: an error',
    'with a place and with what to try, and nothing published. *silently wrong*: anything else.',
    '',
    tableHead(''),
    ...outcomes.map((outcome) =>
      tableRow(
        `**${outcome}**`,
        columnsOfOutcomes.map((column) => `${column.filter((each) => each === outcome).length}`),
      ),
    ),
    '',
    ...knownLimits(),
    ...Object.entries(kinds).flatMap(([group, members]) => [
      `## ${group}`,
      '',
      tableHead('kind'),
      ...members.map((pollution) => {
        const at = all.indexOf(pollution);
        return tableRow(
          pollution.title,
          columnsOfOutcomes.map((column) => shown(column[at])),
        );
      }),
      '',
    ]),
  ].join('\n');
}

function knownLimits(): readonly string[] {
  const known = all.filter((pollution) => pollution.known !== undefined);
  if (known.length === 0) return [];
  const lines = known.map(({ title, known: reasons = {} }) => `- ${title}: ${Object.values(reasons)[0]}.`);
  return ['What is silently wrong, and known:', '', ...lines, ''];
}

function shown(outcome: Outcome | undefined): string {
  return outcome === 'silently wrong' ? '**silently wrong**' : (outcome ?? '–');
}

function tableHead(first: string): string {
  return `${tableRow(first, columns)}\n|${'-|'.repeat(columns.length + 1)}`;
}

function tableRow(first: string, cells: readonly string[]): string {
  return `| ${[first.replaceAll('|', '\\|'), ...cells].join(' | ')} |`;
}
