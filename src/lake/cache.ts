import { randomUUID } from 'node:crypto';
import { faultLine } from '../protocol/fault.js';
import type { Json } from '../protocol/json.js';
import type { LakeContext } from './context.js';
import { contentOf, replaceFile } from './durable.js';

/** Values that can be made again at any time, as parses by their text's hash. Names are file names. */
export interface Cache {
  /** Undefined when there is none, or when it can't be read: that is logged, and costs time only. */
  read(name: string): Promise<Json | undefined>;
  /** Replaces it as a whole. A failure is logged: nothing depends on a cache. */
  write(name: string, value: Json): Promise<void>;
}

/** The cache of a project, under `.ratatouille/cache`. */
export function cacheOf(context: LakeContext): Cache {
  const { fileSystem, layout, logger } = context;
  return {
    read: async (name) => {
      const path = layout.cacheFile(checked(name));
      try {
        const text = await contentOf(fileSystem, path);
        return text === undefined ? undefined : (JSON.parse(text) as Json);
      } catch (error) {
        logger.warn(`${path} can't be read and counts as missing: ${faultLine(error)}`);
        return undefined;
      }
    },
    write: async (name, value) => {
      const path = layout.cacheFile(checked(name));
      try {
        await replaceFile(context, `${path}.${randomUUID()}.tmp`, path, JSON.stringify(value));
      } catch (error) {
        logger.warn(`Could not keep ${path}: ${faultLine(error)}`);
      }
    },
  };
}

function checked(name: string): string {
  if (!/^[\w-]+$/.test(name)) throw new Error(`“${name}” can't name a cache`);
  return name;
}
