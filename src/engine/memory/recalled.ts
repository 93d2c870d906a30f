import { Refusal } from '../../platform/problems.ts'
import type { IdentityIndex } from './identity-index.ts'

/** Identities that the archive has of a batch, and the last segment that was looked at. */
export interface Recalled {
  readonly throughSeq: number
  readonly identities: IdentityIndex | null
}

/** More was archived, and forgotten, between looking up and deciding: look up again. */
export class StaleRecall extends Refusal {
  constructor() {
    super('engine_unavailable', 'the archive went on meanwhile; send the same request again')
  }
}
