#!/usr/bin/env node
// The engine runs each statement on a thread of this pool, whose size is read when it is first used: so
// it is set before anything else is loaded.
process.env.UV_THREADPOOL_SIZE ??= '16';

async function runProcess(): Promise<void> {
  const { main } = await import('./main.js');
  process.exitCode = await main(process.argv.slice(2), {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    platform: process.platform,
    directory: process.cwd(),
    signalSource: process,
    // process.exit would wait for what the engine does in its threads, which may not hear that it is to stop.
    end: (signal) => {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    },
  });
}

void runProcess();
