import { KEPT, type PersonalRows } from '../module.ts'

const of = { column: 'customer_id', of: 'customer' } as const
const TOLD = 'that a customer was told, and when: what follows from a reminder has to be provable'

export const personalRows: readonly PersonalRows[] = [
  {
    ...{ table: 'contact', kind: 'contact', ...of, key: ['id'] },
    erased: { name: "'erased'", email: 'null', phone: 'null', addresses: "'{}'" },
    kept: 'which roles there were',
  },
  {
    table: 'notice',
    kind: 'what a customer was to be told of',
    ...of,
    key: ['id'],
    erased: { data: "'{}'", only_to: 'null' },
    kept: TOLD,
  },
  {
    ...{ table: 'notice_secret', kind: 'code or link that is about to be sent', ...of, key: ['notice_id'] },
    ...{ unshown: ['ciphertext'], erased: { ciphertext: "''" }, kept: TOLD },
  },
  {
    ...{ table: 'notice_send', kind: 'message', ...of, key: ['id'], unshown: ['link_sha256'] },
    erased: { address: 'null', subject: 'null', text: 'null', html: 'null', said: 'null' },
    kept: TOLD,
  },
  {
    table: 'notice_attempt',
    kind: 'attempt to send a message',
    ...of,
    key: ['send_id', 'number'],
    erased: { said: 'null' },
    kept: TOLD,
  },
  {
    ...{ table: 'notice_preference', kind: 'what somebody wants to be told of', ...of, key: ['id'] },
    kept: 'consent, and that it was taken back, have to be provable',
  },
  {
    ...{
      table: 'notice_address',
      kind: 'address that does not work',
      ...of,
      key: ['customer_id', 'channel', 'address'],
    },
    erased: { address: 'gen_random_uuid()::text' },
    kept: KEPT.books,
  },
]
