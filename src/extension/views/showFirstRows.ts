import type { FirstRowsRequest } from '../../protocol/kernel.js';
import type { PreviewContent } from '../../protocol/preview.js';
import type { TableBlock } from '../../protocol/result.js';
import { quietly } from '../workspace/cancellable.js';
import { requireCurrentProject } from '../workspace/currentProject.js';
import type { Services } from '../workspace/services.js';
import { telling } from '../workspace/tellProblem.js';
import { openOrigin } from './openOrigin.js';

/** Shows the first rows of something in the preview's tab; from a row that says where it was read, its file opens. */
export async function showFirstRows(
  services: Services,
  request: FirstRowsRequest,
  contentOf: (table: TableBlock) => PreviewContent,
): Promise<void> {
  const { kernels, preview, progress, log } = services;
  const root = requireCurrentProject();
  const name = request.kind === 'landing file' ? request.path : request.name;
  const table = await quietly(`Reading ${name}`, (signal) =>
    kernels.reader(root).request('first rows', request, { signal }),
  );
  if (request.kind === 'landing file') progress.mark('raw');
  await preview.show(contentOf(table), (origin) => telling(log, () => openOrigin(services, origin)));
}
