// A client of sockets alone: everything goes over one connection, which comes back by itself.
import { createClient } from "graphql-ws";

// `webSocketImpl` is only for a Node without WebSocket of its own (before 22)
export function connect({ ws, token, webSocketImpl }) {
  const client = createClient({
    url: ws,
    webSocketImpl,
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
    retryAttempts: Infinity,
    // 4403: the credential ended. The next attempt asks `token` again, which may fetch a new one.
    shouldRetry: () => true,
  });
  return {
    async ask(query, variables) {
      for await (const { data, errors } of client.iterate({ query, variables })) {
        if (errors) throw new AggregateError(errors);
        return data;
      }
    },
    follow(query, variables, onNext, onError) {
      return client.subscribe(
        { query, variables },
        { next: ({ data }) => onNext(data), error: onError, complete: () => {} },
      );
    },
    close: () => client.dispose(),
  };
}
