import { z } from 'zod'
import { STANDARD_SECRET } from '../../platform/http/signature.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

const standard = { form: '`whsec_` and 24 to 64 bytes in base64', pattern: STANDARD_SECRET }

export const noticeSettings = settingsType({
  name: 'payment-notices',
  meaning: 'Payments that a bank, a till or another system tells of by signed messages.',
  values: z.object({
    method: z.enum(['bank', 'cash']).describe('As what they are recorded'),
  }),
  secrets: {
    signingSecret: {
      meaning: 'What messages are signed with',
      ...standard,
    },
    earlierSigningSecret: {
      meaning: 'The one before, which is taken as well while the sender changes over',
      ...standard,
    },
  },
  needs: ['payments:write'],
})
