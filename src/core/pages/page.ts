import type { PaymentCode } from '../payment-codes/payment-order.ts'
import type { Language } from '../words/languages.ts'
import type { Brand } from './brand.ts'
import type { SlipBlock } from './swiss-slip.ts'

/**
 * What stands on a page of paper, as texts that are ready to be set: whoever sets it decides nothing and computes nothing. Documents,
 * statements and receipts are all of these blocks, one below the other.
 */
export interface Page {
  readonly language: Language
  /** Of the file. */
  readonly title: string
  readonly author: string
  /** The day that the file says it was made on. */
  readonly day: string
  /** At the foot of each page: on the left, in the middle, and `Page {page} of {pages}`. */
  readonly foot: {
    readonly left: string
    readonly middle: string
    readonly pages: string
    /** Pages of the file, where others follow that are set apart. */
    readonly all?: number
  }
  /** Large and pale behind what stands on each page. */
  readonly watermark?: string
  readonly look: {
    /** `roll` is 80 mm wide and as long as it needs. */
    readonly paper: Brand['paper'] | 'roll'
    readonly font: Brand['font']
    readonly accent: string | null
    readonly logo: Brand['logo']
    /** Beside the logo. */
    readonly contact: readonly string[]
  }
  readonly blocks: readonly Block[]
}

export type Block =
  | HeadBlock
  | PartiesBlock
  | TableBlock
  | SumsBlock
  | TextBlock
  | PaymentBlock
  | HeadlineBlock
  | ChartBlock
  | LinkBlock
  | FormBlock
  | SlipBlock
  | { readonly kind: 'page_break' }

/** The name of the paper, and what distinguishes it. */
interface HeadBlock {
  readonly kind: 'head'
  readonly title: string
  readonly facts: readonly Fact[]
}

/** A label and what it says; the first of a list may be stronger than the others. */
export interface Fact {
  readonly label: string
  readonly value: string
  readonly isStrong?: true
}

interface PartiesBlock {
  readonly kind: 'parties'
  readonly parties: readonly {
    readonly label: string
    readonly name: string
    readonly lines: readonly string[]
  }[]
}

export interface TableBlock {
  readonly kind: 'table'
  readonly title?: string
  /** Beside the title, less loud. */
  readonly subtitle?: string
  readonly columns: readonly Column[]
  readonly rows: readonly Row[]
  /** A table of few rows that stands on one page. */
  readonly isWhole?: true
}

interface Column {
  /** Absent in tables without a head. */
  readonly label?: string
  readonly align: 'left' | 'right'
  /** It takes what width is left. */
  readonly isWide?: true
  /** Its cells stand above the others of their rows, which would leave them no room. */
  readonly isAbove?: true
}

export interface Row {
  readonly cells: readonly Cell[]
  /** `sum` is the last one of a table, or of a group in it. */
  readonly style?: 'group' | 'sum'
}

/** A text; with more beside or below it that is smaller. */
export type Cell =
  | string
  | {
      readonly text: string
      readonly beside?: string
      readonly below?: readonly string[]
      readonly isMuted?: true
      readonly isStrong?: true
      readonly isIndented?: true
    }

interface SumsBlock {
  readonly kind: 'sums'
  readonly rows: readonly {
    readonly label: string
    readonly value: string
    readonly style: 'part' | 'strong' | 'total'
  }[]
  /** Below them, small. */
  readonly remark?: string
  /** What the law wants to be said. */
  readonly notices: readonly string[]
}

interface TextBlock {
  readonly kind: 'text'
  readonly title?: string
  readonly isSmall?: true
  readonly lines: readonly string[]
}

/** What matters most, large. */
interface HeadlineBlock {
  readonly kind: 'headline'
  readonly label: string
  readonly value: string
  readonly remark: string
}

interface ChartBlock {
  readonly kind: 'chart'
  readonly title: string
  readonly bars: readonly {
    readonly label: string
    readonly value: string
    /** How high it is, of the highest. */
    readonly permille: number
  }[]
  readonly remark?: string
}

interface LinkBlock {
  readonly kind: 'link'
  readonly label: string
  readonly url: string
}

/** What somebody fills in with a pen: a box to tick, and lines to write on with their labels below. */
interface FormBlock {
  readonly kind: 'form'
  readonly box?: string
  readonly fields: readonly string[]
}

/** Where money is to go, and codes that a payer scans. */
interface PaymentBlock {
  readonly kind: 'payment'
  /** A list for each account. */
  readonly accounts: readonly (readonly Fact[])[]
  readonly codes: readonly { readonly code: PaymentCode; readonly widthMm: number; readonly caption: string }[]
}
