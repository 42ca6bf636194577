import type { Pollution } from './description.js';
import { compressedKinds } from './kinds/compressed.js';
import { dialectKinds } from './kinds/dialects.js';
import { driftKinds } from './kinds/drift.js';
import { encodingKinds } from './kinds/encodings.js';
import { headerKinds } from './kinds/headers.js';
import { lineKinds } from './kinds/lines.js';
import { nameKinds } from './kinds/names.js';
import { quoteKinds } from './kinds/quotes.js';
import { valueKinds } from './kinds/values.js';

/** Every kind of pollution, by what is wrong. */
export const kinds: Readonly<Record<string, readonly Pollution[]>> = {
  'Lines and records': lineKinds,
  Quotes: quoteKinds,
  Headers: headerKinds,
  'Encodings and other formats': encodingKinds,
  Compression: compressedKinds,
  'Delimiters and line ends': dialectKinds,
  Values: valueKinds,
  'Files that are not like those before': driftKinds,
  'Names of files': nameKinds,
};
