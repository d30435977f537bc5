// Checks the import directions of every module, and that the checker saw the modules at all.

import { readdirSync } from 'node:fs';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractConfig from 'dependency-cruiser/config-utl/extract-depcruise-config';

// Without its parser the checker finds no modules and is content (a missing @swc/core is enough for that).
const PARTS = ['src', 'test', 'bench'];

const sources = PARTS.flatMap((part) =>
  readdirSync(part, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(ts|tsx)$/.test(file)),
).length;
const config = await extractConfig('./.dependency-cruiser.cjs');
const { output } = await cruise(PARTS, { ...config.options, validate: true, ruleSet: config });
const { modules, summary } = output as ICruiseResult;

const cruised = modules.filter((module) => PARTS.some((part) => module.source.startsWith(`${part}/`))).length;
for (const { rule, from, to, cycle } of summary.violations) {
  const way = cycle ? [from, ...cycle.map((step) => step.name)] : [from, to];
  console.error(`${rule.name}: ${way.join(' → ')}`);
}
if (cruised < sources) console.error(`only ${cruised} of ${sources} source files were checked`);
console.log(`${cruised} modules, ${summary.totalDependenciesCruised} imports, ${summary.violations.length} violations`);
process.exitCode = summary.violations.length === 0 && cruised >= sources ? 0 : 1;
