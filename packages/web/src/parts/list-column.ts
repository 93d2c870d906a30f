import type { ReactNode } from 'react'
import type { Kvit } from '../../../sdk/src/index.ts'
import type { Word } from '../words.tsx'

export interface ListColumn<T> {
  readonly id: string
  readonly head: Word
  readonly cell: (row: T) => ReactNode
  /** As it stands in a CSV: exact, without the marks of a language. */
  readonly text: (row: T) => string
  readonly isFigure?: boolean
  /** Not shown until somebody chooses it. */
  readonly isExtra?: boolean
}

/** Lists with filters: their rows can be told apart, and paged in both directions. */
export type ListAt = Parameters<Kvit['list']>[0]
