import assert from 'node:assert/strict';
import type { FileInspection } from '../../../../src/protocol/inspection.js';
import { contractOf, inspectContent } from './inspection.js';
import { pollutedFiles } from './pollutedFiles.js';

describe('inspecting a file', () => {
  for (const { what, content, name, readsWell, suspects = [], findings = [] } of pollutedFiles) {
    it(`tells of ${what}`, async () => {
      const inspection = await inspectContent(content, name === undefined ? {} : { name });
      assert.deepEqual(suspectsOf(inspection), suspects);
      const messages = inspection.findings.map(({ message }) => message);
      assert.equal(messages.length, findings.length, messages.join('\n'));
      for (const [index, expected] of findings.entries()) assert.match(messages[index] ?? '', expected);
      assert.equal(inspection.readsWell, readsWell);
    });
  }

  it('counts what it does not show', async () => {
    const lines = Array.from({ length: 30 }, (_, number) => `${number}\n`);
    const { suspects, records, readsWell } = await inspectContent(`id,name\n1,a\n${lines.join('')}`, {
      contract: contractOf(['id BIGINT', 'name']),
    });
    assert.equal(readsWell, false);
    assert.equal(suspects.first.length, 20);
    assert.deepEqual([suspects.count, records.suspect, records.wellFormed], [30, 30, 1]);
    assert.deepEqual(suspects.byReason, [{ reason: 'number of fields', count: 30 }]);
  });

  it('tells the encoding, the mark, the line ends and the longest record', async () => {
    const { facts, records } = await inspectContent('\ufeffid,name\r\n1,ä\r\n22,bb\r\n');
    assert.deepEqual(
      [facts.encoding, facts.byteOrderMark, facts.plainAscii, facts.lineEnds.crlf],
      ['utf-8', true, false, 3],
    );
    assert.deepEqual(records.longest, { line: 3, byte: 18, bytes: 5 });
  });

  it('shows the lines above the header and finds it', async () => {
    const { layout } = await inspectContent('Shop;;\n\nMay 2024;;\nid;name;n\n1;a;1\n2;b;1\n3;c;1\n');
    assert.deepEqual(layout?.above, [
      { line: 1, text: 'Shop;;' },
      { line: 3, text: 'May 2024;;' },
    ]);
    assert.deepEqual([layout?.header.line, layout?.header.names], [4, ['id', 'name', 'n']]);
  });

  it('gives the evidence for the delimiter, the best first', async () => {
    const { layout } = await inspectContent('a;b;c\n1;2;3,5\n4;5;6,5\n');
    assert.deepEqual(layout?.candidates.slice(0, 2), [
      { delimiter: ';', fields: 3, records: 3, of: 3 },
      { delimiter: ',', fields: 2, records: 2, of: 3 },
    ]);
  });

  it('tells early what the beginning of a long file says', async () => {
    const beginnings: FileInspection[] = [];
    const content = `\ufeffid,name\n${'1234567,some name\n'.repeat(200_000)}`;
    const whole = await inspectContent(content, { onBeginning: (each) => void beginnings.push(each) });
    const [first] = beginnings;
    assert.deepEqual([beginnings.length, first?.complete, whole.complete], [1, false, true]);
    assert.ok((first?.records.total ?? 0) > 100_000);
    assert.equal(whole.records.wellFormed, 200_000);
  });

  it('passes over a record that is too long, in bounded memory', async () => {
    const content = `id,name\n1,a\n2,${'x'.repeat(18 * 1024 * 1024)}\n3,c\n`;
    const { suspects, records } = await inspectContent(content, {
      contract: contractOf(['id BIGINT', 'name']),
    });
    assert.deepEqual(suspectsOf({ suspects }), ['3:12 very long record, stops']);
    assert.deepEqual([records.wellFormed, records.suspect], [2, 1]);
  });

  it('reads on behind a quote that never closes in a long file', async () => {
    const content = `id,name\n1,a\n2,"b\n${'3,some longer name\n'.repeat(1_000_000)}`;
    const { suspects, records } = await inspectContent(content, {
      contract: contractOf(['id BIGINT', 'name']),
    });
    assert.deepEqual(suspectsOf({ suspects }), ['3:12 a quote that never closes, stops']);
    assert.equal(records.wellFormed, 1_000_001);
  });
});

function suspectsOf({ suspects }: Pick<FileInspection, 'suspects'>): readonly string[] {
  return suspects.first.map(({ line, byte, reason, effect }) => `${line}:${byte} ${reason}, ${effect}`);
}
