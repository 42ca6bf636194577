/** What is known when a folder was opened. */
export interface OpenedFolder {
  /** The root of its project; undefined when there is none. */
  readonly root: string | undefined;
  /** The root of the project that *New Project* made last and that was not welcomed yet. */
  readonly expected: string | undefined;
  readonly hasGuide: boolean;
  /** Whether anything was ever published in it. */
  readonly isBuilt: boolean;
  /** Whether it was welcomed before, on this machine. */
  readonly isWelcomed: boolean;
}

/**
 * Tells whether the guide and the walkthrough are opened by themselves: once in each project that has a
 * guide and that nobody has built yet, and always after *New Project*.
 */
export function decideWelcome(folder: OpenedFolder): 'welcome' | 'leave alone' {
  if (folder.root === undefined) return 'leave alone';
  if (folder.root === folder.expected) return 'welcome';
  return folder.hasGuide && !folder.isBuilt && !folder.isWelcomed ? 'welcome' : 'leave alone';
}
