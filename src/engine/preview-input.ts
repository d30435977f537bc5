// What a look at a mapping starts from: the project as it stands at this moment, and both sides.

import type { Catalog } from '../shared/model/catalog.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Opened } from './connect/endpoint.ts';
import type { Recall } from './inspect/recall.ts';

interface PreviewedSide {
  readonly opened: Opened;
  readonly catalog: Catalog;
}

export interface PreviewInput {
  readonly project: Project;
  readonly table: { readonly source: string; readonly target: string };
  readonly limit: number;
  readonly source: PreviewedSide;
  readonly target: PreviewedSide;
  readonly recall: Recall;
  /** Secrets that steps may name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}
