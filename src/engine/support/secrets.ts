// Secrets that a project names and never holds, such as the salt of a hash: from the environment of the host.

const PREFIX = 'DROVER_SECRET_';

/** By the name after the prefix, in lower case, as projects write it. */
export function namedSecrets(environment: NodeJS.ProcessEnv): Record<string, string> {
  const given = Object.entries(environment).filter(([name, value]) => name.startsWith(PREFIX) && value);
  return Object.fromEntries(given.map(([name, value]) => [name.slice(PREFIX.length).toLowerCase(), value!]));
}
