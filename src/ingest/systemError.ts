/** Tells whether an error is the operating system's with this code, as `ENOENT`. */
export function isSystemError(error: unknown, code: string): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === code;
}
