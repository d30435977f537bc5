// Lines of SHOW GRANTS, and what they cover.

import { expect, test } from 'vitest';
import { covers, parseGrant } from '../../src/engine/dialects/mysql/privileges.ts';

test.each([
  ['GRANT ALL PRIVILEGES ON *.* TO `root`@`localhost` WITH GRANT OPTION', 'shop', true],
  ['GRANT SELECT, CREATE ON `shop`.* TO `a`@`%`', 'shop', true],
  ['GRANT SELECT ON `shop`.* TO `a`@`%`', 'shop', false],
  ['GRANT CREATE ON `drover\\_%`.* TO `a`@`%`', 'drover_abc', true],
  ['GRANT CREATE ON `drover\\_%`.* TO `a`@`%`', 'droverxabc', false],
  ['GRANT CREATE ON `sh_p`.* TO `a`@`%`', 'shop', true],
  ['GRANT CREATE ON `a.b`.* TO `a`@`%`', 'axb', false],
])('%s covers CREATE on %s: %s', (line, database, expected) => {
  const grant = parseGrant(line);
  expect(grant !== null && covers(grant, database, 'CREATE')).toBe(expected);
});

test('grants of roles and on single tables are passed over', () => {
  expect(parseGrant('GRANT `role`@`%` TO `a`@`%`')).toBeNull();
  expect(parseGrant('GRANT SELECT ON `shop`.`orders` TO `a`@`%`')).toBeNull();
});
