import type { QualityReport } from './quality.js';

export interface MessageToQuality {
  readonly kind: 'show';
  readonly report: QualityReport;
}

/** Everything the page of data quality may say; it never names a command. */
export type MessageFromQuality =
  | { readonly kind: 'ready' }
  /** Show what is kept beside a table, `layer.name`; `run`: what a run left that failed. */
  | {
      readonly kind: 'show rows';
      readonly table: string;
      readonly rows: 'rejected' | 'quarantined';
      readonly run?: number;
    }
  | { readonly kind: 'go to cell'; readonly table: string }
  | { readonly kind: 'run pipeline' };

/** Tells whether a value that came from the page is a message of it. */
export function isMessageFromQuality(value: unknown): value is MessageFromQuality {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, table, rows, run } = value as Readonly<Record<string, unknown>>;
  switch (kind) {
    case 'ready':
    case 'run pipeline':
      return true;
    case 'go to cell':
      return typeof table === 'string';
    case 'show rows': {
      const isRun = run === undefined || Number.isSafeInteger(run);
      return typeof table === 'string' && (rows === 'rejected' || rows === 'quarantined') && isRun;
    }
    default:
      return false;
  }
}
