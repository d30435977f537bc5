// What is asked of the person who chooses a file.

import type { FileKind } from '../../../shared/shell.ts';

export interface FileRequest {
  /** "Open a project file". */
  readonly title: string;
  /** On the button that takes the file: "Open". */
  readonly action: string;
  /** Without extensions: any file. */
  readonly kind: FileKind;
  /** save: a file that need not exist yet. */
  readonly mode: 'open' | 'save';
  /** The name first proposed, to save. */
  readonly name?: string;
  /** Where to begin; the person's own folder when absent. */
  readonly folder?: string;
}
