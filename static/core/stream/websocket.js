import { query } from "./address.js";
import { BROKEN, SIGNED_OUT } from "./transport.js";

const RESTART = 1012;
const REVOKED = 4001;

/** @type {import("./transport.js").Connect} */
export function connect(position, watched, { heard, ended }) {
  const address = new URL(`/api/v1/stream${query(position, watched)}`, location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  let open = true;
  socket.onmessage = ({ data }) => {
    if (open) heard(JSON.parse(data));
  };
  socket.onclose = ({ code }) => {
    if (!open) return;
    open = false;
    ended(code === REVOKED ? SIGNED_OUT : { ...BROKEN, restart: code === RESTART });
  };
  return {
    close() {
      open = false;
      socket.close();
    },
    say(ask) {
      if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(ask));
      return socket.readyState === WebSocket.OPEN;
    },
  };
}
