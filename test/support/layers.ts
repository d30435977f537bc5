// Checks the import directions of every module, that packages are declared, and that no modules go in a circle.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, normalize, sep } from 'node:path';
import { parseSync } from 'vite';
import { type Rule, rules } from './layer-rules.ts';

const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Record<string, string>>;
const shipped = new Set(Object.keys(manifest.dependencies ?? {}));
const development = new Set(Object.keys(manifest.devDependencies ?? {}));

const imports = new Map(sourceFiles().map((file) => [file, importsOf(file)]));
const faults = [...directionFaults(), ...circles()];
for (const fault of faults) console.error(fault);
console.log(`${imports.size} modules, ${[...imports.values()].flat().length} imports, ${faults.length} violations`);
// A checker that finds nothing to check is content with everything.
process.exitCode = faults.length === 0 && imports.size > 100 ? 0 : 1;

interface Import {
  /** A path from the root of the repository, `npm:<name>` or `node:<name>`. */
  readonly to: string;
  readonly typeOnly: boolean;
}

function sourceFiles(): string[] {
  return ['src', 'test', 'bench']
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => file.split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const source = readFileSync(file, 'utf8');
  const { module, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`);
  const fixed = module.staticImports.map((each) => ({
    specifier: each.moduleRequest.value,
    typeOnly: each.entries.length > 0 && each.entries.every((entry) => entry.isType),
  }));
  const handedOn = module.staticExports.flatMap((each) =>
    each.entries.flatMap((entry) =>
      entry.moduleRequest ? [{ specifier: entry.moduleRequest.value, typeOnly: entry.isType }] : [],
    ),
  );
  const dynamic = module.dynamicImports.flatMap((each) => {
    const literal = /^(['"])(.*)\1$/.exec(source.slice(each.moduleRequest.start, each.moduleRequest.end));
    return literal ? [{ specifier: literal[2]!, typeOnly: false }] : [];
  });
  return [...fixed, ...handedOn, ...dynamic].map(({ specifier, typeOnly }) => ({
    to: target(file, specifier),
    typeOnly,
  }));
}

function target(file: string, specifier: string): string {
  if (specifier.startsWith('.'))
    return normalize(join(dirname(file), specifier))
      .split(sep)
      .join('/');
  if (isBuiltin(specifier)) return `node:${specifier.replace(/^node:/, '')}`;
  return `npm:${specifier}`;
}

function directionFaults(): string[] {
  return [...imports].flatMap(([file, targets]) =>
    targets.flatMap(({ to, typeOnly }) => {
      const why = [
        ...rules.filter((rule) => breaks(rule, file, to)).map((rule) => rule.why),
        ...undeclared(file, to, typeOnly),
      ];
      return why.map((reason) => `${file} → ${to}: ${reason}`);
    }),
  );
}

function breaks(rule: Rule, file: string, to: string): boolean {
  const match = rule.from.exec(file);
  if (!match || rule.except?.test(file)) return false;
  const patterns = (rule.only ?? rule.never ?? []).map((text) => new RegExp(`^${text.replace('$1', match[1] ?? '')}`));
  const named = patterns.some((pattern) => pattern.test(to));
  return rule.only ? !named : named;
}

function undeclared(file: string, to: string, typeOnly: boolean): string[] {
  if (!to.startsWith('npm:')) return to.startsWith('node:') || existsSync(to) ? [] : ['there is no such file'];
  const name = /^npm:((?:@[^/]+\/)?[^/]+)/.exec(to)![1]!;
  if (shipped.has(name)) return [];
  if (!development.has(name) && !development.has(`@types/${name}`)) return ['the package is not in package.json'];
  const bundled = /^src\/(main|preload|renderer|cli\/demo)\//.test(file);
  return !file.startsWith('src/') || bundled || typeOnly
    ? []
    : ['a package for development only is not there when Drover is'];
}

/** Every circle once, as the path that leads back to its beginning. */
function circles(): string[] {
  const found: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];

  function visit(file: string): void {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push(`circle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
      return;
    }
    state.set(file, 'open');
    path.push(file);
    for (const { to } of imports.get(file) ?? []) if (imports.has(to)) visit(to);
    path.pop();
    state.set(file, 'done');
  }

  for (const file of imports.keys()) visit(file);
  return found;
}
