import type { Client } from './client.ts'
import type { CliCommand } from './command.ts'

/** What a command works with: the API, and a way to show what came of it. */
export interface Cli {
  readonly program: CliCommand
  /** Whether a command is the one that was called, or all are to be told of; costly parts of others are not loaded. */
  readonly isWanted: (...words: readonly string[]) => boolean
  /** An action that gets a client, shows what it returns, and closes the client. */
  readonly run: (work: (client: Client) => Promise<unknown>) => Promise<void>
  /** As `run`, of an action that needs no server: files, or the product itself, are all that it works with. */
  readonly runAlone: (work: () => Promise<unknown>) => Promise<void>
  readonly isJson: () => boolean
}
