import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ProblemError, problem } from '../../protocol/problem.js';

/** What stands at the beginning of every package of an extension. */
const contentTypes = `<?xml version="1.0" encoding="utf-8"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">${[
  ['json', 'application/json'],
  ['vsixmanifest', 'text/xml'],
]
  .map(([extension, type]) => `<Default Extension=".${extension}" ContentType="${type}"/>`)
  .join('')}</Types>
`;

/** What the editor leaves beside the files of an extension that it installed. */
const installedManifest = '.vsixmanifest';

/**
 * Puts the packaged extension into `folder` for the image to install: as the file that `npm run package` made,
 * or, where this program is itself part of an installed extension, that extension's own files.
 * Throws a ProblemError `image.package` where neither is there.
 */
export async function stageExtension(
  packageDirectory: string,
  folder: string,
  { version, processor }: { readonly version: string; readonly processor: string },
): Promise<void> {
  const target = join(folder, 'vsix');
  await mkdir(target);
  const made = join('dist', `ratatouille-linux-${processor}-${version}.vsix`);
  if (existsSync(join(packageDirectory, made))) {
    await copyFile(join(packageDirectory, made), join(target, 'ratatouille.vsix'));
  } else if (existsSync(join(packageDirectory, installedManifest))) {
    await stageInstalled(packageDirectory, target, processor);
  } else {
    throw new ProblemError(
      problem('image.package', `${made} is missing: the image is made from it.`, {
        hint: `Make it: npm run package -- --target linux-${processor}`,
      }),
    );
  }
}

async function stageInstalled(packageDirectory: string, target: string, processor: string): Promise<void> {
  const isOwn = (file: string) => !file.endsWith(installedManifest) && !file.endsWith('.map');
  await cp(packageDirectory, join(target, 'extension'), { recursive: true, filter: isOwn });
  const manifest = await readFile(join(packageDirectory, installedManifest), 'utf8');
  const retargeted = manifest.replace(/TargetPlatform="[^"]*"/, `TargetPlatform="linux-${processor}"`);
  await writeFile(join(target, 'extension.vsixmanifest'), retargeted);
  await writeFile(join(target, '[Content_Types].xml'), contentTypes);
}
