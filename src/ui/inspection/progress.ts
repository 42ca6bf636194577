import type { FileInspection } from '../../protocol/inspection.js';
import type { ReadProgress } from '../../protocol/inspectionPage.js';
import { formatBytes } from '../../protocol/wording.js';
import { element } from '../notebook/element.js';

/** How much of the file was read, and what is shown meanwhile. */
export function renderProgress(
  { readBytes, bytes }: ReadProgress,
  inspection: FileInspection | undefined,
): HTMLElement {
  const bar = element('progress', { 'aria-label': 'How much was read' });
  if (bytes > 0) {
    bar.max = bytes;
    bar.value = readBytes;
  }
  const read = bytes === 0 ? 'Reading…' : `Reading: ${formatBytes(readBytes)} of ${formatBytes(bytes)}.`;
  const meanwhile =
    inspection === undefined
      ? ''
      : ` Below is what the first ${formatBytes(inspection.facts.textBytes)} say.`;
  const text = `${read}${meanwhile} Close this tab to stop.`;
  return element('div', { class: 'reading' }, bar, element('p', {}, text));
}
