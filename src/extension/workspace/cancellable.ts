import * as vscode from 'vscode';

export type ProgressReport = (progress: { readonly message?: string; readonly increment?: number }) => void;

/** Does work under a notification with a button to cancel it, which aborts the signal. */
export async function cancellable<T>(
  title: string,
  work: (signal: AbortSignal, report: ProgressReport) => Promise<T>,
): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work(abort.signal, (step) => progress.report(step));
  });
}

const quickMs = 800;

/** As {@link cancellable}, but work that is done within a moment says nothing. */
export async function quietly<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  const result = work(abort.signal);
  const isQuick = await Promise.race([
    result.then(
      () => true,
      () => true,
    ),
    new Promise<false>((resolve) => setTimeout(() => resolve(false), quickMs)),
  ]);
  if (isQuick) return result;
  return cancellable(title, (signal) => {
    signal.addEventListener('abort', () => abort.abort());
    return result;
  });
}
