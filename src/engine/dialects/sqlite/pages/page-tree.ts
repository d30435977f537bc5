// The tree of a table's pages: from its root to the leaves that may hold rows of a range, in the order of their rowids.

import { readSync } from 'node:fs';
import type { PageFile } from './page-file.ts';

/** Leaf pages that lie one behind the other in the file; the first page of a file is 1. */
export interface Leaves {
  readonly first: number;
  readonly pages: number;
}

/** Rowids, both included. */
interface Bounds {
  readonly from: bigint;
  readonly upto: bigint;
}

const INTERIOR = 5;
const LEAF = 13;
const INTERIOR_HEADER = 12;
/** A table of 2^63 rows has fewer levels: a tree that is deeper leads in a circle. */
const DEEPEST = 24;

/** Throws RangeError where the pages are no such tree. */
export function leavesOf(file: PageFile, root: number, bounds: Bounds, most: number): Generator<Leaves> {
  return runs(leafPages(file, root, bounds, 0), most);
}

function* runs(pages: Iterable<number>, most: number): Generator<Leaves> {
  let first = 0;
  let count = 0;
  for (const page of pages) {
    if (count > 0 && page === first + count && count < most) count++;
    else {
      if (count > 0) yield { first, pages: count };
      first = page;
      count = 1;
    }
  }
  if (count > 0) yield { first, pages: count };
}

function* leafPages(file: PageFile, page: number, bounds: Bounds, depth: number): Generator<number> {
  const bytes = pageOf(file, page);
  if (bytes[0] === LEAF) {
    yield page;
    return;
  }
  if (bytes[0] !== INTERIOR || depth > DEEPEST) throw new RangeError(`Page ${page} is no part of a table.`);
  const children = childrenOf(bytes, bounds);
  // All leaves are equally far from the root.
  const [child] = children;
  if (child !== undefined && pageOf(file, child)[0] === LEAF) yield* children;
  else for (const each of children) yield* leafPages(file, each, bounds, depth + 1);
}

/** Those that may hold rows within the bounds: each has rowids up to its key, the last one those above. */
function childrenOf(bytes: Buffer, { from, upto }: Bounds): number[] {
  const cells = bytes.readUInt16BE(3);
  const children: number[] = [];
  let below = -(2n ** 63n) - 1n;
  for (let i = 0; i < cells; i++) {
    const at = bytes.readUInt16BE(INTERIOR_HEADER + 2 * i);
    const key = rowidAt(bytes, at + 4);
    if (key >= from && below < upto) children.push(bytes.readUInt32BE(at));
    below = key;
  }
  if (below < upto) children.push(bytes.readUInt32BE(8));
  return children;
}

function rowidAt(bytes: Buffer, at: number): bigint {
  let value = 0n;
  for (let i = 0; i < 8; i++) {
    const byte = bytes.readUInt8(at + i);
    value = (value << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) return BigInt.asIntN(64, value);
  }
  return BigInt.asIntN(64, (value << 8n) | BigInt(bytes.readUInt8(at + 8)));
}

function pageOf({ descriptor, pageSize }: PageFile, page: number): Buffer {
  const bytes = Buffer.allocUnsafe(pageSize);
  const read = page > 0 ? readSync(descriptor, bytes, 0, pageSize, (page - 1) * pageSize) : 0;
  if (read !== pageSize) throw new RangeError(`The file has no page ${page}.`);
  return bytes;
}
