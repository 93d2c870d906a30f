import type { Api, EventShape } from './description.ts'
import { type NamedType, pascal, type TypedRoute, type TypeRef, typedApi } from './named-types.ts'
import { sentOnce } from './sent-once.ts'

/** Python: a method for each route, and a `TypedDict` for each shape. Types are read by editors and checkers, not by programs that run. */
export function pythonFiles(api: Api): Readonly<Record<string, string>> {
  const { types, routes } = typedApi(api)
  return {
    '__init__.py': `${HEAD}`,
    'types.py': `${HEAD}${typesText(types, api.events)}`,
    'routes.py': `${HEAD}# mypy: disable-error-code="no-any-return"\n${routesText(routes)}`,
    'facts.py': `${HEAD}${factsText(api)}`,
  }
}

const HEAD = '# Written by tools/sdk out of what the server says of its API.\n'
/** Words of the language that are names of parameters, too. */
const KEYWORDS = new Set(['from', 'for', 'in', 'is', 'not', 'class', 'def', 'import', 'pass', 'return', 'with', 'as'])

function typesText(types: readonly NamedType[], events: readonly EventShape[]): string {
  const imports =
    'from __future__ import annotations\n\nfrom typing import Any, Literal, NotRequired, TypeAlias, TypedDict, Union\n'
  const eventType = `EventType: TypeAlias = Literal[\n${events.map(({ type }) => `    "${type}",\n`).join('')}]\n`
  return `${imports}\n${types.map(typeText).join('\n\n')}\n\n${eventType}`
}

function typeText({ name, fields, type, description }: NamedType): string {
  if (fields === null) return `${name}: TypeAlias = ${JSON.stringify(pythonType(type, ''))}`
  const lines = fields.map((field) => {
    const text = pythonType(field.type, '')
    return { ...field, text: field.isRequired ? text : `NotRequired[${text}]` }
  })
  const doc = description === '' ? '' : `    """${docOf(description)}"""\n\n`
  if (fields.every((field) => /^[A-Za-z_]\w*$/.test(field.name) && !KEYWORDS.has(field.name))) {
    const body = lines.map(({ name: field, text, description: told }) => {
      const comment = told === '' ? '' : `    # ${docOf(told)}\n`
      return `${comment}    ${field}: ${text}\n`
    })
    return `class ${name}(TypedDict):\n${doc}${body.join('')}`
  }
  const entries = lines.map(({ name: field, text }) => `    ${JSON.stringify(field)}: ${JSON.stringify(text)},\n`)
  return `${name} = TypedDict(${JSON.stringify(name)}, {\n${entries.join('')}})\n`
}

/** @param scope what stands before names of shapes. */
function pythonType(type: TypeRef, scope: string): string {
  switch (type.kind) {
    case 'text':
      return 'str'
    case 'integer':
      return 'int'
    case 'number':
      return 'float'
    case 'flag':
      return 'bool'
    case 'unknown':
      return 'Any'
    case 'words':
      return `Literal[${type.words.map((word) => JSON.stringify(word)).join(', ')}]`
    case 'list':
      return `list[${pythonType(type.of, scope)}]`
    case 'map':
      return `dict[str, ${pythonType(type.of, scope)}]`
    case 'named':
      return `${scope}${type.name}`
    case 'several':
      return `Union[${type.several.map((one) => pythonType(one, scope)).join(', ')}]`
    case 'or null':
      return `${pythonType(type.of, scope)} | None`
  }
}

function routesText(routes: readonly TypedRoute[]): string {
  const head = [
    'from __future__ import annotations',
    '',
    'from typing import TYPE_CHECKING, Any, Iterator, Literal, Union',
    '',
    'if TYPE_CHECKING:',
    '    from . import types',
    '',
    '',
    'class Routes:',
    '    """All routes of the API. Each is called as the description names it: `GET /v1/invoices` is `get_invoices`."""',
    '',
    '    def _json(self, method: str, path: str, asks: dict[str, Any], body: Any = None, **how: Any) -> Any:',
    '        raise NotImplementedError',
    '',
    '    def _bytes(self, method: str, path: str, asks: dict[str, Any], body: Any = None, **how: Any) -> bytes:',
    '        raise NotImplementedError',
    '',
    '    def _list(self, path: str, asks: dict[str, Any], **how: Any) -> Iterator[Any]:',
    '        raise NotImplementedError',
    '',
  ]
  return `${head.join('\n')}\n${routes.flatMap(textsOf).join('\n')}`
}

function textsOf(route: TypedRoute): string[] {
  const texts = [routeText(route)]
  if (route.isList) texts.push(listText(route))
  if (route.hasFile && route.answerType !== null)
    texts.push(routeText({ ...route, answerType: null, operationId: route.operationId.replace(/^get/, 'download') }))
  return texts
}

function routeText(route: TypedRoute): string {
  const { method, path, answerType, bodyType, summary } = route
  const isRead = method === 'get'
  const own = isRead
    ? ['timeout: float | None = None']
    : ['idempotency_key: str | None = None', 'timeout: float | None = None']
  const raw = bodyType === 'bytes' ? ['content_type: str = "application/octet-stream"'] : []
  const how = [
    ...(isRead ? [] : ['idempotency_key=idempotency_key']),
    'timeout=timeout',
    ...(bodyType === 'bytes' ? ['content_type=content_type'] : []),
  ]
  const answer = answerType === null ? 'bytes' : pythonType(answerType, 'types.')
  const call = answerType === null ? '_bytes' : '_json'
  const body = bodyType === null ? '' : ', body'
  return [
    `    def ${snake(route.operationId)}(${signature(route, [...raw, ...own])}) -> ${answer}:`,
    `        """${docOf(summary)}"""`,
    `        return self.${call}("${method.toUpperCase()}", "${path}", ${asksText(route)}${body}, ${how.join(', ')})`,
    '',
  ].join('\n')
}

/** The items of a list, page by page. */
function listText(route: TypedRoute): string {
  const item = route.itemType === null ? 'Any' : pythonType(route.itemType, 'types.')
  const kept = { ...route, parameters: route.parameters.filter(({ name }) => name !== 'cursor' && name !== 'before') }
  return [
    `    def ${snake(route.operationId).replace(/^get_/, 'list_')}(${signature(kept, ['timeout: float | None = None'])}) -> Iterator[${item}]:`,
    `        """${docOf(route.summary)} All items, page by page; \`limit\` is what a page has."""`,
    `        return self._list("${route.path}", ${asksText(kept)}, timeout=timeout)`,
    '',
  ].join('\n')
}

/** What the path needs and the body come in their order, the rest by name. */
function signature({ parameters, bodyType, body }: TypedRoute, own: readonly string[]): string {
  const inPath = parameters.filter(({ isInPath }) => isInPath)
  const named = parameters.filter(({ isInPath }) => !isInPath)
  const bodyText = bodyType === null ? null : bodyType === 'bytes' ? 'bytes | str' : pythonType(bodyType, 'types.')
  const isBodyNeeded = body?.isRequired === true
  const parts = [
    'self',
    ...inPath.map(({ name, type }) => `${argument(name)}: ${pythonType(type, 'types.')}`),
    ...(bodyText === null ? [] : [isBodyNeeded ? `body: ${bodyText}` : `body: ${bodyText} | None = None`]),
    '*',
    ...named.map(({ name, type, isRequired }) => {
      const text = type.kind === 'unknown' ? 'str' : pythonType(isFlagText(type), 'types.')
      return isRequired ? `${argument(name)}: ${text}` : `${argument(name)}: ${text} | None = None`
    }),
    ...own,
  ]
  return parts.join(', ')
}

/** What a query writes as `true` and `false` is a flag. */
function isFlagText(type: TypeRef): TypeRef {
  const isFlag =
    type.kind === 'words' && type.words.length === 2 && type.words.includes('true') && type.words.includes('false')
  return isFlag ? { kind: 'flag' } : type
}

function asksText({ parameters }: TypedRoute): string {
  return `{${parameters.map(({ name }) => `"${name}": ${argument(name)}`).join(', ')}}`
}

function factsText(api: Api): string {
  return [
    `API_VERSION = "${api.version}"`,
    '# Writes that are not sent again when it is not known what they did.',
    'SENT_ONCE = frozenset([',
    ...sentOnce(api).map((name) => `    "${name.replace(/^\w+/, (method) => method.toUpperCase())}",`),
    '])\n',
  ].join('\n')
}

function argument(name: string): string {
  const text = snake(pascal(name))
  return KEYWORDS.has(text) ? `${text}_` : text
}

function snake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])([A-Z])/g, '_$1').toLowerCase()
}

function docOf(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"""', "'''").replaceAll(/\s+/g, ' ').trim().replace(/"$/, '\\"')
}
