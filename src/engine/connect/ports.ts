// What connecting needs from whoever hosts the engine.

/** Where passwords come from that were not given. */
export interface PasswordPorts {
  readonly environment: NodeJS.ProcessEnv;
  /** What the host keeps for a URL without password; for ssh://user@host:port the passphrase of the key. */
  readonly passwordOf?: (url: string) => Promise<string | null>;
}
