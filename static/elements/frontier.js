import { useEffect, useRef, useState } from "preact/hooks";
import { announce } from "../core/announce.js";
import { t } from "../core/translate.js";
import { trim } from "../state/trim.js";
import { apply, isMine, state } from "../state/store.js";

/** Pixels from the top within which one is looking at what comes in. */
const TOP = 60;

/** Posts of a timeline that are kept while one looks at its top, and how many more there must be to cut. */
const KEPT = 60;
const MARGIN = 60;

/**
 * How far up a timeline is shown: all of it at the top of the page; further down, up to what was there when one left.
 * @param {string} stream
 * @param {number[]} ids newest first
 * @returns {{shown: number[], held: number, reveal: () => void}}
 */
export function useFrontier(stream, ids) {
  const [atTop, setAtTop] = useState(scrollY <= TOP);
  const frontier = useRef(0);
  useEffect(() => {
    const look = () => setAtTop(scrollY <= TOP);
    addEventListener("scroll", look, { passive: true });
    return () => removeEventListener("scroll", look);
  }, []);
  useEffect(() => {
    frontier.current = 0;
  }, [stream]);

  const newest = ids[0] ?? 0;
  if (atTop || frontier.current === 0) frontier.current = newest;
  const shown = ids.filter((id) => id <= frontier.current || isOwn(id));
  const held = ids.length - shown.length;
  useAnnouncement(stream, newest);
  useEffect(() => {
    if (atTop && ids.length > KEPT + MARGIN) apply(trim, stream, KEPT);
  }, [atTop, ids.length]);

  const reveal = () => {
    frontier.current = newest;
    scrollTo({ top: 0 });
    setAtTop(true);
  };
  return { shown, held, reveal };
}

/** @param {number} id one's own words never wait */
function isOwn(id) {
  const post = state.value.posts[id];
  return post !== undefined && isMine(post);
}

/**
 * Tells a screen reader of what others said since, at most every few seconds.
 * @param {string} stream
 * @param {number} newest
 */
function useAnnouncement(stream, newest) {
  const told = useRef({ stream: "", newest: 0 });
  useEffect(() => {
    if (told.current.stream !== stream || told.current.newest === 0) {
      told.current = { stream, newest };
      return;
    }
    const timer = setTimeout(() => {
      const ids = state.value.timelines[stream]?.ids ?? [];
      const fresh = ids.filter((id) => id > told.current.newest && !isOwn(id));
      told.current = { stream, newest };
      if (fresh.length) announce(t("feed.new", { count: fresh.length }));
    }, 3_000);
    return () => clearTimeout(timer);
  }, [stream, newest]);
}
