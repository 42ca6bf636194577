import assert from 'node:assert/strict';
import { parseSettings } from '../../../src/project/settings.js';
import { ProblemError } from '../../../src/protocol/problem.js';

/** Where and why a settings file is refused: `line:column message`. */
function refusal(text: string): string {
  try {
    parseSettings(text);
  } catch (error) {
    assert(error instanceof ProblemError);
    const { code, message, place, hint } = error.problem;
    assert.equal(code, 'project.settings');
    assert.equal(place?.file, 'ratatouille.json');
    assert.match(hint ?? '', /^The settings are: .*name, notebooks/);
    return `${place.line}:${place.column} ${message}`;
  }
  return 'it was taken';
}

const refused: Readonly<Record<string, string>> = {
  '': '1:1 ratatouille.json is not JSON: ValueExpected.',
  '{\n  "name": "x"\n  "threads": 2\n}': '3:3 ratatouille.json is not JSON: CommaExpected.',
  '{\n  "name": "x",\n  "threds": 2\n}': '3:3 ratatouille.json has an unknown setting "threds".',
  '{"name": "x", "constructor": 1}': '1:15 ratatouille.json has an unknown setting "constructor".',
  '{\n\t"name": 7\n}': '2:10 "name" in ratatouille.json must be a text.',
  '{"name": ""}': '1:10 "name" in ratatouille.json must not be empty.',
  '{"threads": 2}': '1:1 "name" in ratatouille.json is missing.',
  '[]': '1:1 ratatouille.json must be an object.',
  '{"name": "x", "threads": 0}': '1:26 "threads" in ratatouille.json must be at least 1.',
  '{"name": "x", "threads": 1.5}': '1:26 "threads" in ratatouille.json must be a whole number.',
  '{"name": "x", "keepVersions": 0}': '1:31 "keepVersions" in ratatouille.json must be at least 1.',
  '{"name": "x", "timeZone": "Mars/Phobos"}':
    '1:27 "timeZone" in ratatouille.json is no time zone: Mars/Phobos.',
};

describe('parseSettings', () => {
  for (const [text, expected] of Object.entries(refused)) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(refusal(text), expected));
  }

  for (const [key, values] of Object.entries({
    memory: ['much', '4 cups', '-1GB', 4],
    environment: ['Prod', '../prod', '', '1st'],
  })) {
    for (const value of values) {
      it(`refuses ${key} ${JSON.stringify(value)}`, () =>
        assert.match(
          refusal(JSON.stringify({ name: 'x', [key]: value })),
          new RegExp(`^1:\\d+ "${key}" in`),
        ));
    }
  }

  it('fills in the defaults', () =>
    assert.deepEqual(parseSettings('{"name": "till"}'), {
      name: 'till',
      notebooks: 'notebooks/**/*.ratnb',
      environment: 'prod',
      memory: undefined,
      threads: undefined,
      keepVersions: 5,
      timeZone: 'UTC',
    }));

  it('takes everything that is written', () => {
    const written = {
      name: 'till',
      notebooks: 'sql/*.ratnb',
      environment: 'dev',
      memory: '1.5 GiB',
      threads: 2,
      keepVersions: 1,
      timeZone: 'Europe/Berlin',
    };
    assert.deepEqual(parseSettings(JSON.stringify({ $schema: 'x', ...written })), written);
  });

  it('takes comments, a last comma, a mark and CRLF', () => {
    const text = '\ufeff{\r\n  // who\r\n  "name": "till", /* all */\r\n  "threads": 2,\r\n}\r\n';
    assert.equal(parseSettings(text).threads, 2);
  });

  it('counts lines that end in CRLF', () =>
    assert.match(refusal('{\r\n  "name": "x",\r\n  "threds": 2\r\n}'), /^3:3 /));
});
