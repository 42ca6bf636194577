import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

/** An element as Python's own parser reads it. */
export interface ParsedElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
  readonly children: readonly ParsedElement[];
}

const script = `
import json, sys, xml.etree.ElementTree as tree
def read(element):
    return {"name": element.tag, "attributes": element.attrib, "text": element.text or "", "children": [read(child) for child in element]}
print(json.dumps(read(tree.fromstring(sys.stdin.buffer.read()))))
`;

/** Parses XML with a parser that is not ours; fails where that refuses it. */
export function parseXml(text: string): ParsedElement {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script], { input: text, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout) as ParsedElement;
}
