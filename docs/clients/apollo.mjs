// Apollo Client 4: queries and mutations over HTTP, subscriptions over a socket.
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { OperationTypeNode } from "graphql";
import { createClient } from "graphql-ws";

export function connect({ http, ws, token, webSocketImpl }) {
  const signed = new SetContextLink(async ({ headers }) => ({
    headers: { ...headers, authorization: `Bearer ${await token()}` },
  }));
  const socket = createClient({
    url: ws,
    webSocketImpl,
    connectionParams: async () => ({ authorization: `Bearer ${await token()}` }),
  });
  const client = new ApolloClient({
    // ids are unique over all types, so that each thing is kept once
    cache: new InMemoryCache(),
    link: ApolloLink.split(
      ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
      new GraphQLWsLink(socket),
      signed.concat(new HttpLink({ uri: http })),
    ),
  });
  return {
    async ask(text, variables) {
      const document = gql(text);
      const isMutation = document.definitions[0].operation === "mutation";
      const { data } = isMutation
        ? await client.mutate({ mutation: document, variables })
        : await client.query({ query: document, variables });
      return data;
    },
    follow(text, variables, onNext, onError) {
      const followed = client.subscribe({ query: gql(text), variables });
      const subscription = followed.subscribe({ next: ({ data }) => onNext(data), error: onError });
      return () => subscription.unsubscribe();
    },
    close: () => socket.dispose(),
  };
}
