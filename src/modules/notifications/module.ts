import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { Module, Parts } from '../module.ts'
import { noticeCallbackRoutes } from './callback-routes.ts'
import { channelRoutes } from './channel-routes.ts'
import { CHANNEL_SETTINGS, type ChannelNeeds, channelWays } from './channels.ts'
import { checkNotices } from './checks.ts'
import { contactRoutes } from './contact-routes.ts'
import { notificationEvents } from './events.ts'
import { followNoticeCauses } from './follow-events.ts'
import { inboxRoutes } from './inbox-routes.ts'
import { noticeRoutes } from './notice-routes.ts'
import { NOTICE_SECRETS, secretRetention } from './notice-secrets.ts'
import { noticeSettings } from './notice-settings.ts'
import { personalRows } from './personal.ts'
import { noticePreferenceRoutes } from './preference-routes.ts'
import { receiptRoutes } from './receipt-routes.ts'
import { Sender } from './sender.ts'
import { templateRoutes } from './template-routes.ts'
import { unsubscribeRoutes } from './unsubscribe-routes.ts'

/** How often a tenant is looked at for what is to be planned or sent. */
const LOOK_EVERY_MS = 1_000

type Needs = Parts & ChannelNeeds & { readonly publicUrl: () => string; readonly secretKeyRing: KeyRing }

/** What customers are told: events become notices, notices become messages, and messages go by the channels that a tenant has set up. */
export const notificationsModule: Module<Needs> = {
  name: 'notifications',
  events: notificationEvents,
  settings: [...CHANNEL_SETTINGS, noticeSettings],
  encrypted: [NOTICE_SECRETS],
  retention: secretRetention,
  personal: personalRows,
  start: ({ db, settings, nowMs, timeOf, onFault, publicUrl, secretKeyRing, ...needs }) => {
    // What goes wrong with one tenant holds up no other.
    const report = onFault('messages of a channel could not be sent; they are tried again')
    const ways = channelWays(needs)
    const sender = new Sender({
      ...{ db, settings, nowMs, timeOf, publicUrl, ways, secretKeyRing },
      onFault: report,
    })
    return {
      routes: [
        ...channelRoutes(settings, needs),
        ...noticeRoutes(secretKeyRing),
        ...contactRoutes(),
        ...noticePreferenceRoutes(),
        ...templateRoutes(),
        ...inboxRoutes(),
        ...unsubscribeRoutes(),
        ...noticeCallbackRoutes(settings),
        ...receiptRoutes(settings, ways),
      ],
      subscribers: [followNoticeCauses],
      repeated: [{ everyMs: LOOK_EVERY_MS, ofTenant: async (tenant, closing) => sender.look(tenant, closing) }],
      close: async () => {
        await sender.close()
        needs.connectChannels.close()
      },
    }
  },
  check: async ({ db, tenant }) => checkNotices(db, tenant.schema),
}
