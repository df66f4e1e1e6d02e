/**
 * The Bus over MQTT 3.1.1 with mqtt.js: clean session, QoS 1, no store and no reconnect of its own.
 * mqtt.js would keep publishes of a dead connection in memory and lose some of them on the next
 * (RELIABILITY 7.2); so each `connect` is a new client, and the uplink resends from the journal.
 */
import { createConnection } from "node:net";
import { MqttClient } from "mqtt";
import type { Bus, BusHandlers } from "../bus.ts";
import { PACKET_BYTES_MAX } from "../../protocol/limits.ts";

export interface MqttBusOptions {
  readonly host: string;
  readonly port: number;
  /** The terminal's name: a second client with the same one takes the connection over. */
  readonly clientId: string;
}

const CONNECT_TIMEOUT_MS = 10_000;
const KEEPALIVE_S = 30;

/** A bus to one broker. Nothing happens before `connect`. */
export function createMqttBus(options: MqttBusOptions): Bus {
  let client: MqttClient | null = null;

  const standing = (): MqttClient => {
    if (client === null || !client.connected) throw new Error("bus: The connection is down");
    return client;
  };

  return {
    connect: (handlers) => {
      client = dial(options, handlers, (gone) => {
        if (client === gone) client = null;
      });
    },
    subscribe: async (topic) => {
      await standing().subscribeAsync(topic, { qos: 1 });
    },
    publish: async (topic, bytes) => {
      await standing().publishAsync(topic, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), {
        qos: 1,
      });
    },
    disconnect: () => {
      client?.end(true);
    },
  };
}

function dial(
  options: MqttBusOptions,
  handlers: BusHandlers,
  onGone: (client: MqttClient) => void,
): MqttClient {
  let reason = "closed";
  let isOver = false;
  const { host, port } = options;
  const client = new MqttClient(() => createConnection({ host, port }), {
    clientId: options.clientId,
    protocolVersion: 4,
    clean: true,
    reconnectPeriod: 0,
    connectTimeout: CONNECT_TIMEOUT_MS,
    keepalive: KEEPALIVE_S,
    queueQoSZero: false,
    resubscribe: false,
    // It would make 65,536 buffers ahead, one for each number of two bytes: 12 ms and 10 MB of every start.
    writeCache: false,
  });
  client.on("connect", handlers.onUp);
  client.on("message", (topic, payload) => {
    if (payload.length <= PACKET_BYTES_MAX) handlers.onMessage(topic, new Uint8Array(payload));
  });
  client.on("error", (error) => {
    reason = error.message;
    // A refused connection ends with an error and no close.
    if (!client.connected) over();
  });
  client.on("close", over);
  return client;

  function over(): void {
    if (isOver) return;
    isOver = true;
    onGone(client);
    client.end(true);
    handlers.onDown(reason);
  }
}
