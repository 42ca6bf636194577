/**
 * Names under which package.json contributes; a test holds the two together. What a person's settings and
 * keybindings refer to is stable.
 */
export const commandIds = {
  newProject: 'ratatouille.newProject',
  newNotebook: 'ratatouille.newNotebook',
  addData: 'ratatouille.addData',
  runPipeline: 'ratatouille.runPipeline',
  plan: 'ratatouille.plan',
  openGettingStarted: 'ratatouille.openGettingStarted',
  showGlossary: 'ratatouille.showGlossary',
  showLog: 'ratatouille.showLog',
  refresh: 'ratatouille.refresh',
  openFirstRows: 'ratatouille.openFirstRows',
  openAsText: 'ratatouille.openAsText',
  goToCell: 'ratatouille.goToCell',
  revealFile: 'ratatouille.revealFile',
  copyPath: 'ratatouille.copyPath',
  copyName: 'ratatouille.copyName',
  showRun: 'ratatouille.showRun',
  restore: 'ratatouille.restore',
  keepVersions: 'ratatouille.keepVersions',
  exportRows: 'ratatouille.exportRows',
  showQuality: 'ratatouille.showQuality',
  inspectFile: 'ratatouille.inspectFile',
} as const;

/** What buttons of ours run; nobody else can give them their arguments, so nothing contributes them. */
export const internalCommandIds = {
  runCells: '_ratatouille.runCells',
  runWithUpstream: '_ratatouille.runWithUpstream',
  showCell: '_ratatouille.showCell',
  moveCell: '_ratatouille.moveCell',
  manageTrust: '_ratatouille.manageTrust',
  acceptDrift: '_ratatouille.acceptDrift',
} as const;

export const viewIds = { data: 'ratatouille.data', runs: 'ratatouille.runs' } as const;

export const viewContainerId = 'ratatouille';

/** Publisher, name and the walkthrough's own id, as VS Code puts them together. */
export const walkthroughId = 'ratatouille.ratatouille#ratatouille.gettingStarted';

export const contextKeys = {
  /** Whether a project is open; the views' empty states depend on it. */
  hasProject: 'ratatouille.hasProject',
  /** The prefix of one key for each step of the walkthrough. */
  did: 'ratatouille.did',
} as const;
