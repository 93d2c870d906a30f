import type { Decimal } from '../base/decimal.ts'
import { divideRounded, powerOfTen } from '../base/rounding.ts'
import { type ConfirmationStep, confirmationsFor } from './networks.ts'
import { type ChainFacts, confirmationsOf, type Receipt } from './receipts.ts'

export interface PaymentPolicy {
  /** Per cent that may be missing: exchanges take their fee from what is sent. */
  readonly tolerance: Decimal
  readonly confirmations: readonly ConfirmationStep[]
  /** Whether a payment counts before it is in a block, up to an amount; one that signals that it may be replaced only by `always`. */
  readonly zeroConfirmation: 'never' | 'unless_replaceable' | 'always'
  readonly zeroConfirmationUpTo: bigint
  /** What comes after the expiry: taken as if it had come in time until monitoring ends, or held for somebody to decide. */
  readonly late: 'accept' | 'hold'
  /** Where what is too much goes. */
  readonly over: 'balance' | 'refund'
  /** Where what did not suffice, or came too late, goes once nothing more is waited for. */
  readonly under: 'balance' | 'refund'
}

export interface PaymentRequest {
  readonly due: bigint
  readonly expiresAtMs: number
  /** Until when late payments are taken by themselves and unconfirmed ones are waited for. Facts are looked at for ever. */
  readonly monitoredUntilMs: number
}

type PaymentStatus = 'new' | 'processing' | 'settled' | 'expired' | 'invalid'
export type PaymentException = 'partial' | 'over' | 'late' | 'double_spent' | 're_orged'

export interface PaymentState {
  readonly status: PaymentStatus
  /** All that is unusual, in this order; nothing is `none`. A payment may be late and too much at once. */
  readonly exceptions: readonly PaymentException[]
  /** What is on its way or there, late ones too. */
  readonly received: bigint
  /** Of that, what lies as deep as the due needs. */
  readonly confirmed: bigint
  /** What is missing from the due: "send the rest". */
  readonly missing: bigint
  readonly over: bigint
  /** "Confirming n of m", of the receipt that lies least deep; null while nothing is there. */
  readonly confirmations: { readonly have: number; readonly need: number } | null
  /** What pays the due. Never more than is confirmed, or trusted by the policy of zero confirmations. */
  readonly applied: bigint
  /** Confirmed money that the request does not take, and where it goes by policy. */
  readonly unapplied: { readonly amount: bigint; readonly to: 'balance' | 'refund' } | null
}

/**
 * What a payment request has come to, from the facts alone: called again with other facts, it gives another state, also after `settled`.
 * So a re-organisation is undone by the same rule that settled, and a server that was down says what one that was up would have said.
 */
export function statePayment(
  request: PaymentRequest,
  policy: PaymentPolicy,
  facts: ChainFacts,
  nowMs: number,
): PaymentState {
  const all = [...facts.receipts.values()]
  const live = all.filter(({ lost }) => lost === null)
  const taken = live.filter((receipt) => isTaken(receipt, request, policy))
  const received = sumOf(live)
  const need = confirmationsFor(policy.confirmations, request.due)
  const isDeep = (receipt: Receipt, depth: number): boolean => confirmationsOf(receipt, facts.tip) >= depth
  const isSure = (receipt: Receipt): boolean =>
    isDeep(receipt, need) || isTrusted(receipt, facts.tip, policy, request.due)
  const enough = leastFor(request.due, policy.tolerance)
  const sure = sumOf(taken.filter(isSure))
  const status = statusOf({ request, nowMs, enough, taken: sumOf(taken), sure, lost: lostOf(all, request, policy) })
  const applied = status === 'settled' ? least(sure, request.due) : 0n
  // What is too much was never asked for, so nobody chose to trust it: it lies as deep as its amount needs.
  const needOfAll = confirmationsFor(policy.confirmations, most(request.due, received))
  const spare = most(sumOf(live.filter((receipt) => isDeep(receipt, needOfAll))) - applied, 0n)
  return {
    status,
    exceptions: exceptionsOf(all, request, facts.tip, need, enough),
    received,
    confirmed: sumOf(live.filter((receipt) => isDeep(receipt, need))),
    missing: received < request.due ? request.due - received : 0n,
    over: received > request.due ? received - request.due : 0n,
    confirmations:
      live.length === 0 ? null : { have: Math.min(...live.map((one) => confirmationsOf(one, facts.tip))), need },
    applied,
    unapplied: unappliedOf(request, policy, status, spare, nowMs),
  }
}

/** The least that counts as paid: rounded up, so that a tolerance is never more than it says. */
function leastFor(due: bigint, tolerance: Decimal): bigint {
  const whole = 100n * powerOfTen(tolerance.scale)
  return divideRounded(due * (whole - tolerance.coefficient), whole, 'ceiling')
}

/**
 * When the payer paid: seen by us, or in a block before, whichever is earlier. A server that was down sees a payment in its block only, and
 * the payer is not late because of that.
 */
function paidAt({ seenAtMs, mined }: Receipt): number {
  return mined === null ? seenAtMs : Math.min(seenAtMs, mined.timeMs)
}

function isLate(receipt: Receipt, { expiresAtMs }: PaymentRequest): boolean {
  return paidAt(receipt) >= expiresAtMs
}

function isTaken(receipt: Receipt, request: PaymentRequest, { late }: PaymentPolicy): boolean {
  return !isLate(receipt, request) || (late === 'accept' && paidAt(receipt) < request.monitoredUntilMs)
}

/** Whether a receipt counts for the due before it lies deep enough. */
function isTrusted(receipt: Receipt, tip: number, policy: PaymentPolicy, due: bigint): boolean {
  if (policy.zeroConfirmation === 'never' || due > policy.zeroConfirmationUpTo) return false
  // What a chain has thrown out once is not taken on trust a second time.
  if (receipt.wasLost || confirmationsOf(receipt, tip) < receipt.mostConfirmations) return false
  return receipt.mined !== null || !receipt.isReplaceable || policy.zeroConfirmation === 'always'
}

interface Sums {
  readonly request: PaymentRequest
  readonly nowMs: number
  readonly enough: bigint
  /** Of what the request takes: on its way or there, and deep enough. */
  readonly taken: bigint
  readonly sure: bigint
  /** What it would have taken and can have no more. */
  readonly lost: bigint
}

function statusOf({ request, nowMs, enough, taken, sure, lost }: Sums): PaymentStatus {
  if (sure >= enough) return 'settled'
  if (taken >= enough) return nowMs < request.monitoredUntilMs ? 'processing' : 'invalid'
  if (nowMs < request.expiresAtMs) return 'new'
  return taken + lost >= enough ? 'invalid' : 'expired'
}

/** What was replaced is there again as another receipt, and what was dropped was never more than announced. */
function lostOf(all: readonly Receipt[], request: PaymentRequest, policy: PaymentPolicy): bigint {
  return sumOf(all.filter((receipt) => receipt.lost === 'double_spent' && isTaken(receipt, request, policy)))
}

function exceptionsOf(
  all: readonly Receipt[],
  request: PaymentRequest,
  tip: number,
  need: number,
  enough: bigint,
): PaymentException[] {
  const live = all.filter(({ lost }) => lost === null)
  const received = sumOf(live)
  const has: Readonly<Record<PaymentException, boolean>> = {
    partial: received > 0n && received < enough,
    over: received > request.due,
    late: live.some((receipt) => isLate(receipt, request)),
    double_spent: all.some(({ lost }) => lost === 'double_spent'),
    re_orged: all.some((receipt) => {
      const have = receipt.lost === null ? confirmationsOf(receipt, tip) : 0
      return have < receipt.mostConfirmations && have < need
    }),
  }
  return (['partial', 'over', 'late', 'double_spent', 're_orged'] as const).filter((exception) => has[exception])
}

/** What is left goes somewhere only when nothing more is waited for: an hour later the payer may have sent the rest. */
function unappliedOf(
  request: PaymentRequest,
  policy: PaymentPolicy,
  status: PaymentStatus,
  amount: bigint,
  nowMs: number,
): PaymentState['unapplied'] {
  if (amount === 0n) return null
  if (status === 'settled') return { amount, to: policy.over }
  const waitsUntil = policy.late === 'accept' ? request.monitoredUntilMs : request.expiresAtMs
  if (status === 'new' || status === 'processing' || nowMs < waitsUntil) return null
  return { amount, to: policy.under }
}

function sumOf(receipts: readonly Receipt[]): bigint {
  return receipts.reduce((sum, { amount }) => sum + amount, 0n)
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b
}

function most(a: bigint, b: bigint): bigint {
  return a > b ? a : b
}
