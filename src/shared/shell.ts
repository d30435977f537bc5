// What the desktop shell offers to the page, through its preload script: what a browser can't do.

export interface FileKind {
  /** In words: "Drover project". */
  readonly name: string;
  /** Without dots: drover.json, db. */
  readonly extensions: readonly string[];
}

/** Chosen in the native menu or by the system; the page acts on it. */
export type ShellCommand =
  | { readonly kind: 'new migration' }
  | { readonly kind: 'open project'; readonly path: string | null }
  | { readonly kind: 'settings' }
  | { readonly kind: 'history' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

export interface DesktopShell {
  readonly platform: string;
  /** Asks for a new line to the engine; it comes as a message 'drover:port' with a MessagePort. */
  requestPort(): void;
  /** The path chosen, or null. */
  pickFile(kind: FileKind): Promise<string | null>;
  pickSave(kind: FileKind, name: string): Promise<string | null>;
  /** Writes what the page shows as PDF where the person says; false when they leave. */
  printPdf(name: string): Promise<boolean>;
  onCommand(listener: (command: ShellCommand) => void): void;
}
