import type { Database } from '../../platform/db.ts'
import { Refusal } from '../../platform/problems.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import type { MailServer, NotificationChannel, OpenMail } from './ports.ts'
import { mailSettings } from './settings.ts'

/**
 * The e-mail of a tenant, through the server that it has set. `db` is in the tenant's schema.
 * @throws Refusal `conflict` where none is set, or it needs a secret that is not there
 */
export async function mailOf(
  db: Database,
  tenant: string,
  settings: SettingsStore,
  open: OpenMail,
): Promise<NotificationChannel> {
  const found = await settings.find(db, tenant, mailSettings)
  if (found === null)
    throw new Refusal(
      'conflict',
      'there is no mail server: set one first (kvit settings set mail host=… fromAddress=…)',
    )
  const { values, secrets } = found
  return open({
    ...{ host: values.host, port: values.port, security: values.security, caCertificate: values.caCertificate },
    from: { name: values.fromName, address: values.fromAddress },
    login: loginOf(values.user, secrets.password),
    dkim: dkimOf(values, secrets.dkimPrivateKey),
  })
}

function loginOf(user: string | null, password: string | null): MailServer['login'] {
  if (user === null) return null
  if (password === null) throw new Refusal('conflict', 'settings mail: a user needs the secret password')
  return { user, password }
}

function dkimOf(
  { dkimDomain: domain, dkimSelector: selector }: { dkimDomain: string | null; dkimSelector: string | null },
  privateKey: string | null,
): MailServer['dkim'] {
  if (domain === null && selector === null) return null
  if (domain === null || selector === null || privateKey === null)
    throw new Refusal('conflict', 'settings mail: DKIM needs dkimDomain, dkimSelector and the secret dkimPrivateKey')
  return { domain, selector, privateKey }
}
