export const PROOF_FORMAT = 'kvit-proof-1'
/** How many hex digits of its leaf hash are written with a charge: enough to name the one that was changed. */
export const CHECK_DIGITS = 16

/** A charge as its text, and the beginning of its leaf hash, which distinguishes a changed text from a changed root. */
export interface ProvedCharge {
  readonly leaf: string
  readonly check: string
}

export interface ProvedLine {
  /** The line's statement. */
  readonly leaf: string
  readonly charges: readonly ProvedCharge[]
}

export interface ProvedPeriod {
  readonly account: string
  readonly period: string
  readonly root: string
  readonly lines: readonly ProvedLine[]
}

/** A segment as the chain sees it: the hash of its stored bytes, and its digest. */
export interface ProvedLink {
  readonly seq: number
  readonly payload: string
  readonly digest: string
}

/** All that is needed to check a document against a published head of the journal. Hashes are lower-case hex. */
export interface ProofFile {
  readonly format: typeof PROOF_FORMAT
  readonly invoice: string
  /** The document as it was issued, as the text that is hashed. */
  readonly document: string
  readonly documentDigest: string
  readonly periods: readonly ProvedPeriod[]
  readonly chargesRoot: string
  readonly anchor: string
  /** The place of the anchor among those of its segment, and the hashes on its way to their root. */
  readonly batch: {
    readonly index: number
    readonly size: number
    readonly path: readonly string[]
    readonly root: string
  }
  readonly chain: {
    readonly partition: number
    readonly codec: number
    /** The digest before the anchor's segment. */
    readonly previous: string
    /** From the anchor's segment to the head. */
    readonly links: readonly ProvedLink[]
  }
  readonly head: Head
}

export interface Head {
  readonly seq: number
  readonly digest: string
}
