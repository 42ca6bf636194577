// What was measured, as a table for people and as JSON for programs.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { spread } from './measure.mjs';

/** One row's measurements with the goal held against them. */
export function judged({ id, what, goal }, { ours, raw, firstMs, notes = [] }) {
  const wall = spread(ours, 'wallMs');
  const rawWall = raw && spread(raw, 'wallMs');
  const cpu = ours[0].cpuMs === undefined ? undefined : spread(ours, 'cpuMs');
  const rawCpu = raw?.[0].cpuMs === undefined ? undefined : spread(raw, 'cpuMs');
  const rssMB = ours[0].rssMB === undefined ? undefined : spread(ours, 'rssMB').max;
  const ratio = rawWall && wall.min / rawWall.min;
  const result = {
    ...{ id, what, goal: goal.text, repetitions: ours.length },
    ...{ wall, rawWall, ratio, firstMs, cpu, rawCpu, cpuRatio: cpu && rawCpu && cpu.min / rawCpu.min, rssMB },
    notes: notes.join('; '),
  };
  return { ...result, met: isMet(goal, result) };
}

function isMet(goal, { wall, rawWall, ratio, firstMs, rssMB }) {
  if (goal.text === 'none') return undefined;
  if (goal.wallMs !== undefined && wall.min > goal.wallMs) return false;
  if (goal.ratio !== undefined && ratio > goal.ratio) return false;
  if (goal.firstMs !== undefined && firstMs > goal.firstMs) return false;
  if (goal.overheadMs !== undefined && wall.min - rawWall.min > goal.overheadMs) return false;
  return goal.rssMB === undefined || rssMB <= goal.rssMB;
}

const header = [
  '| row | work | ours s: min / median / max | raw s: min / median / max | wall ours/raw | CPU s ours, raw | CPU ours/raw | peak MB | goal | met |',
  '|-|-|-|-|-|-|-|-|-|-|',
];

/** A line of the table. */
export function line({ id, what, notes, goal, met, wall, rawWall, ratio, cpu, rawCpu, cpuRatio, rssMB }) {
  const cells = [
    id,
    [what, notes].filter(Boolean).join('; '),
    three(wall),
    rawWall ? three(rawWall) : '–',
    ratio ? `${ratio.toFixed(2)}×` : '–',
    [cpu, rawCpu].flatMap((each) => (each ? [seconds(each.min)] : [])).join(', ') || '–',
    cpuRatio ? `${cpuRatio.toFixed(2)}×` : '–',
    rssMB ? rssMB.toFixed(0) : '–',
    goal,
    met === undefined ? '–' : met ? 'yes' : '**no**',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Writes docs/proof/bench.md and bench.json. */
export function writeReport(results) {
  const circumstances = describe();
  mkdirSync('docs/proof', { recursive: true });
  writeFileSync('docs/proof/bench.json', `${JSON.stringify({ ...circumstances, results }, null, 2)}\n`);
  const { commit, changed, date, node, platform, cores, processor, memoryGB, load } = circumstances;
  const text = [
    '# Measured, last run',
    '',
    `Commit ${commit}${changed ? ' with uncommitted changes' : ''}, ${date}, Node ${node}, ${platform}, ` +
      `${cores} cores (${processor}), ${memoryGB} GB, load ${load} at the end.`,
    'Made by `npm run bench`; what is measured and how is told in [performance.md](../performance.md).',
    '',
    ...header,
    ...results.map(line),
    '',
  ];
  writeFileSync('docs/proof/bench.md', text.join('\n'));
}

/** The head of the table. */
export function head() {
  return header.join('\n');
}

function describe() {
  return {
    commit: git('rev-parse', 'HEAD'),
    changed: git('status', '--porcelain') !== '',
    date: new Date().toISOString(),
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGB: Math.round(totalmem() / 2 ** 30),
    load: loadavg()[0].toFixed(1),
  };
}

function git(...args) {
  return execFileSync('git', args, { encoding: 'utf8' }).trim();
}

function three({ min, median, max }) {
  return [min, median, max].map(seconds).join(' / ');
}

function seconds(milliseconds) {
  return (milliseconds / 1000).toFixed(milliseconds < 10_000 ? 3 : 1);
}
