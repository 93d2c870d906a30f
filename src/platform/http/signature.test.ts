import assert from 'node:assert/strict'
import { test } from 'node:test'
import { STANDARD_SECRET, standardWebhookId } from './signature.ts'

/** The example of the specification: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const BODY = Buffer.from('{"test": 2432232314}')
const HEADERS = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}
const SENT_MS = 1_614_265_330_000

const idOf = (
  change: Record<string, string | undefined>,
  body = BODY,
  nowMs = SENT_MS,
  secret = SECRET,
): string | null => standardWebhookId(secret, { headers: { ...HEADERS, ...change } as typeof HEADERS, body }, nowMs)

test('the example of Standard Webhooks is verified, alone and among other signatures', () => {
  const id = HEADERS['webhook-id']
  assert.match(SECRET, STANDARD_SECRET)
  assert.equal(idOf({}), id)
  const other = `v1,${Buffer.alloc(32).toString('base64')}`
  assert.equal(idOf({ 'webhook-signature': `${other} ${HEADERS['webhook-signature']} v1a,xx` }), id)
})

test('five minutes before and after it is taken, and no millisecond more', () => {
  for (const [awayMs, isTaken] of [
    [300_000, true],
    [-300_000, true],
    [300_001, false],
    [-300_001, false],
  ] as const)
    assert.equal(idOf({}, BODY, SENT_MS + awayMs) !== null, isTaken, String(awayMs))
})

test('whatever is changed, cut off, left out or signed by somebody else is refused', () => {
  const wrong: Record<string, string | undefined>[] = [
    ...Object.keys(HEADERS).map((name) => ({ [name]: undefined })),
    ...Object.keys(HEADERS).map((name) => ({ [name]: '' })),
    { 'webhook-id': 'msg_other' },
    { 'webhook-id': 'msg.other' },
    { 'webhook-timestamp': '1614265331' },
    { 'webhook-timestamp': '1614265330.0' },
    { 'webhook-signature': HEADERS['webhook-signature'].slice(3) },
    { 'webhook-signature': HEADERS['webhook-signature'].replace('v1,', 'v2,') },
    { 'webhook-signature': HEADERS['webhook-signature'].slice(0, -2) },
    // The eleventh is not looked at.
    { 'webhook-signature': `${'v1,x '.repeat(10)}${HEADERS['webhook-signature']}` },
  ]
  for (const change of wrong) assert.equal(idOf(change), null, JSON.stringify(change))
  assert.equal(idOf({}, Buffer.from('{"test":2432232314}')), null)
  assert.equal(idOf({}, BODY, SENT_MS, `whsec_${Buffer.alloc(24).toString('base64')}`), null)
})
