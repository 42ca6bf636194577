// Keeps what the long tests found, with the commit they ran on, in docs/proof/.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Where tests leave figures worth keeping, a JSON object a line: { "proof": "…", … }. */
export const proofLog = 'out/proof.jsonl';

/** Writes docs/proof/deep.md from the totals and from what the tests noted. */
export function writeDeepReport(totals) {
  const commit = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
  const changed = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' }).trim() !== '';
  const lines = [
    '# The long tests, last run',
    '',
    `Commit ${commit}${changed ? ' with uncommitted changes' : ''}, ${new Date().toISOString()}, ` +
      `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores.`,
    'Made by `npm run test:deep`.',
    '',
    '| part | passed | failed | seconds |',
    '|-|-|-|-|',
    ...totals.map(
      (each) => `| ${each.name} | ${each.passed} | ${each.failed} | ${each.seconds.toFixed(0)} |`,
    ),
    '',
    ...proofs(),
  ];
  mkdirSync('docs/proof', { recursive: true });
  writeFileSync('docs/proof/deep.md', lines.join('\n'));
}

function proofs() {
  let text = '';
  try {
    text = readFileSync(proofLog, 'utf8');
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  const entries = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return entries
    .flatMap(({ proof, ...figures }) => [
      `- **${proof}**: ${Object.entries(figures)
        .map(([name, value]) => `${name} ${value}`)
        .join(', ')}`,
    ])
    .concat('');
}
