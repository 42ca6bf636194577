// Writes dist/schemas/: what an editor completes ratatouille.json and contracts from. Needs what tsc wrote to out/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';

const draft = 'http://json-schema.org/draft-07/schema#';

/**
 * A folder `contracts` is common: only a file that says it is one of ours, or says nothing yet, is judged.
 */
function onlyOurs(schema) {
  const { $schema, title, ...rest } = schema;
  return {
    $schema,
    title,
    if: { anyOf: [{ maxProperties: 0 }, { required: ['files'] }, { required: ['format', 'columns'] }] },
    // biome-ignore lint/suspicious/noThenProperty: the keyword of JSON Schema
    then: rest,
  };
}

/** Writes both schemas. */
export async function writeSchemas() {
  const { settingsSchema } = await import('../out/src/project/settings.js');
  const { contractSchema } = await import('../out/src/ingest/contractSchema.js');
  mkdirSync('dist/schemas', { recursive: true });
  const write = (name, schema) =>
    writeFileSync(`dist/schemas/${name}.json`, `${JSON.stringify(schema, null, 2)}\n`);
  const shape = (schema, title) => ({
    $schema: draft,
    title,
    ...toJsonSchema(schema, { typeMode: 'input' }),
  });
  write('settings', shape(settingsSchema, 'Ratatouille project'));
  write('contract', onlyOurs(shape(contractSchema, 'Ratatouille contract')));
}

if (process.argv[1]?.endsWith('schemas.mjs')) await writeSchemas();
