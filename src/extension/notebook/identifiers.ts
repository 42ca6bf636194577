/** Names that package.json contributes under; the files that users keep depend on them, so they are stable. */
export const notebookType = 'ratatouille';
export const cellLanguage = 'ratatouille-sql';
export const controllerId = 'ratatouille.kernel';
