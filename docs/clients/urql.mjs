// urql 6: queries and mutations over HTTP, subscriptions over a socket.
import { Client, cacheExchange, fetchExchange, subscriptionExchange } from "@urql/core";
import { createClient } from "graphql-ws";

export function connect({ http, ws, token, webSocketImpl }) {
  const socket = createClient({
    url: ws,
    webSocketImpl,
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
  });
  const client = new Client({
    url: http,
    preferGetMethod: false,
    fetch: async (address, options) =>
      fetch(address, {
        ...options,
        headers: { ...options.headers, authorization: `Bearer ${await token()}` },
      }),
    exchanges: [
      cacheExchange,
      fetchExchange,
      subscriptionExchange({
        forwardSubscription: ({ query, variables }) => ({
          subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
        }),
      }),
    ],
  });
  return {
    async ask(text, variables) {
      const isMutation = text.trimStart().startsWith("mutation");
      const operation = isMutation ? client.mutation(text, variables) : client.query(text, variables);
      const { data, error } = await operation.toPromise();
      if (error) throw error;
      return data;
    },
    follow(text, variables, onNext, onError) {
      const followed = client.subscription(text, variables);
      const { unsubscribe } = followed.subscribe(({ data, error }) =>
        error ? onError(error) : onNext(data),
      );
      return unsubscribe;
    },
    close: () => socket.dispose(),
  };
}
