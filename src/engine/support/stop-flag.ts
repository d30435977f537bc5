// A flag that any thread can raise and any other can look at, even while it is busy with one statement.

/** Shared memory: it passes to a worker with its order. */
export type StopFlag = Int32Array<SharedArrayBuffer>;

/** Raised when the signal is aborted. */
export function stopFlag(signal: AbortSignal): StopFlag {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const raise = () => Atomics.store(flag, 0, 1);
  if (signal.aborted) raise();
  else signal.addEventListener('abort', raise, { once: true });
  return flag;
}

export function isStopped(flag: StopFlag): boolean {
  return Atomics.load(flag, 0) !== 0;
}
