import { sha256 } from '@noble/hashes/sha2.js'
import { decimal, formatDecimal } from '../../../src/core/base/decimal.ts'
import { PROOF_FORMAT, type ProofFile } from '../../../src/core/proof/proof-file.ts'
import { type ProofStep, verifyProof } from '../../../src/core/proof/verify-proof.ts'

/** What is compared of a document that is shown with the one that a proof proves. */
export interface Shown {
  readonly id: string
  readonly number: string
  readonly currency: string
  readonly total: string
  readonly document: Printed
}
interface Printed {
  readonly number: string
  readonly currency: string
  readonly lines: readonly PrintedLine[]
  readonly totals: { readonly total: string }
}
interface PrintedLine {
  readonly position: number
  readonly description: string
  readonly quantity: string
  readonly amount: string
}

/** What a proof says of the document that is shown; `steps` where it is a proof of that one. */
export type ProofAnswer =
  | { readonly kind: 'none' }
  | { readonly kind: 'other'; readonly number: string }
  | { readonly kind: 'steps'; readonly steps: readonly ProofStep[] }

/** Checks a proof for the document that is shown: a proof that holds for another one says nothing of it. */
export function checkProof(text: string, shown: Shown): ProofAnswer {
  try {
    const proof = JSON.parse(text) as ProofFile
    if (proof.format !== PROOF_FORMAT) return { kind: 'none' }
    const proved = JSON.parse(proof.document) as Printed
    const isShown =
      proof.invoice === shown.id &&
      print(proved) === print(shown.document) &&
      print(proved) === print({ ...shown.document, ...headOf(shown) })
    if (!isShown) return { kind: 'other', number: proved.number }
    return { kind: 'steps', steps: verifyProof(sha256, proof, null) }
  } catch {
    // Something of what a proof has is not there, or is something else.
    return { kind: 'none' }
  }
}

/** What the page says above the document, which comes from another place than the document itself. */
function headOf({ number, currency, total }: Shown): Omit<Printed, 'lines'> {
  return { number, currency, totals: { total } }
}

const plain = (amount: string): string => formatDecimal(decimal(amount))

/** What both have to say alike, as one text. */
function print({ number, currency, lines, totals }: Printed): string {
  const said = lines.map(({ position, description, quantity, amount }) => [
    position,
    description,
    plain(quantity),
    plain(amount),
  ])
  return JSON.stringify([number, currency, plain(totals.total), said])
}
