// Databases of runs whose passwords the host does not have any more: it is asked, and told what a person types.

import { engine } from '../engine.ts';

/** Those for which a password would be asked and none is kept anywhere. */
export async function withoutPassword(urls: readonly string[]): Promise<string[]> {
  const lacking = await Promise.all(urls.map(lacksPassword));
  return urls.filter((_, i) => lacking[i]);
}

/** Until Drover is closed. */
export async function keepPassword(url: string, secret: string): Promise<void> {
  await engine.call('secrets.keep', { url, secret, remember: false });
}

async function lacksPassword(url: string): Promise<boolean> {
  const { asksPassword } = await engine.call('connect.parse', { url });
  return asksPassword && (await engine.call('secrets.state', { url })).place === 'none';
}
