/**
 * Rows that money depends on, and which of their columns never change. The journal vouches for each of them (`seals.ts`),
 * so that a row which somebody changes, moves or takes away without Kvit is found and named by `kvit check`.
 */
export interface BoundRows {
  /** What the check calls them. */
  readonly kind: string
  readonly table: string
  /** The column that names a row, or rows that are made together, such as the lines of a document. */
  readonly key: string
  readonly keyType: 'uuid' | 'text' | 'bytea'
  /** Whether keys grow with time, as ids do: what is old and sealed is not looked through again and again. */
  readonly isFresh: boolean
  readonly columns: readonly string[]
  /** Of rows made together: their order. */
  readonly orderBy?: string
  /** Which of them: those that have come to an end, which nothing changes any more. */
  readonly where?: string
  /** Whether requests change them; each change is noted (`noteChange`), and the row is sealed anew. */
  readonly isChanged?: boolean
}

/** How rows are named that have an id. */
export const ids = { key: 'id', keyType: 'uuid', isFresh: true } as const

/** Names of columns, with a space between. */
export function cols(names: string): string[] {
  return names.split(' ')
}
