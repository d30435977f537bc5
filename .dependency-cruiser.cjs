// Which part may import which: the table of docs/architecture.md, as errors.

const STAGES = '(connect|inspect|map|plan|run|report)';
const DIALECTS = '(postgres|mysql|sqlite)';
// What every part of the engine may use of `dialects`; the dialect folders themselves are none of it.
const DIALECT_DOOR = '^src/engine/dialects/[a-z-]+\\.ts$';
const ENGINE_COMMONS = ['^src/engine/(pipeline|support)/', DIALECT_DOOR];

/** Modules in `from` may import their own folder, what `to` names, and packages; nothing else of src. */
const only = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: to },
});

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two modules that need each other are one, or a third is missing.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'not-resolvable',
      comment: 'A file that is not there escapes the other rules. (Packages are the type-checker’s business.)',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^\\.' },
    },
    {
      name: 'shared-is-pure',
      comment: 'The contract runs anywhere: zod only, no node, no DOM, no electron.',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { pathNot: ['^src/shared/', '^node_modules/zod/'] },
    },
    only(
      'stages-apart',
      'A stage never imports another stage: what they share lies in shared, pipeline, support or the dialect interface.',
      `^src/engine/${STAGES}/`,
      ['^src/engine/$1/', '^src/shared/', ...ENGINE_COMMONS],
    ),
    only('dialects-apart', 'A dialect never imports another dialect or a stage.', `^src/engine/dialects/${DIALECTS}/`, [
      '^src/engine/dialects/$1/',
      '^src/shared/',
      '^src/engine/(pipeline|support)/',
      DIALECT_DOOR,
    ]),
    {
      name: 'dialects-not-through-the-list',
      comment: 'The list of dialects imports every dialect: a dialect that imports it reaches its siblings.',
      severity: 'error',
      from: { path: '^src/engine/dialects/[^/]+/' },
      to: { path: '^src/engine/dialects/index\\.ts$' },
    },
    only(
      'pipeline-below-stages',
      'The pipeline knows dialects by their interface, stages not at all.',
      '^src/engine/pipeline/',
      ['^src/shared/', ...ENGINE_COMMONS],
    ),
    only('support-at-the-bottom', 'Support serves everybody and knows nobody.', '^src/engine/support/', [
      '^src/shared/',
      '^src/engine/support/',
    ]),
    only('host', 'The host knows the engine by its door.', '^src/host/', [
      '^src/host/',
      '^src/shared/',
      '^src/engine/index\\.ts$',
    ]),
    only('shells', 'Every shell composes host and engine, and knows no other shell.', '^src/(main|web|cli)/', [
      '^src/$1/',
      '^src/(shared|host)/',
      '^src/engine/index\\.ts$',
    ]),
    only('preload', 'The preload script exposes the port, nothing else.', '^src/preload/', ['^src/(preload|shared)/']),
    only('renderer', 'The screens speak the contract.', '^src/renderer/', ['^src/(renderer|shared)/']),
    only(
      'features-apart',
      'A feature uses ui, client and shared; never another feature.',
      '^src/renderer/features/([^/]+)/',
      ['^src/renderer/features/$1/', '^src/renderer/(ui|client)/', '^src/shared/'],
    ),
    {
      name: 'electron-in-its-shell',
      comment: 'Importing electron from plain Node starts a download, then throws.',
      severity: 'error',
      from: { pathNot: '^src/(main|preload)/' },
      to: { path: '^(node_modules/)?electron(/|$)' },
    },
    {
      name: 'drivers-in-their-dialect',
      comment: 'What differs between databases stays in a dialect folder; better-sqlite3 also keeps the local store.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/engine/dialects/[^/]+/', '^src/engine/run/store/', '^src/cli/demo/'] },
      to: { path: '^node_modules/(pg|pg-copy-streams|mysql2|better-sqlite3)/' },
    },
    {
      name: 'src-without-tests',
      comment: 'The product never leans on its tests or benchmarks.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench)/' },
    },
    {
      name: 'no-development-packages',
      comment: 'What is only installed for development is not there when Drover is.',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/(main|preload|renderer)/', '^src/cli/demo/'] },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
