// `npm run test:faults`: kills, cuts and starves Drover at every named point and at random, and says what was not kept.
//   --planted              instead: engines with a fault planted, each of which must be seen
//   --mutations 2000       instead: changes behind Drover's back, each of which a verification must tell
//   --seed 7 --class kill --pair postgres-mariadb --runs 100 --minutes 30 --replay "kill postgres-mariadb 7-12"

import { program } from '../support/program.ts';
import { mutations } from './mutations/mutations.ts';
import { optionsFrom, seedAndPairs } from './options.ts';
import { proved } from './planted.ts';
import { faults } from './suite.ts';

const args = process.argv.slice(2);
const say = (line: string): void => console.log(line);
if (args[0] === '--planted') process.exit((await proved(say, args[1])) ? 0 : 1);
if (args[0] === '--mutations') {
  const { seed, pairs } = seedAndPairs(args.slice(2));
  const figures = await mutations({ seed, pairs, count: Number(args[1]) }, say);
  say(`\n${figures}\n${figures.violations.length} violations, seed ${seed}`);
  process.exit(figures.violations.length === 0 ? 0 : 1);
}
const options = optionsFrom(args);
say(`seed ${options.seed}`);
const tally = await faults(options, { entry: program('cli'), say });
say(`\n${tally}\n`);
for (const { replay, result } of tally.failures) {
  say(`npm run test:faults -- --replay "${replay}"    ${result.words}: ${result.violations[0]}`);
}
say(`${tally.violations} violations, seed ${options.seed}`);
process.exitCode = tally.violations === 0 ? 0 : 1;
