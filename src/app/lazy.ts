/** A value that is made at the first call and shared by all; a failed making is tried again. */
export interface Lazy<T> {
  (): Promise<T>;
  /** The value if somebody asked for it. */
  readonly made: () => Promise<T> | undefined;
}

/** Makes a {@link Lazy} value. */
export function lazy<T>(make: () => Promise<T>): Lazy<T> {
  let value: Promise<T> | undefined;
  const get = (): Promise<T> => {
    value ??= make().catch((error: unknown) => {
      value = undefined;
      throw error;
    });
    return value;
  };
  return Object.assign(get, { made: () => value });
}
