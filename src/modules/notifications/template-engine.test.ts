import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NOTICE_KINDS } from '../../core/notifications/kinds.ts'
import { SHIPPED_LANGUAGES } from '../../core/notifications/shipped.ts'
import { type RenderJob, writeNotice } from './template-engine.ts'

const names = { customer: 'Ann', account: 'ann', seller: 'Operator' }
const plain: RenderJob = {
  ...{ kind: 'payment_received', channel: 'email', language: 'en', template: null, zone: 'UTC', unsubscribeUrl: null },
  values: { ...names, amount: '1234.5', currency: 'EUR', receivedOn: '2026-02-10' },
}
const own = (text: string, more: Partial<RenderJob> = {}): string =>
  writeNotice({ ...plain, template: { subject: null, text, html: null }, channel: 'sms', ...more }).text

for (const language of SHIPPED_LANGUAGES)
  test(`every kind has words in ${language}, which say what it has, and make do without`, () => {
    for (const { name: kind, fields } of NOTICE_KINDS) {
      const job = { ...plain, language, kind, unsubscribeUrl: 'https://kvit.example/unsubscribe/a' }
      const { subject, text } = writeNotice({ ...job, values: { ...names, ...fields } })
      assert.ok(subject !== null && subject.length > 2, `${kind} ${subject}`)
      assert.match(text, /Ann[\s\S]*Operator[\s\S]*https:\/\/kvit\.example/)
      assert.doesNotMatch(text, /\{\{|\{%/)
      const nothing = Object.fromEntries(Object.keys(fields).map((field) => [field, null]))
      writeNotice({ ...job, values: { ...names, ...nothing } })
      if (language !== 'en')
        assert.notEqual(text, writeNotice({ ...job, language: 'en', values: { ...names, ...fields } }).text)
    }
  })

test('amounts and days are as they are written in the language; an SMS is the sentence alone', () => {
  const german = writeNotice({ ...plain, language: 'de' })
  assert.equal(
    german.text.replaceAll('\u00a0', ' '),
    'Guten Tag Ann,\n\nWir haben am 10.02.2026 1.234,50 EUR erhalten. Vielen Dank.\n\nOperator\n',
  )
  const sms = writeNotice({ ...plain, channel: 'sms' })
  assert.equal(sms.text.replaceAll('\u00a0', ' '), 'We have received EUR 1,234.50 on 10 Feb 2026. Thank you.')
  assert.deepEqual([sms.subject, sms.html], [null, null])
  // A language without words of messages gets those in English.
  assert.equal(writeNotice({ ...plain, channel: 'sms', language: 'fr' }).text, sms.text)
})

test('a day is that of the zone', () => {
  const values = { ...names, at: '2026-02-10T23:30:00Z' }
  assert.equal(own('{{ at | day }}', { values }), '10 Feb 2026')
  assert.equal(own('{{ at | day }}', { values, zone: 'Asia/Kathmandu' }), '11 Feb 2026')
})

test('what is put into HTML is escaped, into a text it is not', () => {
  const values = { ...plain.values, customer: '<script>"A&B"</script>' }
  const template = {
    subject: 'For {{ customer }}\r\nBcc: all@example.com',
    text: '{{ customer }}',
    html: '<p>{{ customer }}</p>',
  }
  const { subject, text, html } = writeNotice({ ...plain, values, template })
  assert.equal(html, '<p>&lt;script&gt;&#34;A&amp;B&#34;&lt;/script&gt;</p>')
  assert.equal(text, '<script>"A&B"</script>')
  assert.equal(subject, 'For <script>"A&B"</script> Bcc: all@example.com')
})

/** What a template must not do, and what is said of it. */
for (const [title, template, sentence] of [
  ['says what there is not', '{{ balance }}', /undefined variable: balance/],
  ['has a mistake', '{% if customer %}', /not closed/],
  ['reads a file', "{% include '/etc/passwd' %}", /tag "include" not found/],
  ['renders another one', "{% render 'other' %}", /tag "render" not found/],
  ['has a layout', "{% layout '../other' %}", /tag "layout" not found/],
  ['takes a filter that there is not', '{{ customer | secrets }}', /undefined filter: secrets/],
  ['looks at the clock', "{{ 'now' | date: '%s' }}", /undefined filter: date/],
  ['reaches for a prototype', '{{ customer.constructor.name }}', /undefined variable/],
  ['reaches for the process', '{{ process.env.KVIT_KEY }}', /undefined variable/],
  [
    'runs for ever',
    '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ b }}{% endfor %}{% endfor %}',
    /limit exceeded/,
  ],
  [
    'takes all memory',
    "{% assign a = 'xxxxxxxxxx' %}{% for i in (1..30) %}{% assign a = a | append: a %}{% endfor %}{{ a }}",
    /limit exceeded|more than/,
  ],
  ['is long', '{% for i in (1..9000) %}0123456789{% endfor %}', /more than 60000 characters/],
  ['is a long source', 'x'.repeat(20_001), /limit exceeded/],
] as const)
  test(`a template that ${title} is refused`, () => {
    assert.throws(() => own(template), sentence)
  })
