import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { exitCodes, interruptedCodes } from '../../../src/cli/exitCodes.js';
import { createProgram } from '../../../src/cli/program.js';
import { queryFormats } from '../../../src/cli/queryFormats.js';
import { problemCodes } from '../../../src/protocol/problemCodes.js';

describe('docs/cli.md', () => {
  const sections = sectionsOf(readDocument('cli.md'), '## ratatouille ');
  const { commands } = createProgram(processTerminal(), () => Promise.resolve());

  it('has a section for each command and for nothing else', () => {
    assert.deepEqual([...sections.keys()].sort(), commands.map((command) => command.name()).sort());
  });

  for (const command of commands) {
    it(`has each option of ${command.name()} and no other`, () => {
      const documented = [...section(command).matchAll(/^\| `(--[^`]+)` \|/gm)].map(([, flags]) => flags);
      const real = command.options.map(({ flags }) => flags);
      assert.deepEqual(documented.sort(), real.sort());
    });

    it(`shows how ${command.name()} is called`, () => {
      const words = command.registeredArguments.map((argument) => {
        const name = `${argument.name()}${argument.variadic ? '...' : ''}`;
        return argument.required ? `<${name}>` : `[${name}]`;
      });
      assert.ok(
        section(command).includes(`\n    ratatouille ${[command.name(), ...words].join(' ')} [options]\n`),
      );
    });
  }

  it('has each format of query', () => {
    const documented = [...(sections.get('query') ?? '').matchAll(/^\| `([a-z]+)` \|/gm)].map(
      ([, name]) => name,
    );
    assert.deepEqual(documented.sort(), [...queryFormats].sort());
  });

  it('has each exit code', () => {
    const documented = [...readDocument('cli.md').matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code));
    assert.deepEqual(documented, [...Object.values(exitCodes), ...Object.values(interruptedCodes)]);
  });

  function section(command: Command): string {
    return sections.get(command.name()) ?? '';
  }
});

describe('docs/errors.md', () => {
  const sections = sectionsOf(readDocument('errors.md'), '### ');

  it('has a section for each code and for nothing else', () => {
    assert.deepEqual([...sections.keys()].sort(), Object.keys(problemCodes).sort());
  });

  for (const [code, { exit }] of Object.entries(problemCodes)) {
    it(`tells the exit code of ${code} and what to try`, () => {
      assert.match(sections.get(code) ?? '', new RegExp(`^\\nExit code ${exit}\\. [\\s\\S]*\\n\\*Try:\\* `));
    });
  }
});

describe('docs/dependencies.md', () => {
  it('has each dependency and no other', () => {
    const documented = [...readDocument('dependencies.md').matchAll(/^\| `([^`]+)` \|/gm)].map(
      ([, name]) => name,
    );
    const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: object };
    assert.deepEqual(documented, Object.keys(dependencies).sort());
  });
});

function readDocument(name: string): string {
  return readFileSync(`docs/${name}`, 'utf8').replaceAll('\r\n', '\n');
}

/** The text below each heading that begins so, up to the next heading of its level or above, by its name. */
function sectionsOf(text: string, heading: string): ReadonlyMap<string, string> {
  const level = heading.indexOf(' ');
  const parts = text.split(new RegExp(`^(?=#{1,${level}} )`, 'm')).filter((part) => part.startsWith(heading));
  return new Map(
    parts.map((part) => {
      const end = part.indexOf('\n');
      return [part.slice(heading.length, end), part.slice(end + 1)];
    }),
  );
}

function processTerminal() {
  const { stdin, stdout, stderr, env, platform } = process;
  return { stdin, stdout, stderr, env, platform, directory: '.', signalSource: process, end: () => {} };
}
