import type { Renaming } from '../../language/cellStatus.js';
import type { Layer } from '../../protocol/layer.js';
import type { ResultColumn } from '../../protocol/result.js';
import type { LandingFileStatus, TableState } from '../../protocol/status.js';
import type { RowsApart } from './rowsApart.js';

/** What the *Data* tree shows of a project at one moment. */
export interface ProjectData {
  readonly root: string;
  readonly landing: readonly LandingFileStatus[];
  readonly tables: readonly DataTable[];
}

/** A table or view that is published, or that a notebook would build. */
export interface DataTable {
  /** `layer.name` as its model spells it. */
  readonly name: string;
  readonly layer: Layer;
  readonly table: string;
  readonly form: 'table' | 'view';
  readonly state: TableState;
  /** Why, in words a person can act on. */
  readonly reason: string;
  readonly description?: string;
  readonly rows?: number;
  readonly run?: number;
  /** Whether an earlier version of it is kept. */
  readonly hasEarlier: boolean;
  /** The names that it seems to have had and to have now; on both of its tables. */
  readonly renaming?: Renaming;
  readonly columns: readonly DataColumn[];
  /** Rows that are kept beside it; absent where there are none. */
  readonly apart?: readonly RowsApart[];
  /** The plain file or folder, relative to the project, with forward slashes; absent where nothing is stored. */
  readonly path?: string;
  /** The notebook that builds it, or built it, relative to the project. */
  readonly notebook: string;
}

export interface DataColumn extends ResultColumn {
  readonly description?: string;
}
