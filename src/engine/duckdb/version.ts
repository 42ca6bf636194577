/**
 * The engine that the pinned package brings, as it names itself. Known without loading it, since a run with
 * nothing to do must not; a test holds it against the engine.
 */
export const duckdbVersion = 'DuckDB 1.5.5';
