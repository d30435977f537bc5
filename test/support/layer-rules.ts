// Which part may import which: the table of docs/architecture.md, as rules that a machine can hold.

export interface Rule {
  /** What the rule is there for. */
  readonly why: string;
  /** Modules it speaks of, by path. */
  readonly from: RegExp;
  readonly except?: RegExp;
  /** What those modules may import beside themselves; or, with `never`, what they may not. $1 is the group of `from`. */
  readonly only?: readonly string[];
  readonly never?: readonly string[];
}

/** What every part of the engine may use of `dialects`: the files beside the folders, but not the list of them. */
const DIALECT_DOOR = 'src/engine/dialects/(?!index)[a-z-]+\\.ts$';
const COMMONS = ['src/shared/', 'src/engine/(pipeline|support)/', DIALECT_DOOR];

/** Within src; packages are named `npm:<name>`, node's own modules `node:<name>`. */
export const rules: readonly Rule[] = [
  {
    why: 'the contract runs anywhere: zod only',
    from: /^src\/shared\//,
    only: ['src/shared/', 'npm:zod$'],
  },
  {
    why: 'a stage never imports another stage',
    from: /^src\/engine\/(connect|inspect|map|plan|run|report)\//,
    only: ['src/engine/$1/', ...COMMONS, 'npm:', 'node:'],
  },
  {
    why: 'a dialect never imports another dialect or a stage',
    from: /^src\/engine\/dialects\/(postgres|mysql|sqlite)\//,
    only: ['src/engine/dialects/$1/', ...COMMONS, 'npm:', 'node:'],
  },
  {
    why: 'the pipeline knows dialects by their interface, stages not at all',
    from: /^src\/engine\/pipeline\//,
    only: [...COMMONS, 'npm:', 'node:'],
  },
  {
    why: 'support serves everybody and knows nobody',
    from: /^src\/engine\/support\//,
    only: ['src/shared/', 'src/engine/support/', 'npm:', 'node:'],
  },
  {
    why: 'the host knows the engine by its door',
    from: /^src\/host\//,
    only: ['src/host/', 'src/shared/', 'src/engine/index\\.ts$', 'npm:', 'node:'],
  },
  {
    why: 'every shell composes host and engine, and knows no other shell',
    from: /^src\/(main|web)\//,
    only: ['src/$1/', 'src/(shared|host)/', 'src/engine/index\\.ts$', 'npm:', 'node:', 'package\\.json$'],
  },
  {
    why: 'the command line composes host and engine, and starts the web host by its door',
    from: /^src\/cli\//,
    only: ['src/(cli|shared|host)/', 'src/(engine/index|web/start)\\.ts$', 'npm:', 'node:', 'package\\.json$'],
  },
  {
    why: 'the preload script exposes the port, nothing else',
    from: /^src\/preload\//,
    only: ['src/(preload|shared)/', 'npm:electron$'],
  },
  {
    why: 'the screens speak the contract',
    from: /^src\/renderer\//,
    only: ['src/(renderer|shared)/', 'npm:'],
  },
  {
    why: 'a feature uses ui, client and shared, never another feature',
    from: /^src\/renderer\/features\/([^/]+)\//,
    only: ['src/renderer/features/$1/', 'src/renderer/(ui|client)/', 'src/shared/', 'npm:'],
  },
  {
    why: 'importing electron from plain Node starts a download, then throws',
    from: /./,
    except: /^src\/(main|preload)\//,
    never: ['npm:electron$'],
  },
  {
    why: 'what differs between databases stays in a dialect; better-sqlite3 also keeps the local store and lookups',
    from: /^src\//,
    except:
      /^src\/(engine\/dialects\/\w+\/|engine\/run\/(?:store\/|retry-file)|engine\/pipeline\/(?:lookup|seen)-file|host\/sample\/)/,
    never: ['npm:(pg|mysql2|better-sqlite3)(/|$)'],
  },
  {
    why: 'the product never leans on its tests or benchmarks',
    from: /^src\//,
    never: ['(test|bench)/'],
  },
];
