import path from 'node:path';
import { guideNotebook, ownDataNotebook } from '../welcome/guidePaths.js';

/**
 * The notebook that gets the cell of a new file, relative to the project: the one that a person works in,
 * but never the guide, whose story it would spoil.
 *
 * @param active the file of the notebook in front, if any
 */
export function chooseNotebook(root: string, active: string | undefined): string {
  if (active === undefined) return ownDataNotebook;
  const relative = path.relative(root, active).split(path.sep).join('/');
  const isOwn = relative.startsWith('notebooks/') && relative.endsWith('.ratnb');
  return isOwn && relative !== guideNotebook ? relative : ownDataNotebook;
}
