// The desk: what a person keeps at hand on this machine. Never a secret.

import { z } from 'zod';

export const theme = z.enum(['system', 'light', 'dark']);

export const settings = z.object({
  theme,
  /** Tables or key ranges in flight at once; null lets the engine choose. */
  workers: z.number().int().min(1).max(64).nullable(),
  /** Rows sent to the target at once; null lets the engine choose. */
  batchSize: z.number().int().min(1).max(100_000).nullable(),
  /** Above this many bytes of resident memory a run slows down rather than grows; null is no limit. */
  memoryLimit: z.number().int().positive().nullable(),
});
export type Settings = z.infer<typeof settings>;

/** A project file that was opened here before. */
export const recentProject = z.object({
  path: z.string(),
  name: z.string(),
  source: z.string(),
  target: z.string(),
  openedAt: z.string(),
  /** False when the file is gone. */
  exists: z.boolean(),
});
export type RecentProject = z.infer<typeof recentProject>;

/** A connection by name; its URL holds no password. */
export const savedConnection = z.object({ name: z.string(), url: z.string() });
export type SavedConnection = z.infer<typeof savedConnection>;

export const desk = z.object({
  /** Where Drover keeps its data (DROVER_HOME). */
  home: z.string(),
  version: z.string(),
  settings,
  recent: z.array(recentProject),
  connections: z.array(savedConnection),
});
export type Desk = z.infer<typeof desk>;

/** Where a password comes from when a connection is opened. */
export const secretPlace = z.enum(['none', 'memory', 'keychain', 'client files']);

export const secretState = z.object({
  place: secretPlace,
  /** Whether this host can keep secrets beyond its own life; the reason, in a sentence, where it can't. */
  keychain: z.object({ available: z.boolean(), reason: z.string().nullable() }),
});
export type SecretState = z.infer<typeof secretState>;

export const fileEntry = z.object({
  name: z.string(),
  path: z.string(),
  kind: z.enum(['folder', 'file']),
  bytes: z.number(),
  modifiedAt: z.string(),
});
export type FileEntry = z.infer<typeof fileEntry>;
