/** Server-sent events (WHATWG HTML, section 9.2.6), of which only `data` matters here. Pure. */
export class EventLines {
  #rest = "";
  /** @type {string[]} */
  #data = [];

  /**
   * @param {string} text the next piece of the stream, cut anywhere
   * @returns {string[]} the data of each event that is complete with it
   */
  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line));
  }

  /** @param {string} line */
  #line(line) {
    if (line === "" && this.#data.length) {
      const whole = this.#data.join("\n");
      this.#data = [];
      return [whole];
    }
    if (line.startsWith("data:")) this.#data.push(line.slice(line[5] === " " ? 6 : 5));
    return [];
  }
}
