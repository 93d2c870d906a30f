import type { Command } from 'commander'
import type { Client } from './client.ts'

/** What a command works with: the API, and a way to show what came of it. */
export interface Cli {
  readonly program: Command
  /** An action that gets a client, shows what it returns, and closes the client. */
  readonly run: (work: (client: Client) => Promise<unknown>) => Promise<void>
}
