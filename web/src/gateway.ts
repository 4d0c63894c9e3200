import { createContext, useContext, useSyncExternalStore } from "react";
import type { Connection, Gateway } from "./connection";

const ConnectionContext = createContext<Connection | null>(null);

export const ConnectionProvider = ConnectionContext.Provider;

export function useConnection(): Connection {
  const connection = useContext(ConnectionContext);
  if (!connection) {
    throw new Error("a component stands outside of ConnectionProvider");
  }
  return connection;
}

export function useGateway(): Gateway {
  const connection = useConnection();
  return useSyncExternalStore(connection.subscribe, connection.get);
}
