// Compiles the kernels to WebAssembly, as text in modules of src; with --check it only tells whether they are up to date.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

/** Each kernel beside whom it serves. */
const KERNELS = {
  digest: 'src/engine/pipeline/digest.wasm.ts',
  'copy-text': 'src/engine/dialects/postgres/writer/copy-text.wasm.ts',
  'copy-binary': 'src/engine/dialects/postgres/writer/copy-binary.wasm.ts',
  'copy-rows': 'src/engine/dialects/postgres/reader/copy-rows.wasm.ts',
  'bulk-rows': 'src/engine/dialects/mysql/writer/bulk-rows.wasm.ts',
  'insert-rows': 'src/engine/dialects/mysql/writer/insert-rows.wasm.ts',
  'leaf-pages': 'src/engine/dialects/sqlite/pages/leaf-pages.wasm.ts',
  'page-facts': 'src/engine/dialects/sqlite/profiler/page-facts.wasm.ts',
  parcel: 'src/engine/dialects/sqlite/writer/parcel.wasm.ts',
  'result-rows': 'src/engine/dialects/mysql/wire/result-rows.wasm.ts',
} as const;

/** Memory never grows: growing detaches buffers, after which V8 looks at each access whether a buffer is still there. */
const OPTIONS = ['-O3', '--converge', '--runtime', 'stub', '--noAssert', '--enable', 'simd'];
const PAGE = 64 * 1024;

const root = new URL('..', import.meta.url);
const check = process.argv.includes('--check');
let stale = 0;

for (const [name, target] of Object.entries(KERNELS)) {
  const module = moduleOf(name, await compile(name));
  const file = fileURLToPath(new URL(target, root));
  if (check) {
    if (readOr(file) === module) continue;
    stale++;
    console.error(`${target} is not what kernels/${name}.ts compiles to: npm run kernels`);
  } else writeFileSync(file, module);
}
process.exitCode = stale === 0 ? 0 : 1;

async function compile(name: string): Promise<Uint8Array> {
  const source = `kernels/${name}.ts`;
  const pages = String(Math.ceil(memoryOf(readFileSync(new URL(source, root), 'utf8'), source) / PAGE));
  let binary: Uint8Array | null = null;
  const { error, stderr } = await asc.main(
    [source, ...OPTIONS, '--initialMemory', pages, '--maximumMemory', pages, '--outFile', 'kernel.wasm'],
    {
      readFile: (file) => readOr(fileURLToPath(new URL(file, root))),
      writeFile: (_, contents) => {
        if (typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error || !binary) throw new Error(stderr.toString() || `${source} did not compile`);
  return binary;
}

/** What the kernel says that it needs, in kilobytes. */
function memoryOf(text: string, source: string): number {
  const kilobytes = /^\/\/ Memory: (\d+) kB/m.exec(text)?.[1];
  if (!kilobytes) throw new Error(`${source} does not say how much memory it needs`);
  return Number(kilobytes) * 1024;
}

function moduleOf(name: string, binary: Uint8Array): string {
  const text = Buffer.from(binary).toString('base64');
  return `// Made by \`npm run kernels\` from kernels/${name}.ts.

/** WebAssembly, in base64. */
export const WASM =
  '${text}';
`;
}

function readOr(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
