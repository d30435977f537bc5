// What becomes of text that can't be written any more.

/**
 * `drover … | head` closes the pipe, a terminal may be gone: that must not end a run in the middle. Text lost for another
 * reason, such as a full disk, must not look like success.
 */
export function outliveLostText(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', outlive);
}

function outlive(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE' || error.code === 'EIO') return;
  process.once('exit', (status) => {
    process.exitCode = status === 0 ? 1 : status;
  });
}
