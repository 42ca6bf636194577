import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { layoutOf } from '../../../src/lake/layout.js';
import type { LogLimits } from '../../../src/lake/logFile.js';
import { projectLog } from '../../../src/lake/projectLog.js';
import { silentLogger } from '../../../src/protocol/logger.js';
import { ProblemError, problem } from '../../../src/protocol/problem.js';

describe('the log of a project', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'ratatouille-log-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const folder = (): string => join(root, '.ratatouille', 'logs');
  const open = (limits?: LogLimits, also = silentLogger) => projectLog(layoutOf(root, 'prod'), also, limits);

  function events(): readonly Record<string, unknown>[] {
    const files = readdirSync(folder()).sort();
    const lines = files.flatMap((name) =>
      readFileSync(join(folder(), name), 'utf8').split('\n').slice(0, -1),
    );
    return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  it('keeps one line of JSON for an event', () => {
    const log = open();
    log.info('Run 1 began.');
    log.warn('two\nlines');
    const [first, second] = events();
    assert.match(String(first?.time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.deepEqual(
      { ...first, time: '' },
      { time: '', level: 'info', process: process.pid, message: 'Run 1 began.' },
    );
    assert.deepEqual([second?.level, second?.message], ['warn', 'two\nlines']);
    assert.equal(log.file, '.ratatouille/logs/0001.jsonl');
  });

  it('is not made before something is worth keeping', () => {
    const log = open();
    log.debug('a detail');
    assert.deepEqual(readdirSync(root), []);
    assert.equal(log.file, undefined);
  });

  it('has the stack and the causes of a fault', () => {
    const cause = new Error('too far');
    open().error('A fault.', new TypeError('no such\nthing', { cause }));
    const fault = events()[0]?.fault as readonly string[];
    assert.equal(fault[0], 'TypeError: no such thing');
    assert.match(fault[1] ?? '', /^ {4}at .*projectLog\.test/);
    assert.ok(fault.includes('caused by Error: too far'));
  });

  it('quotes neither data nor SQL', () => {
    const reading = new SyntaxError(`Unexpected token 'S', "SECRET" is not valid JSON`);
    const engine = new Error('{"exception_type":"Conversion","exception_message":"no \'SECRET\' here"}', {
      cause: reading,
    });
    const plain = new Error("Invalid Input Error: 'SECRET'", { cause: engine });
    open().error('A fault.', new ProblemError(problem('sql.failed', "no 'SECRET'"), { cause: plain }));
    const text = JSON.stringify(events());
    assert.doesNotMatch(text, /SECRET/);
    assert.match(text, /sql\.failed.*Invalid Input, told.*Conversion, told/);
  });

  it('goes on in another file and drops the oldest', () => {
    const log = open({ bytes: 300, files: 3 });
    for (let number = 1; number <= 20; number += 1) log.info(`event ${number} ${'x'.repeat(80)}`);
    const names = readdirSync(folder()).sort();
    assert.equal(names.length, 3);
    const numbers = events().map(({ message }) => Number(/event (\d+)/.exec(String(message))?.[1]));
    assert.deepEqual(numbers, [16, 17, 18, 19, 20].slice(-numbers.length));
    assert.equal(log.file, `.ratatouille/logs/${names.at(-1)}`);
  });

  it('goes on where another opening left off', () => {
    open().info('first');
    open().info('second');
    assert.deepEqual(readdirSync(folder()), ['0001.jsonl']);
    assert.equal(events().length, 2);
  });

  it('outlives its folder', () => {
    const log = open();
    log.info('lost');
    rmSync(folder(), { recursive: true });
    log.info('lost too');
    log.info('kept');
    assert.deepEqual(
      events().map(({ message }) => message),
      ['lost too', 'kept'],
    );
  });

  it('tells once that it can not be written, and fails nothing', () => {
    writeFileSync(join(root, '.ratatouille'), 'in the way');
    const told: string[] = [];
    const log = open(undefined, { ...silentLogger, debug: (message) => told.push(message) });
    log.info('lost');
    log.error('lost too');
    assert.equal(told.length, 1);
    assert.match(told[0] ?? '', /can't be written: Error: (ENOTDIR|EEXIST)/);
    assert.equal(log.file, undefined);
  });

  it('loses no line of processes that write at once', async () => {
    const module = new URL('../../../src/lake/logFile.js', import.meta.url).href;
    const script = `import { LogFile } from ${JSON.stringify(module)};
      const log = new LogFile(process.argv[1], { bytes: 2000, files: 1000 });
      for (let n = 0; n < 200; n += 1) log.append(JSON.stringify({ n, by: process.argv[2], x: 'x'.repeat(n) }) + '\\n');`;
    const children = ['a', 'b', 'c'].map((name) =>
      spawn(process.execPath, ['--input-type=module', '-e', script, folder(), name], { stdio: 'inherit' }),
    );
    const ends = await Promise.all(children.map((child) => once(child, 'exit')));
    assert.deepEqual(
      ends.map(([code]) => code),
      [0, 0, 0],
    );
    assert.equal(new Set(events().map(({ n, by }) => `${by} ${n}`)).size, 600);
    assert.ok(readdirSync(folder()).length > 10);
  });
});
