/*
 * What is known of DuckDB's functions by name, for DuckDB 1.5.5. `test/unit/sql/functions.test.ts` holds
 * these lists against the engine's own catalog, so a new engine shows what changed.
 */

/** Functions whose value changes without an input changing. */
export const volatileFunctions: ReadonlySet<string> = new Set([
  ...['now', 'today', 'current_date', 'get_current_time', 'get_current_timestamp', 'transaction_timestamp'],
  ...['current_localtime', 'current_localtimestamp', 'ago', 'pg_conf_load_time', 'pg_postmaster_start_time'],
  ...['random', 'setseed', 'uuid', 'uuidv4', 'uuidv7', 'gen_random_uuid', 'reservoir_quantile'],
  ...['nextval', 'currval', 'txid_current', 'current_transaction_id'],
  ...['current_connection_id', 'current_query_id', 'current_query', 'stats'],
]);

/** Words that are a moment where no column has that name; the tree has them as columns. */
export const volatileWords: ReadonlySet<string> = new Set([
  ...['current_date', 'current_time', 'current_timestamp', 'localtime', 'localtimestamp'],
]);

/** Aggregates whose value depends on the order of rows unless ORDER BY stands inside. */
export const orderedAggregates: ReadonlySet<string> = new Set([
  ...['first', 'last', 'arbitrary', 'string_agg', 'group_concat', 'listagg'],
]);

/** Window functions whose value depends on the order of rows unless OVER has an ORDER BY. */
export const orderedWindows: ReadonlySet<string> = new Set([
  ...['row_number', 'ntile', 'lag', 'lead', 'first', 'first_value', 'last', 'last_value', 'nth_value'],
]);

/** Functions that make one row of many, with which a SELECT without GROUP BY no longer keeps its rows. */
export const aggregateFunctions: ReadonlySet<string> = new Set([
  ...['any_value', 'approx_count_distinct', 'approx_quantile', 'approx_top_k', 'arbitrary', 'arg_max'],
  ...[
    'arg_max_null',
    'arg_max_nulls_last',
    'arg_min',
    'arg_min_null',
    'arg_min_nulls_last',
    'argmax',
    'argmin',
  ],
  ...[
    'array_agg',
    'avg',
    'bit_and',
    'bit_or',
    'bit_xor',
    'bitstring_agg',
    'bool_and',
    'bool_or',
    'corr',
    'count',
  ],
  ...['count_if', 'count_star', 'countif', 'covar_pop', 'covar_samp', 'entropy', 'favg', 'first', 'fsum'],
  ...[
    'group_concat',
    'histogram',
    'histogram_exact',
    'kahan_sum',
    'kurtosis',
    'kurtosis_pop',
    'last',
    'list',
  ],
  ...['listagg', 'mad', 'max', 'max_by', 'mean', 'median', 'min', 'min_by', 'mode', 'product', 'quantile'],
  ...['quantile_cont', 'quantile_disc', 'regr_avgx', 'regr_avgy', 'regr_count', 'regr_intercept', 'regr_r2'],
  ...['regr_slope', 'regr_sxx', 'regr_sxy', 'regr_syy', 'reservoir_quantile', 'sem', 'skewness', 'stddev'],
  ...['stddev_pop', 'stddev_samp', 'string_agg', 'sum', 'sum_no_overflow', 'sumkahan', 'var_pop', 'var_samp'],
  ...['variance', 'geomean', 'geometric_mean', 'weighted_avg', 'wavg'],
]);

/** Functions that make many rows of one. */
export const rowMakingFunctions: ReadonlySet<string> = new Set([
  'unnest',
  'unlist',
  'generate_subscripts',
  'regexp_split_to_table',
]);
