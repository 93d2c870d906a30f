/**
 * What may be done after a direct debit that came back.
 * - `retry`: the same again, some days later
 * - `correct`: after the mandate's data was mended
 * - `ask`: after the customer was asked
 * - `stop`: not by this mandate
 */
interface ReturnReason {
  readonly meaning: string
  readonly next: 'retry' | 'correct' | 'ask' | 'stop'
}

/** Codes of ISO 20022 by which banks give direct debits back (EPC173-14). */
const REASONS: Readonly<Record<string, ReturnReason>> = {
  AC01: { meaning: 'the IBAN is wrong', next: 'correct' },
  AC04: { meaning: 'the account is closed', next: 'stop' },
  AC06: { meaning: 'the account is blocked', next: 'ask' },
  AC13: { meaning: 'the account is a consumer’s, and the scheme is B2B', next: 'correct' },
  AG01: { meaning: 'no direct debit is allowed on this account', next: 'stop' },
  AG02: { meaning: 'the sequence or the code of the transaction is wrong', next: 'correct' },
  AM04: { meaning: 'there is not enough money on the account', next: 'retry' },
  AM05: { meaning: 'the same was collected twice', next: 'ask' },
  BE05: { meaning: 'the creditor identifier is wrong', next: 'correct' },
  CNOR: { meaning: 'the creditor’s bank cannot be reached', next: 'retry' },
  DNOR: { meaning: 'the debtor’s bank cannot be reached', next: 'correct' },
  FF01: { meaning: 'the file does not have the right form', next: 'correct' },
  MD01: { meaning: 'there is no valid mandate', next: 'stop' },
  MD02: { meaning: 'data of the mandate is missing or wrong', next: 'correct' },
  MD06: { meaning: 'the customer wants the money back', next: 'ask' },
  MD07: { meaning: 'the customer has died', next: 'stop' },
  MS02: { meaning: 'the customer refuses, and gives no reason', next: 'ask' },
  MS03: { meaning: 'the bank gives no reason', next: 'ask' },
  RC01: { meaning: 'the BIC is wrong', next: 'correct' },
  RR01: { meaning: 'the account or identification of the debtor is missing', next: 'correct' },
  RR04: { meaning: 'a regulation forbids it', next: 'ask' },
  SL01: { meaning: 'the debtor’s bank offers a service that the customer has used to block it', next: 'ask' },
  TM01: { meaning: 'the file came too late', next: 'retry' },
}

/** What a code means; one that nobody knows is for somebody to ask about. */
export function returnReason(code: string | null): ReturnReason {
  return REASONS[code ?? ''] ?? { meaning: code === null ? 'the bank gives no reason' : `reason ${code}`, next: 'ask' }
}
