import type { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import { findSettingValues, type ReadSettings, type SettingsStore } from '../../platform/settings/settings-store.ts'
import type { SettingsType } from '../../platform/settings/settings-type.ts'
import {
  fcmSettings,
  smppSettings,
  smsHttpSettings,
  telegramSettings,
  voiceSettings,
  webPushSettings,
} from './channel-settings.ts'
import { mailOf } from './mail.ts'
import type { ChannelCapabilities, ConnectChannels, NotificationChannel, OpenMail, SmsGatewayShape } from './ports.ts'
import { mailSettings } from './settings.ts'

/** A way to people that a tenant can set up, by the name of its settings. */
export interface ChannelWay {
  readonly name: string
  readonly kind: ChannelCapabilities['kind']
  /** Opens it with the settings of a tenant. `db` is in its schema. @throws Refusal `conflict` with what to set */
  readonly open: (db: Database, tenant: string, settings: SettingsStore) => Promise<NotificationChannel>
}

/** What channels need of the process. */
export interface ChannelNeeds {
  readonly openMail: OpenMail
  readonly connectChannels: ConnectChannels
}

/** The settings of each way, and the kind of channel that it is. */
const WAYS = {
  mail: { kind: 'email', type: mailSettings },
  smpp: { kind: 'sms', type: smppSettings },
  'sms-http': { kind: 'sms', type: smsHttpSettings },
  'web-push': { kind: 'push', type: webPushSettings },
  telegram: { kind: 'messenger', type: telegramSettings },
  fcm: { kind: 'push', type: fcmSettings },
  voice: { kind: 'voice', type: voiceSettings },
} as const
type WayName = keyof typeof WAYS

/** What tenants can set of channels. */
export const CHANNEL_SETTINGS = Object.values(WAYS).map(({ type }) => type)
/** The names of ways, for addresses of the API. */
export const CHANNEL_NAMES = Object.keys(WAYS) as [WayName, ...WayName[]]

/** The kinds of channels that a tenant has set up. */
export async function kindsSetUp(db: Database): Promise<ReadonlySet<string>> {
  const found = await Promise.all(
    Object.values(WAYS).map(async ({ kind, type }) =>
      (await findSettingValues<z.ZodObject>(db, type)) === null ? [] : [kind],
    ),
  )
  return new Set(found.flat())
}

/** All ways to people. A new one is its settings, a line in `WAYS` and one here, and an adapter. */
export function channelWays({ openMail, connectChannels }: ChannelNeeds): readonly ChannelWay[] {
  return [
    {
      name: 'mail',
      kind: WAYS.mail.kind,
      open: async (db, tenant, settings) => mailOf(db, tenant, settings, openMail),
    },
    way(WAYS.smpp, ['password'], (tenant, { values, secrets: { password } }) =>
      connectChannels.smpp(tenant, { ...values, password }),
    ),
    way(WAYS['sms-http'], ['secret'], (_tenant, { values, secrets }) =>
      connectChannels.smsHttp({ ...values, ...secrets, shape: values.shape as Partial<SmsGatewayShape> }),
    ),
    way(WAYS['web-push'], ['privateKey'], (_tenant, { values, secrets: { privateKey } }) =>
      connectChannels.webPush({ ...values, privateKey }),
    ),
    way(WAYS.telegram, ['token'], (_tenant, { values, secrets: { token } }) =>
      connectChannels.telegram({ ...values, token }),
    ),
    way(WAYS.fcm, ['serviceAccount'], (_tenant, { values, secrets: { serviceAccount } }) =>
      connectChannels.fcm({ ...values, serviceAccount }),
    ),
    way(WAYS.voice, ['secret'], (_tenant, { values, secrets: { secret } }) =>
      connectChannels.voice({ ...values, secret }),
    ),
  ]
}

/** @param needed secrets without which it cannot be opened */
function way<Values extends z.ZodObject, Field extends string, Needed extends Field>(
  { kind, type }: { readonly kind: ChannelWay['kind']; readonly type: SettingsType<Values, Field> },
  needed: readonly Needed[],
  open: (
    tenant: string,
    set: Omit<ReadSettings<Values, Field>, 'secrets'> & {
      readonly secrets: Readonly<Record<Field, string | null>> & Readonly<Record<Needed, string>>
    },
  ) => NotificationChannel,
): ChannelWay {
  const { name, meaning } = type
  return {
    ...{ name, kind },
    open: async (db, tenant, settings) => {
      const found = await settings.find(db, tenant, type)
      if (found === null)
        throw new Refusal('conflict', `settings ${name} are not set: kvit settings set ${name} … (${meaning})`)
      const missing = needed.filter((field) => found.secrets[field] === null)
      if (missing.length > 0)
        throw new Refusal('conflict', `settings ${name} need the secret ${missing.join(', ')} (--secret-file)`)
      return open(tenant, found as never)
    },
  }
}
