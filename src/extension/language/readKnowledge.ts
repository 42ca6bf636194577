import { openLake } from '../../lake/lake.js';
import type { Manifest } from '../../lake/manifest.js';
import { parseTableName } from '../../lake/tableName.js';
import type { DefinedModel } from '../../language/catalog.js';
import type { Standing } from '../../language/cellStatus.js';
import { readSettings } from '../../project/settings.js';
import type { Logger } from '../../protocol/logger.js';
import { whyOrphansAreUnknown } from '../../protocol/orphans.js';
import { judgeTables } from '../views/judgeTables.js';
import { readLanding } from '../views/readProject.js';
import { readSavedModels } from '../views/savedModels.js';

/** What the disk says of a project, read once until something changes. */
export interface DiskKnowledge {
  /** What is published, by key. */
  readonly published: Manifest['tables'];
  /** Files as they came: paths below the landing folder. */
  readonly landing: readonly string[];
  /** The models of the pipeline's notebooks as they were saved, by notebook. */
  readonly saved: ReadonlyMap<string, readonly DefinedModel[]>;
  /** Why it is unknown whether a notebook builds a table without a model; undefined where it is known. */
  readonly unknown: string | undefined;
  /** How each table stands to these models and to the files, by key. */
  readonly judge: (models: readonly DefinedModel[]) => ReadonlyMap<string, TableStanding>;
}

export interface TableStanding extends Standing {
  /** What outsiders read of a stored table, relative to the project. */
  readonly path?: string;
}

/** Reads a project without its engine. Throws ProblemErrors of the settings and of the lake. */
export async function readKnowledge(root: string, logger: Logger): Promise<DiskKnowledge> {
  const { notebooks, environment } = readSettings(root);
  const lake = openLake({ root, environment });
  const [manifest, landing, saved] = await Promise.all([
    lake.manifest(),
    readLanding(lake.layout.landing),
    readSavedModels(root, notebooks, logger),
  ]);
  const plainPath = ({ name, version }: Manifest['tables'][string]) =>
    lake.layout.plainPath(parseTableName(name), version.plain ?? 'file');
  return {
    published: manifest.tables,
    landing: landing.map((file) => file.path),
    saved: saved.byNotebook,
    unknown: whyOrphansAreUnknown(saved.problems),
    judge: (models) => {
      const judged = judgeTables({ manifest, landing, models, problems: saved.problems, plainPath });
      return new Map(judged.map((table) => [table.name.toLowerCase(), table]));
    },
  };
}
