import { h } from "preact";
import htm from "htm";

/**
 * Markup as tagged templates. What is put in becomes text nodes and properties, never HTML: there is no other way to
 * make elements in this client.
 * @type {(strings: TemplateStringsArray, ...values: unknown[]) => import("preact").VNode}
 */
export const html = /** @type {any} */ (htm.bind(h));
