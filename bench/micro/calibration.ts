// A loop that never changes: what it takes says how fast this machine is at this moment.
//
// It walks along bytes as the pipeline does, with a branch that depends on them. To change it is to rebase all figures.

const BYTES = Uint8Array.from({ length: 64 * 1024 }, (_, i) => (Math.imul(i, 2_654_435_761) >>> 13) & 0x7f);
const COPY = new Uint8Array(BYTES.length);
const TIMES = 500;

export function calibrate(): number {
  let hash = 0;
  for (let time = 0; time < TIMES; time++) {
    for (let i = 0; i < BYTES.length; i++) {
      const byte = BYTES[i]!;
      if (byte > 0x60) COPY[i] = byte - 0x20;
      else COPY[i] = byte;
      hash = (Math.imul(hash, 31) + byte) | 0;
    }
  }
  return hash;
}
