import type { SuspectRecords } from '../../protocol/inspection.js';
import { describeSuspect, describeSuspects } from '../../protocol/inspectionWording.js';
import { formatCount } from '../../protocol/wording.js';
import { cellText } from '../notebook/cellText.js';
import { element } from '../notebook/element.js';
import type { LineLink } from './lineLink.js';
import { renderGrid } from './table.js';

/** The first suspect records with their place and text, and below them how many there are of each kind. */
export function renderSuspects(suspects: SuspectRecords, link: LineLink): readonly HTMLElement[] {
  const rows = suspects.first.map((record) => ({
    cells: [
      link(record.line),
      formatCount(record.byte),
      element('span', { class: `reason ${record.effect}`, title: record.message }, describeSuspect(record)),
      element('code', { class: 'text', title: cellText(record.text, 2000) }, cellText(record.text)),
    ],
  }));
  const headings = [
    { title: 'Line', isNumber: true },
    { title: 'Byte', isNumber: true },
    { title: 'Reason' },
    { title: 'Text' },
  ];
  return [
    renderGrid('Table of suspect lines', headings, rows),
    element('p', { class: 'note' }, `${describeSuspects(suspects)}.`),
  ];
}
