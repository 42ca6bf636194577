import { type Style, styleOf } from './style.js';
import type { Terminal } from './terminal.js';

interface LiveRegion {
  (text: string): void;
  persist(text: string): void;
  clear(): void;
  done(): void;
}

/** Standard error: messages that stay, and below them a region that is drawn again and again. */
export class Screen {
  readonly style: Style;
  /** Only a terminal can draw again. */
  readonly canBeLive: boolean;
  private live: LiveRegion | undefined;

  constructor(private readonly terminal: Terminal) {
    this.style = styleOf(terminal.stderr, terminal);
    this.canBeLive = terminal.stderr.isTTY === true && terminal.env.TERM !== 'dumb';
  }

  /** Prints one message, above the live region if there is one. */
  print(text: string): void {
    if (this.live) this.live.persist(text);
    else this.terminal.stderr.write(`${text}\n`);
  }

  /** Begins the live region; call only where {@link canBeLive}. */
  async startLive(): Promise<void> {
    const { createLogUpdate } = await import('log-update');
    this.live = createLogUpdate(this.terminal.stderr as NodeJS.WriteStream);
  }

  draw(lines: readonly string[]): void {
    this.live?.(lines.join('\n'));
  }

  /** Removes the live region. */
  endLive(): void {
    this.live?.clear();
    this.live?.done();
    this.live = undefined;
  }
}
