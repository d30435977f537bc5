// How Drover proves to an SSH host who it is: with a key's file, or by asking the agent.

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import ssh2, { type ConnectConfig } from 'ssh2';
import { DroverError } from '../../shared/errors.ts';
import type { SshTunnel } from '../../shared/model/connection.ts';
import { sshUrl } from '../../shared/ssh.ts';
import type { PasswordPorts } from './ports.ts';

const WINDOWS_AGENT = '\\\\.\\pipe\\openssh-ssh-agent';

export type Login = Pick<ConnectConfig, 'privateKey' | 'passphrase' | 'agent'>;

/** Throws `connect.ssh-refused` when there is nothing to prove it with. */
export async function loginFor(ssh: SshTunnel, ports: PasswordPorts): Promise<Login> {
  if (ssh.key !== undefined) return keyLogin(ssh, ssh.key, ports);
  const agent = ports.environment.SSH_AUTH_SOCK || (process.platform === 'win32' ? WINDOWS_AGENT : undefined);
  if (agent) return { agent };
  throw new DroverError('connect.ssh-refused', `There is no key for ${ssh.user} on the SSH host ${ssh.host}.`, {
    cause: 'No key file is named, and no SSH agent runs (SSH_AUTH_SOCK is not set).',
    hint: 'Add ssh-key= with the path of the private key to the URL, or start an agent and add the key: ssh-add.',
  });
}

async function keyLogin(ssh: SshTunnel, key: string, ports: PasswordPorts): Promise<Login> {
  const path = key.startsWith('~/') ? join(ports.environment.HOME || homedir(), key.slice(2)) : key;
  const privateKey = await readKey(path);
  const open = ssh2.utils.parseKey(privateKey);
  if (!(open instanceof Error)) {
    if (!open.isPrivateKey()) throw unusable(path, 'It is a public key.');
    return { privateKey };
  }
  if (!/passphrase/i.test(open.message)) throw unusable(path, open.message);
  const passphrase = await ports.passwordOf?.(sshUrl(ssh));
  if (!passphrase) {
    throw new DroverError('connect.ssh-refused', `The key ${path} asks for its passphrase, and none was given.`, {
      hint: 'Give the passphrase, or add the key to the SSH agent (ssh-add) and leave ssh-key= out.',
    });
  }
  if (ssh2.utils.parseKey(privateKey, passphrase) instanceof Error) {
    throw new DroverError('connect.ssh-refused', `The passphrase does not open the key ${path}.`, {
      hint: 'Check the passphrase.',
    });
  }
  return { privateKey, passphrase };
}

async function readKey(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw unusable(path, error instanceof Error ? error.message : String(error));
  }
}

function unusable(path: string, cause: string): DroverError {
  return new DroverError('connect.ssh-refused', `The key ${path} can't be used.`, {
    cause,
    hint: 'Give ssh-key= the path of a private key in OpenSSH, PEM or PuTTY form.',
  });
}
