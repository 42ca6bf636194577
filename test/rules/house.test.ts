import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { consoleFolders, foldersWithoutNode, house, soleImporters } from './house.js';
import { repository, type SourceFile, sourceFiles } from './imports.js';

const files = sourceFiles('src');

function roomOf(path: string): string | undefined {
  return house
    .map(({ folder }) => folder)
    .filter((folder) => path.startsWith(`src/${folder}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function complain(faults: readonly string[], remedy: string): void {
  assert.deepEqual(faults, [], `${remedy}\n${faults.join('\n')}`);
}

describe('the house', () => {
  it('has a room for every file', () => {
    const homeless = files.filter(({ path }) => roomOf(path) === undefined).map(({ path }) => path);
    complain(
      homeless,
      'Move the file into a folder of test/rules/house.ts, or add its folder there with its reason.',
    );
  });

  it('has arrows only to lower rooms', () => {
    const order = house.map(({ folder }) => folder);
    for (const { folder, mayImport } of house) {
      for (const target of mayImport) {
        assert(order.indexOf(target) < order.indexOf(folder), `${folder} → ${target} points up`);
      }
    }
  });

  it('is built as its table says', () => {
    const faults = files.flatMap(({ path, imports }) => {
      const room = roomOf(path);
      const allowed = house.find(({ folder }) => folder === room)?.mayImport ?? [];
      return imports
        .filter((target) => target.startsWith('src/'))
        .filter((target) => roomOf(target) !== room && !allowed.includes(roomOf(target) ?? ''))
        .map((target) => `${path} imports ${target}`);
    });
    complain(
      faults,
      'Pass the thing in as a parameter, or move the code to the folder it belongs to (docs/architecture.md).',
    );
  });

  it('lets one folder alone import each foreign world', () => {
    const faults = files.flatMap(({ path, imports }) =>
      imports
        .filter((target) => target in soleImporters && !path.startsWith(`src/${soleImporters[target]}/`))
        .map((target) => `${path} imports ${target}, which only src/${soleImporters[target]} may`),
    );
    complain(faults, 'Use the interface that the folder offers.');
  });

  it('keeps Node out of the pure folders', () => {
    const faults = files.flatMap(({ path, imports }) =>
      foldersWithoutNode.some((folder) => path.startsWith(`src/${folder}/`))
        ? imports.filter((target) => target.startsWith('node:')).map((target) => `${path} imports ${target}`)
        : [],
    );
    complain(faults, 'Take what you need as a parameter: these folders also run in a browser.');
  });

  it('has no file in an import cycle', () => {
    complain(cycles(files), 'Move what both files need into a third one below them.');
  });

  it('has no file that nobody imports', () => {
    const entries = /"(src\/[^"]+\.ts)"|'(src\/[^']+\.ts)'/g;
    const bundled = [...readFileSync(join(repository, 'scripts/bundle.mjs'), 'utf8').matchAll(entries)];
    const imported = new Set([
      ...bundled.map((match) => match[1] ?? match[2]),
      ...files.flatMap(({ imports }) => imports),
    ]);
    const unused = files.map(({ path }) => path).filter((path) => !imported.has(path));
    complain(unused, 'Delete it, or import it where it is needed.');
  });

  it('has no giant files', () => {
    const giants = files
      .filter(({ lines }) => lines > 400)
      .map(({ path, lines }) => `${path}: ${lines} lines`);
    complain(giants, 'Split it by reason to change; 50 to 120 lines are usual here.');
  });

  it('never prints past its sinks', () => {
    const faults = files
      .filter(({ path }) => !consoleFolders.some((folder) => path.startsWith(`src/${folder}/`)))
      .filter(({ text }) => /\bconsole\.\w+\(/.test(text))
      .map(({ path }) => path);
    complain(faults, 'Take a Logger (src/protocol/logger.ts), or return what is to be said.');
  });
});

/** Value imports only: a type is gone before anything runs. */
function cycles(all: readonly SourceFile[]): readonly string[] {
  const valueImports = new Map(
    all.map(({ path, text }) => [path, importsOfValues(path, text, all)] as const),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of valueImports.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const { path } of all) visit(path, []);
  return found;
}

function importsOfValues(path: string, text: string, all: readonly SourceFile[]): readonly string[] {
  const withoutTypes = text.replaceAll(/import type [^;]+;/g, '');
  const file = all.find((each) => each.path === path);
  return (file?.imports ?? []).filter((target) => {
    const name = target.split('/').at(-1)?.replace('.ts', '.js') ?? '';
    return target.startsWith('src/') && withoutTypes.includes(`/${name}'`);
  });
}
