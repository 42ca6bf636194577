/**
 * The settings that change what a query gives, in lower case. `SET` and `RESET` of these, without GLOBAL,
 * belong to a notebook's session and are replayed before its models; a change of one makes their tables
 * stale. All others (threads, memory, progress, paths, profiling, …) change how fast or where something
 * runs, so they hold for queries alone and never reach a model.
 */
const sessionSettings: ReadonlySet<string> = new Set([
  'timezone', // what a TIMESTAMPTZ is as a date or a text
  'calendar', // how dates are counted
  'default_order', // ORDER BY without ASC or DESC
  'default_null_order', // ORDER BY without NULLS FIRST or LAST
  'null_order', // its other name
  'default_collation', // how texts compare
  'integer_division', // whether 1 / 2 is 0
  'ieee_floating_point_ops', // whether 1.0 / 0 is infinity or NULL
  'old_implicit_casting', // whether 1 = '1' is cast
  'disable_timestamptz_casts', // whether a TIMESTAMP becomes a TIMESTAMPTZ by itself
  'order_by_non_integer_literal', // whether ORDER BY 'x' is an error
  'scalar_subquery_error_on_multiple_rows', // whether a scalar subquery takes any one row of many
  'lambda_syntax', // what x -> y means
  'binary_as_string', // what a BLOB of a Parquet file is read as
]);

/** Tells whether SET or RESET of a setting belongs to the session of a notebook. */
export function isSessionSetting(name: string): boolean {
  return sessionSettings.has(name.toLowerCase());
}
