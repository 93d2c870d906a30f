import type { SmsGatewayShape } from '../../modules/notifications/ports.ts'

/** Shapes of gateways that are known, by the name that settings have. */
export const SMS_PRESETS: Readonly<Record<'twilio' | 'generic', SmsGatewayShape>> = {
  // https://www.twilio.com/docs/messaging/api/message-resource
  twilio: {
    url: 'https://api.twilio.com/2010-04-10/Accounts/{user}/Messages.json',
    headers: { authorization: 'Basic {basic}' },
    bodyType: 'form',
    body: { To: '{to}', From: '{from}', Body: '{text}', StatusCallback: '{callback}' },
    idField: 'sid',
    stateField: null,
    acceptedStates: [],
    errorField: 'code',
    errors: {
      ...{ 21211: 'no_such_address', 21614: 'no_such_address', 30005: 'no_such_address', 30006: 'no_such_address' },
      ...{ 21610: 'blocked', 30004: 'blocked', 30007: 'blocked', 21617: 'too_long' },
      ...{ 20429: 'too_many', 30001: 'too_many', 30003: 'unavailable' },
    },
    receipts: {
      ...{ idField: 'MessageSid', stateField: 'MessageStatus', errorField: 'ErrorCode' },
      ...{ deliveredStates: ['delivered', 'read'], failedStates: ['undelivered', 'failed'] },
      ...{ signature: 'twilio', header: 'x-twilio-signature' },
    },
  },
  generic: {
    url: null,
    headers: { authorization: 'Bearer {secret}' },
    bodyType: 'json',
    body: { id: '{key}', from: '{from}', to: '{to}', text: '{text}', callback: '{callback}' },
    idField: 'id',
    stateField: null,
    acceptedStates: [],
    errorField: 'error',
    errors: {
      ...{ no_such_address: 'no_such_address', blocked: 'blocked', too_long: 'too_long' },
      ...{ too_many: 'too_many', unavailable: 'unavailable' },
    },
    receipts: {
      ...{ idField: 'id', stateField: 'state', errorField: 'error' },
      ...{ deliveredStates: ['delivered'], failedStates: ['failed'] },
      ...{ signature: 'hmac_sha256', header: 'x-signature' },
    },
  },
}
