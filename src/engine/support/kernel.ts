// Hot loops compiled to WebAssembly (kernels/): one instance for each thread that uses them.

/** What each kernel has beside its own functions, and the places in its memory that it names. */
export interface Kernel {
  /** Never grows. */
  readonly memory: { readonly buffer: ArrayBuffer };
}

/** What is used of it: its types come with those of browsers alone. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
  readonly Global: new () => { readonly value: unknown };
};

/** `wasm` is base64. The kernel's variables are read as they stand at that moment. */
export function openKernel<K extends Kernel>(wasm: string): K {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(wasm, 'base64')));
  const kernel = {};
  for (const [name, value] of Object.entries(exports)) {
    const get = value instanceof WebAssembly.Global ? () => value.value : () => value;
    Object.defineProperty(kernel, name, { get });
  }
  return kernel as K;
}
