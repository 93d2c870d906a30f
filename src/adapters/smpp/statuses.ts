import type { DeliveryFailure } from '../../modules/notifications/ports.ts'

type Meaning = readonly [name: string, reason: DeliveryFailure, mayRetry: boolean]

/** What the statuses of a `submit_sm_resp` mean (SMPP 3.4, 5.1.3). */
const STATUSES: ReadonlyMap<number, Meaning> = new Map<number, Meaning>([
  [0x01, ['ESME_RINVMSGLEN', 'too_long', false]],
  [0x04, ['ESME_RINVBNDSTS', 'unavailable', true]],
  [0x08, ['ESME_RSYSERR', 'unavailable', true]],
  [0x0a, ['ESME_RINVSRCADR', 'blocked', false]],
  [0x0b, ['ESME_RINVDSTADR', 'no_such_address', false]],
  [0x14, ['ESME_RMSGQFUL', 'too_many', true]],
  [0x45, ['ESME_RSUBMITFAIL', 'unavailable', true]],
  [0x50, ['ESME_RINVDSTTON', 'no_such_address', false]],
  [0x51, ['ESME_RINVDSTNPI', 'no_such_address', false]],
  [0x58, ['ESME_RTHROTTLED', 'too_many', true]],
  [0x64, ['ESME_RX_T_APPN', 'unavailable', true]],
  [0x65, ['ESME_RX_P_APPN', 'blocked', false]],
  [0x66, ['ESME_RX_R_APPN', 'blocked', false]],
  [0xfe, ['ESME_RDELIVERYFAILURE', 'unavailable', true]],
  [0xff, ['ESME_RUNKNOWNERR', 'unavailable', true]],
])
/** From here on statuses are a centre's own: most are about money or contracts, and are mended there. */
const FIRST_OF_VENDORS = 0x400

export function meaningOf(status: number): {
  readonly reason: DeliveryFailure
  readonly mayRetry: boolean
  readonly said: string
} {
  const code = `0x${status.toString(16).padStart(8, '0')}`
  const known = STATUSES.get(status)
  if (known !== undefined)
    return { reason: known[1], mayRetry: known[2], said: `the centre answered ${known[0]} (${code})` }
  const isVendors = status >= FIRST_OF_VENDORS
  // What is left says that the message, as it was set up, is not one for this centre.
  return {
    reason: isVendors ? 'unavailable' : 'not_supported',
    mayRetry: isVendors,
    said: `the centre answered ${code}`,
  }
}
