import { html } from "../core/html.js";
import { personPath, topicPath } from "../core/routes.js";

/** @typedef {import("../state/types.js").Token} Token */

/**
 * The parsed text of a post as elements. A kind of token that came after this client shows its words.
 * @param {{tokens: Token[]}} props
 */
export function Tokens({ tokens }) {
  return html`${tokens.map(drawn)}`;
}

/** @param {Token} token */
function drawn(token) {
  const draw = Object.hasOwn(KINDS, token.type) ? KINDS[token.type] : undefined;
  if (draw) return draw(token);
  return token.tokens ? html`<${Tokens} tokens=${token.tokens} />` : (token.text ?? null);
}

/** @param {Token} token */
const inside = (token) => html`<${Tokens} tokens=${token.tokens ?? []} />`;

/** @type {Record<string, (token: Token) => unknown>} */
const KINDS = {
  paragraph: (token) => html`<p>${inside(token)}</p>`,
  quote: (token) => html`<blockquote>${inside(token)}</blockquote>`,
  list: (token) => drawnList(token),
  code_block: ({ text, language }) => html`<pre tabindex="0" data-language=${language}><code>${text}</code></pre>`,
  text: ({ text }) => text,
  break: () => html`<br />`,
  strong: (token) => html`<strong>${inside(token)}</strong>`,
  em: (token) => html`<em>${inside(token)}</em>`,
  code: ({ text }) => html`<code>${text}</code>`,
  link: ({ url, text }) => drawnLink(url ?? "", text),
  mention: ({ handle, text }) => html`<a class="mention" href=${personPath(handle ?? "")}>${text}</a>`,
  topic: ({ name, text }) => html`<a class="topic" href=${topicPath(name ?? "")}>${text}</a>`,
};

/** @param {Token} token */
function drawnList({ ordered, start, items = [] }) {
  const list = items.map(
    (item) => html`<li class=${item.level ? `level-${item.level}` : ""}><${Tokens} tokens=${item.tokens} /></li>`,
  );
  return ordered ? html`<ol start=${start ?? 1}>${list}</ol>` : html`<ul>${list}</ul>`;
}

/**
 * The server lets through nothing else, and neither do we: an address that could run something is shown as text.
 * @param {string} url
 * @param {string} [text]
 */
function drawnLink(url, text = url) {
  if (!/^(https?|mailto):/i.test(url)) return text;
  return html`<a href=${url} target="_blank" rel="noopener noreferrer nofollow" title=${url}>${text}</a>`;
}
