import { createHash } from 'node:crypto'
import { inkOn, isReadableOnWhite } from '../../core/pages/readable-colour.ts'

const PLAIN_ACCENT = '#1f3a5f'

/** What pages look like, with the colour of a brand where it has one. Whoever prints one, or has large letters, gets all of it. */
export function styleOf(accent: string | null): string {
  const colour = accent ?? PLAIN_ACCENT
  const link = isReadableOnWhite(colour) ? colour : '#1a1a1a'
  return `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f3f4f6;color:#1a1a1a;font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
.skip{position:absolute;left:-999rem;background:#fff;color:#1a1a1a;padding:.5rem 1rem}
.skip:focus{left:1rem;top:1rem;z-index:1}
.sheet{max-width:44rem;margin:2rem auto;background:#fff;border-radius:.75rem;border-top:.375rem solid ${colour};box-shadow:0 1px 4px rgba(0,0,0,.12);padding:2rem}
header{display:flex;gap:1rem;justify-content:space-between;align-items:flex-start;margin-bottom:1.5rem}
header img{max-width:12rem;max-height:4rem}
header p{margin:0;text-align:right;color:#4a4a4a}
h1{font-size:1.5rem;line-height:1.25;margin:0 0 .25rem}
h2{font-size:1.125rem;margin:0 0 .75rem}
section{border-top:1px solid #d9dce1;padding-top:1.5rem;margin-top:1.5rem}
.amount{font-size:2.5rem;font-weight:700;line-height:1.2;margin:.75rem 0 0;font-variant-numeric:tabular-nums}
.mute{color:#4a4a4a;margin:.25rem 0}
.late{display:inline-block;background:#8a1c1c;color:#fff;border-radius:.25rem;padding:0 .5rem;font-size:.875rem;font-weight:600}
.note{border-left:.25rem solid #8a1c1c;background:#fdf1f1;padding:.75rem 1rem;margin:0 0 1rem}
.good{border-left-color:#1b6b3a;background:#eef7f1}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.5rem 0;border-bottom:1px solid #e6e8ec;vertical-align:top;font-weight:400}
thead th{color:#4a4a4a;font-size:.875rem}
td.num,th.num{text-align:right;white-space:nowrap;padding-left:1rem;font-variant-numeric:tabular-nums}
tfoot th,tfoot td{font-weight:600;border-bottom:0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem;margin:0 0 1rem}
dt{color:#4a4a4a}
dd{margin:0;font-variant-numeric:tabular-nums}
label{display:block;font-weight:600;margin-bottom:.25rem}
input[type=text]{font:inherit;font-size:1.25rem;width:100%;max-width:16rem;padding:.625rem .75rem;border:2px solid #6b7280;border-radius:.5rem;background:#fff;color:#1a1a1a}
input[aria-invalid=true]{border-color:#8a1c1c}
.hint{color:#4a4a4a;margin:.25rem 0 1rem}
.wrong{color:#8a1c1c;font-weight:600;margin:.25rem 0 1rem}
.button,button{display:inline-block;font:inherit;font-weight:700;font-size:1.125rem;border:2px solid ${colour};border-radius:.5rem}
.button,button{padding:.75rem 1.5rem;background:${colour};color:${inkOn(colour)};cursor:pointer;text-decoration:none;text-align:center}
.quiet{background:#fff;color:#1a1a1a;border-color:#6b7280}
a{color:${link}}
.row{display:flex;flex-wrap:wrap;gap:1rem;align-items:center;margin-top:1rem}
.ways{display:flex;flex-wrap:wrap;gap:1.5rem;align-items:flex-start}
.ways>div{flex:1 1 16rem}
figure{margin:0;flex:0 0 auto;text-align:center}
figure svg{width:12rem;height:12rem;padding:1rem;background:#fff;border:1px solid #d9dce1;border-radius:.5rem}
figcaption{color:#4a4a4a;font-size:.875rem}
footer{max-width:44rem;margin:0 auto 2rem;padding:0 2rem;color:#4a4a4a;font-size:.875rem}
footer p{margin:.25rem 0}
:focus-visible{outline:.1875rem solid #1a1a1a;outline-offset:.1875rem}
@media (max-width:34rem){
.sheet{margin:0;border-radius:0;padding:1.25rem}
header{flex-direction:column;margin-bottom:1rem}
header p{text-align:left}
.amount{font-size:2rem}
form button,.button{width:100%}
input[type=text]{max-width:none}
figure{width:100%}
footer{padding:1.25rem;margin:0}
}
@media print{body{background:#fff}.sheet{box-shadow:none;margin:0}form,.skip,.row{display:none}}
`
}

/** What a page may do: its own style, a picture in it, and a form to this server. No script, no frame, nothing of others. */
export function policyOf(style: string): string {
  const hash = createHash('sha256').update(style).digest('base64')
  return [
    "default-src 'none'",
    `style-src 'sha256-${hash}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
