import assert from 'node:assert/strict';
import { parseSettings } from '../../../src/project/settings.js';
import { ProblemError } from '../../../src/protocol/problem.js';

/** Where and why a settings file is refused: `line:column message | hint`. */
function refusal(text: string): string {
  try {
    parseSettings(text);
  } catch (error) {
    assert(error instanceof ProblemError);
    const { code, message, place, hint } = error.problem;
    assert.equal(code, 'project.settings');
    assert.equal(place?.file, 'ratatouille.json');
    assert.ok(hint);
    return `${place.line}:${place.column} ${message} | ${hint}`;
  }
  return 'it was taken';
}

const looks = 'It looks so: { "name": "Sales", "threads": 2 }';
const list =
  'The settings are: $schema, name, notebooks, environment, memory, threads, keepVersions, timeZone.';
const threads = '"threads" takes a whole number from 1 to 1024, as 4.';
const name = '"name" takes a text, as "Sales".';

const refused: Readonly<Record<string, string>> = {
  '': `1:1 ratatouille.json is not JSON: it is empty. | ${looks}`,
  '{\n  "name": "x"\n  "threads": 2\n}': `3:3 ratatouille.json is not JSON: a comma is missing before this. | ${looks}`,
  '{ 5: 1 }': `1:3 ratatouille.json is not JSON: a name in double quotes is missing. | ${looks}`,
  '{"name": }': `1:10 ratatouille.json is not JSON: a value is missing. | ${looks}`,
  '{"name" "x"}': `1:9 ratatouille.json is not JSON: a colon is missing. | ${looks}`,
  '{"name": x}': `1:10 ratatouille.json is not JSON: a text needs double quotes. | ${looks}`,
  '{"name": "x"': `1:13 ratatouille.json is not JSON: the closing } is missing. | ${looks}`,
  '{\n  "name": "x",\n  "threds": 2\n}':
    '3:3 ratatouille.json has an unknown setting "threds". | Did you mean "threads"?',
  '{"name": "x", "timezone": "UTC"}':
    '1:15 ratatouille.json has an unknown setting "timezone". | Did you mean "timeZone"?',
  '{"name": "x", "constructor": 1}': `1:15 ratatouille.json has an unknown setting "constructor". | ${list}`,
  '{"name": "x", "threads": 2, "threads": 3}':
    '1:29 "threads" is twice in ratatouille.json. | Take one of the two out.',
  '{\n\t"name": 7\n}': `2:10 "name" in ratatouille.json must be a text. | ${name}`,
  '{"name": ""}': `1:10 "name" in ratatouille.json must not be empty. | ${name}`,
  '{"threads": 2}': `1:1 "name" in ratatouille.json is missing. | ${name}`,
  '[]': `1:1 ratatouille.json must be an object. | ${looks}`,
  '{"name": "x", "threads": 0}': `1:26 "threads" in ratatouille.json must be at least 1. | ${threads}`,
  '{"name": "x", "threads": 1.5}': `1:26 "threads" in ratatouille.json must be a whole number. | ${threads}`,
  '{"name": "x", "threads": 1025}': `1:26 "threads" in ratatouille.json must be at most 1024. | ${threads}`,
  '{"name": "x", "keepVersions": 0}':
    '1:31 "keepVersions" in ratatouille.json must be at least 1. | "keepVersions" takes a whole number from 1 to 1000, as 5.',
  '{"name": "x", "timeZone": "Mars/Phobos"}':
    '1:27 "timeZone" in ratatouille.json is no time zone: Mars/Phobos. | "timeZone" takes the name of a time zone, as "UTC" or "Europe/Berlin".',
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
